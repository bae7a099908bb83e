// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fusion/sensor_rig.hpp"

namespace hangil::fusion {

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
                       " is not a rigid motion"};
  }
  return Eigen::Translation3d(t) * Eigen::Isometry3d(q.normalized());
}

base::Result<Eigen::Isometry3d> T_ego_of(const messages::TFMessage& tf_static, const std::string& sensor_frame) {
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
  return T_frame_sensor;
}

messages::TransformStamped transform_message(const Eigen::Isometry3d& T_ego_sensor, const std::string& frame,
                                             base::Time stamp) {
  const Eigen::Vector3d p = T_ego_sensor.translation();
  const Eigen::Quaterniond q = Eigen::Quaterniond(T_ego_sensor.linear()).normalized();
  return {{stamp, "ego"}, frame, {{p.x(), p.y(), p.z()}, {q.x(), q.y(), q.z(), q.w()}}};
}

}  // namespace

base::Result<CameraMount> camera_mount(const messages::CameraInfo& info, const messages::TFMessage& tf_static) {
  Eigen::Matrix<double, 3, 4, Eigen::RowMajor> P =
      Eigen::Map<const Eigen::Matrix<double, 3, 4, Eigen::RowMajor>>(info.p.data());
  if (P.isZero()) P.leftCols<3>() = Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(info.k.data());
  CameraMount camera;
  camera.name = camera.frame_id = info.header.frame_id;
  camera.optics = {
      P(0, 0), P(1, 1), P(0, 2), P(1, 2), static_cast<double>(info.width), static_cast<double>(info.height)};
  if (!camera.optics.is_sound() || !P.allFinite()) {
    return base::Error{"camera_info of '" + info.header.frame_id + "' has no focal length or picture size"};
  }
  auto T_ego_frame = T_ego_of(tf_static, info.header.frame_id);
  if (!T_ego_frame) return T_ego_frame.error();
  // Seen from the shifted centre, points of the frame are moved by the inverse of the intrinsics times P's last column.
  const Eigen::Vector3d shift = P.leftCols<3>().inverse() * P.col(3);
  if (!shift.allFinite()) return base::Error{"camera_info of '" + info.header.frame_id + "': P is singular"};
  camera.T_ego_camera = *T_ego_frame * Eigen::Translation3d(-shift);
  return camera;
}

messages::CameraInfo camera_info_message(const CameraMount& camera, base::Time stamp) {
  const math::Pinhole& o = camera.optics;
  messages::CameraInfo info;
  info.header = {stamp, camera.frame_id};
  info.width = static_cast<std::uint32_t>(o.width_px), info.height = static_cast<std::uint32_t>(o.height_px);
  info.distortion_model = "plumb_bob";
  info.d = {0, 0, 0, 0, 0};
  info.k = {o.fx_px, 0, o.cx_px, 0, o.fy_px, o.cy_px, 0, 0, 1};
  info.r = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  info.p = {o.fx_px, 0, o.cx_px, 0, 0, o.fy_px, o.cy_px, 0, 0, 0, 1, 0};
  return info;
}

messages::TFMessage static_transforms(const SensorRig& rig, base::Time stamp) {
  messages::TFMessage tf;
  for (const LidarMount& lidar : rig.lidars) {
    tf.transforms.push_back(transform_message(lidar.T_ego_lidar, lidar.frame_id, stamp));
  }
  for (const CameraMount& camera : rig.cameras) {
    tf.transforms.push_back(transform_message(camera.T_ego_camera, camera.frame_id, stamp));
  }
  return tf;
}

}  // namespace hangil::fusion
