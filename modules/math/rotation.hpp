// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>

namespace hangil::math {

// Yaw about z of a rotation (ISO 8855: z-y-x order), in (-pi, pi].
inline double yaw_rad(const Eigen::Quaterniond& q) {
  return std::atan2(2 * (q.w() * q.z() + q.x() * q.y()), 1 - 2 * (q.y() * q.y() + q.z() * q.z()));
}

inline Eigen::Quaterniond quaternion_of_yaw(double yaw) {
  return Eigen::Quaterniond(std::cos(yaw / 2), 0, 0, std::sin(yaw / 2));
}

}  // namespace hangil::math
