// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_rig.hpp"
#include "messages/calibration.hpp"

namespace hangil::fusion {

namespace {

messages::TransformStamped transform_message(const Eigen::Isometry3d& T_ego_sensor, const std::string& frame,
                                             base::Time stamp) {
  const Eigen::Vector3d p = T_ego_sensor.translation();
  const Eigen::Quaterniond q = Eigen::Quaterniond(T_ego_sensor.linear()).normalized();
  return {{stamp, "ego"}, frame, {{p.x(), p.y(), p.z()}, {q.x(), q.y(), q.z(), q.w()}}};
}

}  // namespace

base::Result<CameraMount> camera_mount(const messages::CameraInfo& info, const messages::TFMessage& tf_static) {
  const auto camera = messages::placed_camera(info, tf_static);
  if (!camera) return camera.error();
  return CameraMount{info.header.frame_id, info.header.frame_id, camera->optics, camera->T_ego_camera, {}};
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
