// SPDX-License-Identifier: Apache-2.0
#include "lidar/sensor_pose.hpp"

#include "messages/calibration.hpp"

namespace hangil::lidar {

SensorPose to_sensor_pose(const Eigen::Isometry3d& T_ego_sensor) {
  SensorPose pose;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      pose.rotation[static_cast<std::size_t>(3 * row + column)] =
          static_cast<float>(T_ego_sensor.linear()(row, column));
    }
    pose.translation_m[static_cast<std::size_t>(row)] = static_cast<float>(T_ego_sensor.translation()(row));
  }
  return pose;
}

base::Result<SensorPose> find_sensor_pose(const messages::TFMessage& tf_static, const std::string& sensor_frame) {
  const auto T_ego_sensor = messages::find_pose_in_ego(tf_static, sensor_frame);
  if (!T_ego_sensor) return T_ego_sensor.error();
  return to_sensor_pose(*T_ego_sensor);
}

}  // namespace hangil::lidar
