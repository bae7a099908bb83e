// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "lidar/points.hpp"

namespace hangil::lidar {

// Working memory, reused from scan to scan.
struct VoxelState {
  std::vector<std::uint32_t> places;         // of each point: block * 64 + voxel within its 4 x 4 x 4 block
  std::vector<std::uint64_t> occupied;       // by block, one bit a voxel
  std::vector<std::uint32_t> voxels_before;  // occupied voxels in the blocks before this one
  std::vector<std::array<double, 4>> sums;   // x, y, z, intensity; by occupied voxel
  std::vector<std::uint32_t> point_counts;   // by occupied voxel
};

// Thins points out to the centroid of each cube of `edge_m` that holds any (intensity averaged as well). Cubes lie at
// multiples of edge_m; the result is ordered by cube. Points that are not finite are left out. An error when the points
// span more than 2^28 cubes: it names
// their extents.
base::Status thin_to_voxels(const Points& points, double edge_m, VoxelState& state, Points& thinned);

}  // namespace hangil::lidar
