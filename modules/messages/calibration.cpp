// SPDX-License-Identifier: Apache-2.0
#include "messages/calibration.hpp"

#include <cmath>

namespace hangil::messages {

namespace {

constexpr int kMostLinks = 16;

using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;

const TransformStamped* find_parent(const TFMessage& tf, const std::string& child) {
  for (const auto& transform : tf.transforms) {
    if (transform.child_frame_id == child) return &transform;
  }
  return nullptr;
}

base::Result<Eigen::Isometry3d> isometry_of(const TransformStamped& stamped) {
  const auto& [translation, rotation] = stamped.transform;
  const Eigen::Quaterniond q(rotation.w, rotation.x, rotation.y, rotation.z);
  const Eigen::Vector3d t(translation.x, translation.y, translation.z);
  if (!t.allFinite() || !(std::abs(q.norm() - 1) < 1e-3)) {
    return base::Error{"tf_static: the transform " + stamped.header.frame_id + " -> " + stamped.child_frame_id +
                       " is not a rigid motion (quaternion of norm " + std::to_string(q.norm()) + ")"};
  }
  return Eigen::Translation3d(t) * Eigen::Isometry3d(q.normalized());
}

}  // namespace

base::Result<Eigen::Isometry3d> find_pose_in_ego(const TFMessage& tf_static, const std::string& sensor_frame) {
  Eigen::Isometry3d T_frame_sensor = Eigen::Isometry3d::Identity();
  std::string frame = sensor_frame;
  for (int links = 0; frame != "ego"; ++links) {
    const TransformStamped* stamped = find_parent(tf_static, frame);
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

base::Result<CameraOptics> camera_optics(const CameraInfo& info) {
  RowMajor34 P = Eigen::Map<const RowMajor34>(info.p.data());
  if (P.isZero()) P.leftCols<3>() = Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(info.k.data());
  CameraOptics camera;
  camera.pinhole = {
      P(0, 0), P(1, 1), P(0, 2), P(1, 2), static_cast<double>(info.width), static_cast<double>(info.height)};
  if (!camera.pinhole.is_sound() || !P.allFinite()) {
    return base::Error{"camera_info of '" + info.header.frame_id + "' has no picture size or no focal length (" +
                       std::to_string(info.width) + " x " + std::to_string(info.height) + " px, focal length " +
                       std::to_string(P(0, 0)) + " px)"};
  }
  if (P.col(3).isZero(0)) return camera;
  // Seen from the shifted centre, points of the frame are moved by the inverse of the intrinsics times P's last column.
  camera.centre_m = -(P.leftCols<3>().inverse() * P.col(3));
  if (!camera.centre_m.allFinite()) return base::Error{"camera_info of '" + info.header.frame_id + "': P is singular"};
  return camera;
}

base::Result<PlacedCamera> placed_camera(const CameraInfo& info, const TFMessage& tf_static) {
  const auto camera = camera_optics(info);
  if (!camera) return camera.error();
  const auto T_ego_frame = find_pose_in_ego(tf_static, info.header.frame_id);
  if (!T_ego_frame) return T_ego_frame.error();
  return PlacedCamera{camera->pinhole, *T_ego_frame * Eigen::Translation3d(camera->centre_m)};
}

}  // namespace hangil::messages
