// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

// What PCL makes of the same points, for comparison. PCL itself stays in lidar_pcl_peer.cpp, which is compiled without
// this project's instruction-set flags: Debian's PCL is built for the baseline and Eigen's alignment must agree.
namespace hangil::lidar::peers {

struct PclCloud;
std::shared_ptr<PclCloud> pcl_cloud(const float* x_m, const float* y_m, const float* z_m, std::size_t count);
std::size_t point_count(const PclCloud& cloud);
void copy_points(const PclCloud& cloud, float* x_m, float* y_m, float* z_m);

// Of each point, whether it lies on the plane (SACSegmentation, RANSAC, 0.2 m, at most 100 iterations).
std::vector<bool> pcl_ground_plane(const PclCloud& cloud);
// Euclidean clusters of at least 5 points (EuclideanClusterExtraction with its k-d tree).
std::size_t pcl_clusters(const PclCloud& cloud, double tolerance_m);
// Centroids of cubes (VoxelGrid).
std::shared_ptr<PclCloud> pcl_voxels(const PclCloud& cloud, float edge_m);

}  // namespace hangil::lidar::peers
