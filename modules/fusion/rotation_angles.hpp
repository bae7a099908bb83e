// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>

namespace hangil::fusion {

// A rotation as turns about the fixed axes x, then y, then z (REP 103).
struct RotationAngles {
  double roll_rad = 0, pitch_rad = 0, yaw_rad = 0;
};

inline Eigen::Matrix3d rotation_of(const RotationAngles& angles) {
  return (Eigen::AngleAxisd(angles.yaw_rad, Eigen::Vector3d::UnitZ()) *
          Eigen::AngleAxisd(angles.pitch_rad, Eigen::Vector3d::UnitY()) *
          Eigen::AngleAxisd(angles.roll_rad, Eigen::Vector3d::UnitX()))
      .toRotationMatrix();
}

inline RotationAngles angles_of(const Eigen::Matrix3d& R) {
  return {std::atan2(R(2, 1), R(2, 2)), std::atan2(-R(2, 0), std::hypot(R(2, 1), R(2, 2))),
          std::atan2(R(1, 0), R(0, 0))};
}

// From a camera's optical frame (x right, y down, z forward) to its body (x forward, y left, z up).
inline Eigen::Isometry3d T_body_optical() {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  return T;
}

}  // namespace hangil::fusion
