// SPDX-License-Identifier: Apache-2.0
#include "lidar/keypoints.hpp"

#include <algorithm>
#include <bit>

namespace hangil::lidar {

namespace {

// Which of the occupied voxels a point of thin_to_voxels is in.
std::size_t voxel_of(const VoxelState& voxels, std::size_t point) {
  const std::uint32_t block = voxels.places[point] >> 6, within = voxels.places[point] & 63;
  const std::uint64_t below = voxels.occupied[block] & ((std::uint64_t{1} << within) - 1);
  return voxels.voxels_before[block] + static_cast<std::uint32_t>(std::popcount(below));
}

float squared_range_m2(const Points& points, std::size_t i) {
  return points.x_m[i] * points.x_m[i] + points.y_m[i] * points.y_m[i] + points.z_m[i] * points.z_m[i];
}

void find_nearest(const Points& points, KeypointState& state) {
  const Points& centroids = state.centroids;
  grow(state.nearest, centroids.count);
  grow(state.nearest_m2, centroids.count);
  std::fill_n(state.nearest_m2.begin(), centroids.count, 1e30f);
  for (std::size_t i = 0; i < points.count; ++i) {
    const std::size_t voxel = voxel_of(state.voxels, i);
    const float dx = points.x_m[i] - centroids.x_m[voxel], dy = points.y_m[i] - centroids.y_m[voxel];
    const float dz = points.z_m[i] - centroids.z_m[voxel];
    const float squared_m2 = dx * dx + dy * dy + dz * dz;
    if (squared_m2 >= state.nearest_m2[voxel]) continue;
    state.nearest_m2[voxel] = squared_m2;
    state.nearest[voxel] = static_cast<std::uint32_t>(i);
  }
}

}  // namespace

base::Status choose_keypoints(const Points& points, double edge_m, KeypointState& state,
                              std::vector<std::uint32_t>& keypoints) {
  const base::Status thinned = thin_to_voxels(points, edge_m, state.voxels, state.centroids);
  if (!thinned) return thinned;
  find_nearest(points, state);
  keypoints.assign(state.nearest.begin(), state.nearest.begin() + static_cast<std::ptrdiff_t>(state.centroids.count));
  std::sort(keypoints.begin(), keypoints.end(), [&](std::uint32_t a, std::uint32_t b) {
    const float range_a = squared_range_m2(points, a), range_b = squared_range_m2(points, b);
    return range_a != range_b ? range_a < range_b : a < b;
  });
  return {};
}

}  // namespace hangil::lidar
