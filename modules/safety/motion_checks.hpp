// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/config.hpp"
#include "math/pose2.hpp"
#include "messages/trajectory.hpp"
#include "safety/finding.hpp"

namespace hangil::safety {

// What the vehicle can do at most, whoever plans.
struct MotionLimits {
  double speed_mps = 45;
  double acceleration_mps2 = 4.5;
  double braking_mps2 = 10;
  double lateral_acceleration_mps2 = 6;
  double curvature_radpm = 0.25;
  double jerk_mps3 = 60;
  double start_distance_m = 1.5;  // between the ego and the trajectory's start
  double start_speed_mps = 2.5;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("max_speed_mps", speed_mps, {1, 70}, "m/s", "of any point");
    visitor.field("max_acceleration_mps2", acceleration_mps2, {1, 10}, "m/s2", "speeding up");
    visitor.field("max_braking_mps2", braking_mps2, {3, 12}, "m/s2", "slowing down");
    visitor.field("max_lateral_acceleration_mps2", lateral_acceleration_mps2, {1, 10}, "m/s2", "curvature x speed^2");
    visitor.field("max_curvature_radpm", curvature_radpm, {0.02, 0.5}, "rad/m", "of the path");
    visitor.field("max_jerk_mps3", jerk_mps3, {1, 200}, "m/s3", "between points, along the path");
    visitor.field("start_distance_m", start_distance_m, {0.1, 5}, "m", "from the ego to the first point");
    visitor.field("start_speed_mps", start_speed_mps, {0.1, 10}, "m/s", "from the ego's speed to the first point's");
  }
};

// Points that are there, finite and in order of time from 0 on. The other checks expect that.
Findings check_form(std::span<const messages::TrajectoryPoint> points);
// Speed, acceleration, lateral acceleration, curvature and jerk of every point; the worst of each is reported.
Findings check_limits(std::span<const messages::TrajectoryPoint> points, const MotionLimits& limits);
// From point to point, way, direction, turn and speed are what speeds, yaw, curvatures and accelerations say.
Findings check_continuity(std::span<const messages::TrajectoryPoint> points);
// The first point against where the ego is and how fast.
Findings check_start(std::span<const messages::TrajectoryPoint> points, const math::Pose2& ego, double ego_speed_mps,
                     const MotionLimits& limits);

}  // namespace hangil::safety
