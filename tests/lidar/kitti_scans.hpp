// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include <Eigen/Geometry>

#include "lidar/sensor_pose.hpp"
#include "messages/box3.hpp"
#include "messages/object_class.hpp"
#include "messages/point_cloud2.hpp"

// KITTI files read directly, so that perception is measured without the recording room in between.
namespace hangil::lidar::tests {

// A labelled object, or an area of the image that nobody labelled.
struct KittiLabel {
  std::string type;
  int id = -1;
  std::array<double, 4> image_box_px{};  // left, top, right, bottom
  messages::Box3 box;                    // ego frame
  bool is_dont_care() const { return type == "DontCare"; }
};

// The ego frame lies on the ground below the IMU, parallel to it, with the LiDAR 1.73 m above the ground.
struct KittiCalibration {
  Eigen::Matrix<double, 3, 4> image_of_rectified;
  Eigen::Isometry3d T_rectified_ego;
  SensorPose T_ego_lidar;
};

struct KittiFrame {
  messages::PointCloud2 cloud;  // frame lidar_top
  std::vector<KittiLabel> labels;
};

messages::PointCloud2 read_kitti_bin(const std::string& path);
KittiCalibration read_kitti_calibration(const std::string& path);

// Sequence of the tracking layout; frames in order.
std::vector<KittiFrame> read_kitti_tracking(const std::string& training_dir, const std::string& sequence);

}  // namespace hangil::lidar::tests
