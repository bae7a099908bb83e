// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "math/angles.hpp"
#include "messages/trajectory.hpp"

namespace hangil::messages {

// The state between two points: position by a cubic through both with their velocities, the rest linearly.
inline TrajectoryPoint between(const TrajectoryPoint& a, const TrajectoryPoint& b, double time_s) {
  const double span = b.time_s - a.time_s, t = (time_s - a.time_s) / span, r = 1 - t;
  const double from_a = r * r * (1 + 2 * t), from_b = t * t * (3 - 2 * t);
  const double slope_a = r * r * t * span * a.speed_mps, slope_b = -t * t * r * span * b.speed_mps;
  TrajectoryPoint point;
  point.time_s = time_s;
  point.x_m = from_a * a.x_m + from_b * b.x_m + slope_a * std::cos(a.yaw_rad) + slope_b * std::cos(b.yaw_rad);
  point.y_m = from_a * a.y_m + from_b * b.y_m + slope_a * std::sin(a.yaw_rad) + slope_b * std::sin(b.yaw_rad);
  point.yaw_rad = math::wrap_angle_rad(a.yaw_rad + t * math::angle_difference_rad(b.yaw_rad, a.yaw_rad));
  point.curvature_radpm = r * a.curvature_radpm + t * b.curvature_radpm;
  point.speed_mps = r * a.speed_mps + t * b.speed_mps;
  point.acceleration_mps2 = r * a.acceleration_mps2 + t * b.acceleration_mps2;
  return point;
}

// The state at `time_s` of points in order of time; the first or last one outside them. `points` is not empty.
inline TrajectoryPoint trajectory_at(std::span<const TrajectoryPoint> points, double time_s) {
  const auto later = std::upper_bound(points.begin(), points.end(), time_s,
                                      [](double time, const TrajectoryPoint& point) { return time < point.time_s; });
  if (later == points.begin()) return points.front();
  if (later == points.end()) return points.back();
  return between(*(later - 1), *later, time_s);
}

}  // namespace hangil::messages
