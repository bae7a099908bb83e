// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include <Eigen/Geometry>

#include "base/result.hpp"
#include "messages/tf_message.hpp"

namespace hangil::lidar {

// T_ego_sensor, ready for float points: p_ego = rotation * p_sensor + translation_m. Row-major.
struct SensorPose {
  std::array<float, 9> rotation = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  std::array<float, 3> translation_m = {0, 0, 0};
};

SensorPose to_sensor_pose(const Eigen::Isometry3d& T_ego_sensor);

// Follows the tree from `sensor_frame` up to "ego" (at most 16 links). The identity for the frame "ego" itself. Errors
// name the frame that has no parent, or a rotation that is not one.
base::Result<SensorPose> find_sensor_pose(const messages::TFMessage& tf_static, const std::string& sensor_frame);

}  // namespace hangil::lidar
