// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/voxel_grid.hpp"

namespace hangil::lidar {

// Working memory, reused from scan to scan.
struct KeypointState {
  VoxelState voxels;
  Points centroids;
  std::vector<float> nearest_m2;       // by voxel
  std::vector<std::uint32_t> nearest;  // by voxel: the point nearest its centroid
};

// Of every cube of `edge_m` that holds any, the point nearest the cube's centroid (of equally near ones the first), as
// Shi and Rajkumar choose the vertices of their graph ("Point-GNN: graph neural network for 3D object detection in a
// point cloud", CVPR 2020, section 3.1). Ordered by distance from the origin, then by index. Errors are those of
// thin_to_voxels.
base::Status choose_keypoints(const Points& points, double edge_m, KeypointState& state,
                              std::vector<std::uint32_t>& keypoints);

}  // namespace hangil::lidar
