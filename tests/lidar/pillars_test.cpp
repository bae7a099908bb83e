// SPDX-License-Identifier: Apache-2.0
#include "lidar/pillars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "lidar/made_pillars.hpp"
#include "lidar/pillar_features.hpp"

namespace hangil::lidar {
namespace {

using tests::add_point;
using tests::random_network;
using tests::random_scan;

// By cell: the indices of the scan's points, found one by one in double precision.
std::map<std::uint32_t, std::vector<std::size_t>> pillars_of(const Points& points, const PillarGrid& grid) {
  std::map<std::uint32_t, std::vector<std::size_t>> pillars;
  for (std::size_t i = 0; i < points.count; ++i) {
    const double column = std::floor((double{points.x_m[i]} - grid.x_least_m) / grid.edge_m);
    const double row = std::floor((double{points.y_m[i]} - grid.y_least_m) / grid.edge_m);
    if (!(column >= 0 && column < grid.column_count && row >= 0 && row < grid.row_count)) continue;
    if (!(points.z_m[i] >= grid.z_least_m && points.z_m[i] < grid.z_most_m)) continue;
    pillars[static_cast<std::uint32_t>(row) * grid.column_count + static_cast<std::uint32_t>(column)].push_back(i);
  }
  return pillars;
}

TEST(SortIntoPillars, AgreesWithAMapOfCells) {
  const PillarGrid grid;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Points points = random_scan(20000, seed, grid);
    const auto expected = pillars_of(points, grid);
    Pillars pillars;
    sort_into_pillars(points, grid, pillars);
    ASSERT_EQ(pillars.count, expected.size());
    std::size_t k = 0;
    for (const auto& [cell, indices] : expected) {
      ASSERT_EQ(pillars.cells[k], cell);
      ASSERT_EQ(pillars.begin[k + 1] - pillars.begin[k], indices.size());
      const PillarCentre centre = pillar_centre(grid, cell);
      for (std::size_t j = 0; j < indices.size(); ++j) {
        const std::size_t at = pillars.begin[k] + j;
        EXPECT_EQ(pillars.points[at].x_m, points.x_m[indices[j]] - centre.x_m);
        EXPECT_EQ(pillars.points[at].y_m, points.y_m[indices[j]] - centre.y_m);
        EXPECT_EQ(pillars.points[at].z_m, points.z_m[indices[j]]);
        EXPECT_EQ(pillars.points[at].intensity, points.intensity[indices[j]]);
      }
      ++k;
    }
  }
}

TEST(SortIntoPillars, PointsOutsideOrNotFiniteHaveNoPillar) {
  const PillarGrid grid;
  const float bad = std::nanf(""), endless = std::numeric_limits<float>::infinity();
  Points points;
  for (const auto& [x_m, y_m, z_m] : std::vector<std::array<float, 3>>{{-0.01f, 0, 0},
                                                                       {69.13f, 0, 0},
                                                                       {5, -39.7f, 0},
                                                                       {5, 39.7f, 0},
                                                                       {5, 0, -3.1f},
                                                                       {5, 0, 1},
                                                                       {bad, 0, 0},
                                                                       {5, bad, 0},
                                                                       {5, 0, bad},
                                                                       {endless, 0, 0},
                                                                       {5, -endless, 0},
                                                                       {1e30f, -1e30f, 0}}) {
    add_point(points, x_m, y_m, z_m);
  }
  Pillars pillars;
  sort_into_pillars(points, grid, pillars);
  EXPECT_EQ(pillars.count, 0u);
  EXPECT_EQ(pillars.point_count(), 0u);
  sort_into_pillars(Points(), grid, pillars);
  EXPECT_EQ(pillars.count, 0u);
}

TEST(SortIntoPillars, TwoMillionPointsInOnePillar) {
  Points points;
  points.set_count(2'000'000);
  std::fill(points.x_m.begin(), points.x_m.end(), 10.0f);
  Pillars pillars;
  sort_into_pillars(points, PillarGrid(), pillars);
  ASSERT_EQ(pillars.count, 1u);
  EXPECT_EQ(pillars.point_count(), 2'000'000u);
}

// The layer as it is written: ten numbers a point, in double precision.
std::array<double, kPillarChannels> plain_features(const Points& points, const std::vector<std::size_t>& indices,
                                                   const PillarGrid& grid, std::uint32_t cell,
                                                   const PillarNetwork& network) {
  std::array<double, 3> mean{};
  for (const std::size_t i : indices) {
    mean[0] += points.x_m[i], mean[1] += points.y_m[i], mean[2] += points.z_m[i];
  }
  for (double& value : mean) value /= static_cast<double>(indices.size());
  const PillarCentre centre = pillar_centre(grid, cell);
  const double middle[3] = {centre.x_m, centre.y_m, (grid.z_least_m + grid.z_most_m) / 2};
  std::array<double, kPillarChannels> most{};
  for (const std::size_t i : indices) {
    const double p[4] = {points.x_m[i], points.y_m[i], points.z_m[i], points.intensity[i]};
    const double inputs[kPillarInputCount] = {p[0],
                                              p[1],
                                              p[2],
                                              p[3],
                                              p[0] - mean[0],
                                              p[1] - mean[1],
                                              p[2] - mean[2],
                                              p[0] - middle[0],
                                              p[1] - middle[1],
                                              p[2] - middle[2]};
    for (std::size_t c = 0; c < kPillarChannels; ++c) {
      double value = network.bias[c];
      for (std::size_t k = 0; k < kPillarInputCount; ++k) value += double{network.weights[k][c]} * inputs[k];
      most[c] = std::max(most[c], value);
    }
  }
  return most;
}

TEST(PillarFeatures, AgreeWithTheLayerAsItIsWritten) {
  const PillarGrid grid;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Points points = random_scan(8000, seed, grid);
    const PillarNetwork network = random_network(seed);
    Pillars pillars;
    std::vector<float> features;
    sort_into_pillars(points, grid, pillars);
    compute_pillar_features(pillars, grid, network, features);
    std::size_t k = 0, positive_count = 0;
    for (const auto& [cell, indices] : pillars_of(points, grid)) {
      const auto expected = plain_features(points, indices, grid, cell, network);
      for (std::size_t c = 0; c < kPillarChannels; ++c) {
        ASSERT_NEAR(features[k * kPillarChannels + c], expected[c], 1e-4) << "pillar " << k << " channel " << c;
        positive_count += expected[c] > 0 ? 1 : 0;
      }
      ++k;
    }
    // Neither all nor nothing passes the ReLU, or the test would not see it.
    EXPECT_GT(positive_count, k * kPillarChannels / 10);
    EXPECT_LT(positive_count, k * kPillarChannels * 9 / 10);
  }
}

TEST(PillarFeatures, SecondScanUsesTheSameMemory) {
  const PillarGrid grid;
  const Points points = random_scan(5000, 7, grid);
  const PillarNetwork network = random_network(7);
  Pillars pillars;
  std::vector<float> features;
  sort_into_pillars(points, grid, pillars);
  compute_pillar_features(pillars, grid, network, features);
  const float* before = features.data();
  const PillarPoint* kept = pillars.points.data();
  sort_into_pillars(points, grid, pillars);
  compute_pillar_features(pillars, grid, network, features);
  EXPECT_EQ(features.data(), before);
  EXPECT_EQ(pillars.points.data(), kept);
}

}  // namespace
}  // namespace hangil::lidar
