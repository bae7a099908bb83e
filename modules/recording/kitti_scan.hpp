// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>

#include "base/result.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::recording {

// A scan of KITTI: float32 x, y, z (m, LiDAR frame) and intensity (0 to 1), nothing else.
struct KittiScan {
  messages::PointCloud2 cloud;          // frame lidar_top; is_dense is false when points are NaN or infinite
  std::size_t broken_point_count = 0;   // points that are NaN or infinite; they stay in the cloud
  std::size_t leftover_byte_count = 0;  // bytes behind the last whole point: the file was cut off
};

KittiScan make_kitti_scan(base::Bytes bytes, base::Time stamp);
// Error: cannot be read, or over 256 MiB.
base::Result<KittiScan> load_kitti_scan(const std::string& path, base::Time stamp);

// Sets point_count of every object: the scan's points inside its box, faces included.
void count_points(const messages::PointCloud2& scan, const Eigen::Isometry3d& T_ego_lidar,
                  messages::TruthObjects& truth);

}  // namespace hangil::recording
