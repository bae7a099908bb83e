// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>

#include "math/pose_sample.hpp"

namespace hangil::math {

// Where a pose puts its body: T_frame_body.
inline Eigen::Isometry3d isometry(const PoseSample& pose) {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() = Eigen::Quaterniond(pose.qw, pose.qx, pose.qy, pose.qz).normalized().toRotationMatrix();
  T.translation() << pose.x_m, pose.y_m, pose.z_m;
  return T;
}

}  // namespace hangil::math
