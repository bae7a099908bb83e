// SPDX-License-Identifier: Apache-2.0
#include "lidar/voxel_grid.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "base/hot.hpp"
#include "lidar/extremes.hpp"

namespace hangil::lidar {

namespace {

constexpr float kFar_m = 1e30f;
constexpr double kMostBlocks = 1 << 22;

struct Bounds {
  float least_m[3] = {kFar_m, kFar_m, kFar_m}, most_m[3] = {-kFar_m, -kFar_m, -kFar_m};
};

// The lattice over the points, and the blocks of 4 x 4 x 4 voxels that it is made of.
struct Lattice {
  float voxels_per_m;
  std::array<float, 3> first;  // voxels from the origin
  std::array<float, 3> most;   // above the last voxel's index, by less than 1
  std::array<std::int32_t, 3> block_counts;
  std::uint32_t block_count;
};

inline bool is_finite(float x, float y, float z) { return 0 * x + 0 * y + 0 * z == 0; }

// Voxel along one axis, counted from the lattice's first; not a number goes to 0.
inline std::int32_t index_of(float value_m, float voxels_per_m, float first, float most) {
  const float voxel = value_m * voxels_per_m - first;
  return static_cast<std::int32_t>(smaller(larger(voxel, 0.0f), most));
}

// Eight chains a coordinate, as float minima are not reordered by the compiler.
HANGIL_HOT void find_bounds(const float* __restrict x, const float* __restrict y, const float* __restrict z,
                            std::size_t count, Bounds& bounds) {
  constexpr std::size_t kLanes = 8;
  std::array<std::array<float, kLanes>, 3> least, most;
  for (auto& lanes : least) lanes.fill(kFar_m);
  for (auto& lanes : most) lanes.fill(-kFar_m);
  for (std::size_t i = 0; i + kLanes <= count; i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const bool is_valid = is_finite(x[i + k], y[i + k], z[i + k]);
      least[0][k] = smaller(is_valid ? x[i + k] : kFar_m, least[0][k]);
      most[0][k] = larger(is_valid ? x[i + k] : -kFar_m, most[0][k]);
      least[1][k] = smaller(is_valid ? y[i + k] : kFar_m, least[1][k]);
      most[1][k] = larger(is_valid ? y[i + k] : -kFar_m, most[1][k]);
      least[2][k] = smaller(is_valid ? z[i + k] : kFar_m, least[2][k]);
      most[2][k] = larger(is_valid ? z[i + k] : -kFar_m, most[2][k]);
    }
  }
  for (std::size_t i = count - count % kLanes; i < count; ++i) {
    const float point_m[3] = {x[i], y[i], z[i]};
    const bool is_valid = is_finite(x[i], y[i], z[i]);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      least[axis][0] = smaller(is_valid ? point_m[axis] : kFar_m, least[axis][0]);
      most[axis][0] = larger(is_valid ? point_m[axis] : -kFar_m, most[axis][0]);
    }
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    bounds.least_m[axis] = *std::min_element(least[axis].begin(), least[axis].end());
    bounds.most_m[axis] = *std::max_element(most[axis].begin(), most[axis].end());
  }
}

// Points that are not finite go to one more block than there are. The choice is made on bits, for a branch would keep
// the loop from vectorising.
HANGIL_HOT void find_places(const float* __restrict x, const float* __restrict y, const float* __restrict z,
                            std::size_t count, const Lattice& lattice, std::uint32_t* __restrict places) {
  const float scale = lattice.voxels_per_m;
  const std::array<float, 3> first = lattice.first, most = lattice.most;
  const std::int32_t columns = lattice.block_counts[0], rows = lattice.block_counts[1];
  const std::uint32_t nowhere = lattice.block_count << 6;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t ix = index_of(x[i], scale, first[0], most[0]);
    const std::int32_t iy = index_of(y[i], scale, first[1], most[1]);
    const std::int32_t iz = index_of(z[i], scale, first[2], most[2]);
    const std::int32_t block = ((iz >> 2) * rows + (iy >> 2)) * columns + (ix >> 2);
    const std::int32_t within = (iz & 3) << 4 | (iy & 3) << 2 | (ix & 3);
    const std::uint32_t valid_bits = is_finite(x[i], y[i], z[i]) ? ~std::uint32_t{0} : 0;
    places[i] = (static_cast<std::uint32_t>(block << 6 | within) & valid_bits) | (nowhere & ~valid_bits);
  }
}

