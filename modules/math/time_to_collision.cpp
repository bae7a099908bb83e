// SPDX-License-Identifier: Apache-2.0
#include "math/time_to_collision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hangil::math {

namespace {

constexpr double kNever_s = std::numeric_limits<double>::infinity();

struct Interval {
  double from_s = 0, to_s = kNever_s;
};

// Half the length of the box's shadow on an axis.
double reach_m(const Box2& box, double axis_rad) {
  const double turn_rad = box.pose.yaw_rad - axis_rad;
  return (std::abs(std::cos(turn_rad)) * box.length_m + std::abs(std::sin(turn_rad)) * box.width_m) / 2;
}

// Keeps the time in which the shadows on this axis overlap.
void cut(const MovingBox& a, const MovingBox& b, double axis_rad, Interval& time) {
  const double c = std::cos(axis_rad), s = std::sin(axis_rad);
  const double apart_m = c * (b.box.pose.x_m - a.box.pose.x_m) + s * (b.box.pose.y_m - a.box.pose.y_m);
  const double opening_mps = c * (b.vx_mps - a.vx_mps) + s * (b.vy_mps - a.vy_mps);
  const double reach = reach_m(a.box, axis_rad) + reach_m(b.box, axis_rad);
  if (std::abs(opening_mps) < 1e-9) {
    if (std::abs(apart_m) > reach) time.from_s = kNever_s;
    return;
  }
  const double t0 = (-reach - apart_m) / opening_mps, t1 = (reach - apart_m) / opening_mps;
  time.from_s = std::max(time.from_s, std::min(t0, t1));
  time.to_s = std::min(time.to_s, std::max(t0, t1));
}

}  // namespace

double time_to_collision_s(const MovingBox& a, const MovingBox& b) {
  Interval time;
  for (const Box2* box : {&a.box, &b.box}) {
    cut(a, b, box->pose.yaw_rad, time);
    cut(a, b, box->pose.yaw_rad + std::numbers::pi / 2, time);
  }
  return time.from_s <= time.to_s ? time.from_s : kNever_s;
}

}  // namespace hangil::math
