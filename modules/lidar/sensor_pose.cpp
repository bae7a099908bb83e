// SPDX-License-Identifier: Apache-2.0
#include "lidar/sensor_pose.hpp"

#include <cmath>

#include <Eigen/Geometry>

namespace hangil::lidar {

namespace {

constexpr int kMostLinks = 16;

const messages::TransformStamped* find_parent(const messages::TFMessage& tf, const std::string& child) {
  for (const auto& transform : tf.transforms) {
    if (transform.child_frame_id == child) return &transform;
  }
  return nullptr;
}

base::Result<Eigen::Isometry3d> isometry_of(const messages::TransformStamped& stamped) {
  const auto& [translation, rotation] = stamped.transform;
  const Eigen::Quaterniond q(rotation.w, rotation.x, rotation.y, rotation.z);
  const Eigen::Vector3d t(translation.x, translation.y, translation.z);
  if (!t.allFinite() || !(std::abs(q.norm() - 1) < 1e-3)) {
    return base::Error{"tf_static: the transform " + stamped.header.frame_id + " -> " + stamped.child_frame_id +
                       " is not a rigid motion (quaternion of norm " + std::to_string(q.norm()) + ")"};
  }
  return Eigen::Translation3d(t) * Eigen::Isometry3d(q.normalized());
}

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

}  // namespace

base::Result<SensorPose> find_sensor_pose(const messages::TFMessage& tf_static, const std::string& sensor_frame) {
  Eigen::Isometry3d T_frame_sensor = Eigen::Isometry3d::Identity();
  std::string frame = sensor_frame;
  for (int links = 0; frame != "ego"; ++links) {
    const messages::TransformStamped* stamped = find_parent(tf_static, frame);
    if (stamped == nullptr || links == kMostLinks) {
      return base::Error{"tf_static does not lead from frame '" + sensor_frame + "' to 'ego': '" + frame +
                         (stamped == nullptr ? "' has no parent" : "' is part of a loop")};
    }
    const auto T_parent_frame = isometry_of(*stamped);
    if (!T_parent_frame) return T_parent_frame.error();
    T_frame_sensor = *T_parent_frame * T_frame_sensor;
    frame = stamped->header.frame_id;
  }
  return to_sensor_pose(T_frame_sensor);
}

}  // namespace hangil::lidar
