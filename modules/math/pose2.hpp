// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "math/angles.hpp"

namespace hangil::math {

struct Point2 {
  double x_m = 0, y_m = 0;
};

// A rigid motion in the plane (SE2). T_a_b maps b to a: p_a = T_a_b * p_b; adjacent names cancel.
struct Pose2 {
  double x_m = 0, y_m = 0, yaw_rad = 0;
};

inline Point2 operator*(const Pose2& T_a_b, Point2 p_b) {
  const double c = std::cos(T_a_b.yaw_rad), s = std::sin(T_a_b.yaw_rad);
  return {T_a_b.x_m + c * p_b.x_m - s * p_b.y_m, T_a_b.y_m + s * p_b.x_m + c * p_b.y_m};
}

inline Pose2 operator*(const Pose2& T_a_b, const Pose2& T_b_c) {
  const Point2 p = T_a_b * Point2{T_b_c.x_m, T_b_c.y_m};
  return {p.x_m, p.y_m, wrap_angle_rad(T_a_b.yaw_rad + T_b_c.yaw_rad)};
}

inline Pose2 inverse(const Pose2& T_a_b) {
  const double c = std::cos(T_a_b.yaw_rad), s = std::sin(T_a_b.yaw_rad);
  return {-c * T_a_b.x_m - s * T_a_b.y_m, s * T_a_b.x_m - c * T_a_b.y_m, -T_a_b.yaw_rad};
}

}  // namespace hangil::math
