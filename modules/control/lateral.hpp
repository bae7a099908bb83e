// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/config.hpp"
#include "math/pose2.hpp"
#include "messages/trajectory.hpp"

namespace hangil::control {

struct LateralConfig {
  double wheelbase_m = 2.71;
  double max_steering_rad = 0.55;
  double max_steering_rate_radps = 0.6;
  double settle_time_s = 0.7;   // the distance in which errors fade is the way in this time ...
  double settle_least_m = 3.5;  // ... but at least this
  double preview_s = 0.15;      // the steering's lag, made up for by the path's curvature ahead

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("wheelbase_m", wheelbase_m, {0.5, 10}, "m", "between the axles");
    visitor.field("max_steering_rad", max_steering_rad, {0.1, 1.2}, "rad", "greatest front wheel angle commanded");
    visitor.field("max_steering_rate_radps", max_steering_rate_radps, {0.05, 5}, "rad/s", "fastest change of it");
    visitor.field("settle_time_s", settle_time_s, {0.2, 5}, "s", "way in which path errors fade, as time at speed");
    visitor.field("settle_least_m", settle_least_m, {1, 20}, "m", "and its least");
    visitor.field("preview_s", preview_s, {0, 1}, "s", "curvature is taken this far ahead: the steering's lag");
  }
};

// Where a vehicle is beside a trajectory's path.
struct PathError {
  double time_s = 0;           // of the nearest point of the path
  double left_m = 0;           // of the path
  double heading_rad = 0;      // more to the left than the path
  double curvature_radpm = 0;  // of the path there
};

// Nearest place of the path; before its first and after its last point it goes straight on. `points` is not empty.
PathError path_error(std::span<const messages::TrajectoryPoint> points, const math::Pose2& pose);

// Front wheel angle that brings the vehicle back: the path's curvature ahead, and linear-quadratic feedback of both
// errors over arc length. Along the path the errors form a double integrator driven by curvature (Samson, IEEE TAC
// 40(1), 1995, chained form), whose regulator for the cost  integral of (left/L^2)^2 + curvature^2  is -left / L^2 -
// sqrt(2) heading / L  in closed form (Anderson and Moore, Optimal Control, 1990, 3.1).
double steering_rad(std::span<const messages::TrajectoryPoint> points, const math::Pose2& pose, double speed_mps,
                    const LateralConfig& config);

}  // namespace hangil::control