base::Result<Lattice> lay_out(const Points& points, double edge_m) {
  Lattice lattice{.voxels_per_m = static_cast<float>(1 / edge_m)};
  Bounds bounds;
  find_bounds(points.x_m.data(), points.y_m.data(), points.z_m.data(), points.count, bounds);
  double block_count = 1;
  std::string spans;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (bounds.least_m[axis] > bounds.most_m[axis]) bounds.least_m[axis] = bounds.most_m[axis] = 0;
    const float least_m = bounds.least_m[axis], most_m = bounds.most_m[axis];
    const double first = std::floor(least_m * lattice.voxels_per_m), last = std::floor(most_m * lattice.voxels_per_m);
    const double blocks = std::floor((last - first) / 4) + 1;
    block_count *= blocks;
    spans += (axis > 0 ? " x " : "") + std::to_string(most_m - least_m) + " m";
    if (std::max(std::abs(first), std::abs(last)) > 1e6 || block_count > kMostBlocks) {
      return base::Error{"thin_to_voxels: the points span " + spans + ", too much for an edge of " +
                         std::to_string(edge_m) + " m; crop them first or take a longer edge"};
    }
    lattice.first[axis] = static_cast<float>(first);
    lattice.most[axis] = static_cast<float>(last - first) + 0.5f;
    lattice.block_counts[axis] = static_cast<std::int32_t>(blocks);
  }
  lattice.block_count = static_cast<std::uint32_t>(block_count);
  return lattice;
}

// Sets a bit for every voxel with points and numbers these voxels; returns their count.
std::uint32_t number_voxels(std::size_t point_count, std::uint32_t block_count, VoxelState& state) {
  grow(state.occupied, block_count + std::size_t{1});
  grow(state.voxels_before, block_count);
  std::uint64_t* occupied = state.occupied.data();
  std::fill_n(occupied, block_count + std::size_t{1}, 0);
  for (std::size_t i = 0; i < point_count; ++i) {
    occupied[state.places[i] >> 6] |= std::uint64_t{1} << (state.places[i] & 63);
  }
  std::uint32_t count = 0;
  for (std::uint32_t block = 0; block < block_count; ++block) {
    if (occupied[block] == 0) continue;
    state.voxels_before[block] = count;
    count += static_cast<std::uint32_t>(std::popcount(occupied[block]));
  }
  return count;
}

HANGIL_HOT void sum_up(const Points& points, std::uint32_t block_count, VoxelState& state) {
  const float *x = points.x_m.data(), *y = points.y_m.data(), *z = points.z_m.data();
  const float* intensity = points.intensity.data();
  const std::uint64_t* occupied = state.occupied.data();
  for (std::size_t i = 0; i < points.count; ++i) {
    const std::uint32_t block = state.places[i] >> 6, within = state.places[i] & 63;
    if (block == block_count) continue;
    const std::uint64_t below = occupied[block] & ((std::uint64_t{1} << within) - 1);
    const std::size_t voxel = state.voxels_before[block] + static_cast<std::uint32_t>(std::popcount(below));
    const double values[4] = {x[i], y[i], z[i], intensity[i]};
    for (std::size_t k = 0; k < 4; ++k) state.sums[voxel][k] += values[k];
    ++state.point_counts[voxel];
  }
}

HANGIL_HOT void divide(const VoxelState& state, std::size_t count, float* __restrict x, float* __restrict y,
                       float* __restrict z, float* __restrict intensity) {
  for (std::size_t i = 0; i < count; ++i) {
    const double inverse = 1.0 / state.point_counts[i];
    x[i] = static_cast<float>(state.sums[i][0] * inverse);
    y[i] = static_cast<float>(state.sums[i][1] * inverse);
    z[i] = static_cast<float>(state.sums[i][2] * inverse);
    intensity[i] = static_cast<float>(state.sums[i][3] * inverse);
  }
}

}  // namespace

base::Status thin_to_voxels(const Points& points, double edge_m, VoxelState& state, Points& thinned) {
  const auto lattice = lay_out(points, edge_m);
  if (!lattice) return lattice.error();
  grow(state.places, points.count);
  find_places(points.x_m.data(), points.y_m.data(), points.z_m.data(), points.count, *lattice, state.places.data());
  const std::uint32_t count = number_voxels(points.count, lattice->block_count, state);
  grow(state.sums, count);
  grow(state.point_counts, count);
  std::fill_n(state.sums.begin(), count, std::array<double, 4>{});
  std::fill_n(state.point_counts.begin(), count, 0);
  sum_up(points, lattice->block_count, state);
  thinned.set_count(count);
  divide(state, count, thinned.x_m.data(), thinned.y_m.data(), thinned.z_m.data(), thinned.intensity.data());
  return {};
}

}  // namespace hangil::lidar
