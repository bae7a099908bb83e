// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <Eigen/Geometry>

#include "base/result.hpp"
#include "messages/camera_info.hpp"
#include "messages/tf_message.hpp"

namespace hangil::recording {

// A calibration file of KITTI (Geiger et al., "Vision meets Robotics: The KITTI Dataset", IJRR 2013, section 3).
struct KittiCalibration {
  Eigen::Matrix<double, 3, 4> P2 = Eigen::Matrix<double, 3, 4>::Zero();  // left colour camera, rectified
  Eigen::Matrix3d R_rect = Eigen::Matrix3d::Identity();
  Eigen::Isometry3d T_cam_velo = Eigen::Isometry3d::Identity();  // reference camera, not rectified
  // Absent in some files: the nominal mounting then stands in for it.
  std::optional<Eigen::Isometry3d> T_velo_imu;
};

// Both spellings (R0_rect / R_rect, Tr_velo_to_cam / Tr_velo_cam, Tr_imu_to_velo / Tr_imu_velo), with and without
// colon. Error with file and line: a key missing or twice, a wrong count of numbers, a matrix that is no rotation.
base::Result<KittiCalibration> parse_kitti_calibration(std::string_view text, const std::string& file);
base::Result<KittiCalibration> load_kitti_calibration(const std::string& path);

// The vehicle that all KITTI drives were made with. Ego: the IMU, which sits over the rear axle, projected to the
// ground 1.73 m below the LiDAR; axes as the IMU's.
Eigen::Isometry3d T_ego_imu(const KittiCalibration& calibration);
Eigen::Isometry3d T_ego_lidar(const KittiCalibration& calibration);
// The rectified left colour camera at its own optical centre.
Eigen::Isometry3d T_camera_ego(const KittiCalibration& calibration);
// From the rectified reference camera, in which labels are given.
Eigen::Isometry3d T_ego_label(const KittiCalibration& calibration);

// ego -> lidar_top, camera_front, imu.
messages::TFMessage kitti_static_transforms(const KittiCalibration& calibration, base::Time stamp);
// P = [K | 0] and R = 1, because camera_front carries rectification and baseline: p_image = P * R * T_camera_ego *
// p_ego.
messages::CameraInfo kitti_camera_info(const KittiCalibration& calibration, base::Time stamp, std::uint32_t width_px,
                                       std::uint32_t height_px);

}  // namespace hangil::recording
