// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/camera_points.hpp"
#include "lidar/kitti_scans.hpp"

namespace hangil::lidar::tests {

struct MountedCamera {
  messages::CameraInfo info;
  messages::TFMessage tf_static;
};

inline messages::TransformStamped stamped_transform(const Eigen::Isometry3d& T, const std::string& child) {
  messages::TransformStamped stamped;
  stamped.header.frame_id = "ego";
  stamped.child_frame_id = child;
  const Eigen::Quaterniond q(T.linear());
  stamped.transform.translation = {T.translation().x(), T.translation().y(), T.translation().z()};
  stamped.transform.rotation = {q.x(), q.y(), q.z(), q.w()};
  return stamped;
}

// KITTI's left colour camera beside the LiDAR, as a recording has them: the picture's offset is in the camera's pose.
inline MountedCamera mounted_camera(const KittiCalibration& calibration) {
  const Eigen::Matrix3d K = calibration.image_of_rectified.leftCols<3>();
  const Eigen::Vector3d offset = K.inverse() * calibration.image_of_rectified.col(3);
  const Eigen::Isometry3d T_camera_ego = Eigen::Translation3d(offset) * calibration.T_rectified_ego;
  Eigen::Isometry3d T_ego_lidar = Eigen::Isometry3d::Identity();
  T_ego_lidar.linear() =
      Eigen::Map<const Eigen::Matrix<float, 3, 3, Eigen::RowMajor>>(calibration.T_ego_lidar.rotation.data())
          .cast<double>();
  T_ego_lidar.translation() =
      Eigen::Map<const Eigen::Vector3f>(calibration.T_ego_lidar.translation_m.data()).cast<double>();
  MountedCamera camera;
  camera.info.header.frame_id = "camera_front";
  camera.info.width = 1242, camera.info.height = 375;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      camera.info.p[4 * row + column] = K(static_cast<int>(row), static_cast<int>(column));
    }
  }
  camera.tf_static.transforms = {stamped_transform(T_camera_ego.inverse(), "camera_front"),
                                 stamped_transform(T_ego_lidar, "lidar_top")};
  return camera;
}

}  // namespace hangil::lidar::tests
