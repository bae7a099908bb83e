// SPDX-License-Identifier: Apache-2.0
#include "lidar/camera_points.hpp"

#include <cmath>

#include "base/hot.hpp"
#include "math/picture_test.hpp"
#include "messages/calibration.hpp"

namespace hangil::lidar {

namespace {

// Comparisons with not a number are false. Writes every point and moves on only behind those that stay, so `seen` has
// room for one more than there are.
HANGIL_HOT std::size_t move_and_keep(const Points& from, const CameraBeside& camera, float* __restrict x,
                                     float* __restrict y, float* __restrict z, float* __restrict intensity) {
  const std::array<float, 9> r = camera.T_camera_lidar.rotation;
  const std::array<float, 3> t = camera.T_camera_lidar.translation_m;
  const math::PictureTest picture(camera.optics);
  const float *from_x = from.x_m.data(), *from_y = from.y_m.data(), *from_z = from.z_m.data();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < from.count; ++i) {
    const float px = from_x[i], py = from_y[i], pz = from_z[i];
    const float cx = r[0] * px + r[1] * py + r[2] * pz + t[0], cy = r[3] * px + r[4] * py + r[5] * pz + t[1];
    const float cz = r[6] * px + r[7] * py + r[8] * pz + t[2];
    const bool is_seen =
        picture.shows(cx, cy, cz) & (cz < kDeepest_m) & (std::abs(cx) < kDeepest_m) & (std::abs(cy) < kHighest_m);
    x[kept] = cx, y[kept] = cy, z[kept] = cz, intensity[kept] = from.intensity[i];
    kept += is_seen ? 1 : 0;
  }
  return kept;
}

}  // namespace

base::Result<CameraBeside> find_camera_beside(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                              const std::string& lidar_frame) {
  const auto placed = messages::placed_camera(info, tf_static);
  if (!placed) return placed.error();
  const auto T_ego_lidar = messages::find_pose_in_ego(tf_static, lidar_frame);
  if (!T_ego_lidar) return T_ego_lidar.error();
  return CameraBeside{to_sensor_pose(placed->T_ego_camera.inverse() * *T_ego_lidar),
                      to_sensor_pose(placed->T_ego_camera), placed->optics};
}

void crop_to_picture(const Points& lidar_points, const CameraBeside& camera, Points& seen) {
  seen.set_count(lidar_points.count + 1);
  seen.count =
      move_and_keep(lidar_points, camera, seen.x_m.data(), seen.y_m.data(), seen.z_m.data(), seen.intensity.data());
}

}  // namespace hangil::lidar
