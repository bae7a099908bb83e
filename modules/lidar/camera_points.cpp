// SPDX-License-Identifier: Apache-2.0
#include "lidar/camera_points.hpp"

#include <cmath>

#include <Eigen/Geometry>

#include "base/hot.hpp"

namespace hangil::lidar {

namespace {

Eigen::Isometry3d to_isometry(const SensorPose& pose) {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() = Eigen::Map<const Eigen::Matrix<float, 3, 3, Eigen::RowMajor>>(pose.rotation.data()).cast<double>();
  T.translation() = Eigen::Map<const Eigen::Vector3f>(pose.translation_m.data()).cast<double>();
  return T;
}

SensorPose from_isometry(const Eigen::Isometry3d& T) {
  SensorPose pose;
  Eigen::Map<Eigen::Matrix<float, 3, 3, Eigen::RowMajor>>(pose.rotation.data()) = T.linear().cast<float>();
  Eigen::Map<Eigen::Vector3f>(pose.translation_m.data()) = T.translation().cast<float>();
  return pose;
}

// By the projection of the rectified picture; by the raw intrinsics where there is none.
base::Status take_intrinsics(const messages::CameraInfo& info, CameraBeside& camera) {
  const bool has_projection = info.p[0] != 0;
  const auto at = [&](std::size_t row, std::size_t column) {
    return static_cast<float>(has_projection ? info.p[4 * row + column] : info.k[3 * row + column]);
  };
  camera.focal_x_px = at(0, 0), camera.focal_y_px = at(1, 1);
  camera.centre_x_px = at(0, 2), camera.centre_y_px = at(1, 2);
  camera.offset_x_px_m = has_projection ? at(0, 3) : 0, camera.offset_y_px_m = has_projection ? at(1, 3) : 0;
  camera.width_px = static_cast<float>(info.width), camera.height_px = static_cast<float>(info.height);
  const float sum = camera.focal_x_px + camera.focal_y_px + camera.centre_x_px + camera.centre_y_px +
                    camera.offset_x_px_m + camera.offset_y_px_m;
  if (std::isfinite(sum) && camera.focal_x_px > 0 && camera.focal_y_px > 0 && info.width > 0 && info.height > 0) {
    return {};
  }
  return base::Error{"camera_info of '" + info.header.frame_id + "' has no picture size or no focal length (" +
                     std::to_string(info.width) + " x " + std::to_string(info.height) + " px, focal length " +
                     std::to_string(camera.focal_x_px) + " px)"};
}

// Comparisons with not a number are false. Writes every point and moves on only behind those that stay, so `seen` has
// room for one more than there are.
HANGIL_HOT std::size_t move_and_keep(const Points& from, const CameraBeside& camera, float* __restrict x,
                                     float* __restrict y, float* __restrict z, float* __restrict intensity) {
  const std::array<float, 9> r = camera.T_camera_lidar.rotation;
  const std::array<float, 3> t = camera.T_camera_lidar.translation_m;
  const float *from_x = from.x_m.data(), *from_y = from.y_m.data(), *from_z = from.z_m.data();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < from.count; ++i) {
    const float px = from_x[i], py = from_y[i], pz = from_z[i];
    const float cx = r[0] * px + r[1] * py + r[2] * pz + t[0], cy = r[3] * px + r[4] * py + r[5] * pz + t[1];
    const float cz = r[6] * px + r[7] * py + r[8] * pz + t[2];
    const float u = camera.focal_x_px * cx + camera.offset_x_px_m + camera.centre_x_px * cz;
    const float v = camera.focal_y_px * cy + camera.offset_y_px_m + camera.centre_y_px * cz;
    const bool is_seen = (cz > 0.1f) & (cz < kDeepest_m) & (u >= 0) & (u < camera.width_px * cz) & (v >= 0) &
                         (v < camera.height_px * cz) & (std::abs(cx) < kDeepest_m) & (std::abs(cy) < kHighest_m);
    x[kept] = cx, y[kept] = cy, z[kept] = cz, intensity[kept] = from.intensity[i];
    kept += is_seen ? 1 : 0;
  }
  return kept;
}

}  // namespace

base::Result<CameraBeside> find_camera_beside(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                              const std::string& lidar_frame) {
  const auto T_ego_camera = find_sensor_pose(tf_static, info.header.frame_id);
  if (!T_ego_camera) return T_ego_camera.error();
  const auto T_ego_lidar = find_sensor_pose(tf_static, lidar_frame);
  if (!T_ego_lidar) return T_ego_lidar.error();
  CameraBeside camera;
  camera.T_ego_camera = *T_ego_camera;
  camera.T_camera_lidar = from_isometry(to_isometry(*T_ego_camera).inverse() * to_isometry(*T_ego_lidar));
  if (const base::Status taken = take_intrinsics(info, camera); !taken) return taken.error();
  return camera;
}

void crop_to_picture(const Points& lidar_points, const CameraBeside& camera, Points& seen) {
  seen.set_count(lidar_points.count + 1);
  seen.count =
      move_and_keep(lidar_points, camera, seen.x_m.data(), seen.y_m.data(), seen.z_m.data(), seen.intensity.data());
}

}  // namespace hangil::lidar
