// SPDX-License-Identifier: Apache-2.0
#include "lidar/voxel_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <tuple>

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

using Cube = std::tuple<int, int, int>;

void add(Points& points, float x_m, float y_m, float z_m, float intensity = 1) {
  const std::size_t i = points.count;
  points.set_count(i + 1);
  points.x_m[i] = x_m, points.y_m[i] = y_m, points.z_m[i] = z_m, points.intensity[i] = intensity;
}

Points random_points(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> wide(-30, 30), flat(-3, 2);
  Points points;
  for (std::size_t i = 0; i < count; ++i) add(points, wide(random), wide(random), flat(random), flat(random));
  return points;
}

Points thin(const Points& points, double edge_m) {
  VoxelState state;
  Points thinned;
  const auto status = thin_to_voxels(points, edge_m, state, thinned);
  EXPECT_TRUE(status.ok()) << status.error().message;
  return thinned;
}

Cube cube_of(const Points& points, std::size_t i, float edge_m) {
  const auto index = [edge_m](float value) { return static_cast<int>(std::floor(value / edge_m)); };
  return {index(points.x_m[i]), index(points.y_m[i]), index(points.z_m[i])};
}

TEST(ThinToVoxels, AgreesWithAMapOfCubes) {
  for (const double edge_m : {0.25, 0.5, 2.0}) {
    const Points points = random_points(5000, 3);
    std::map<Cube, std::array<double, 5>> sums;
    for (std::size_t i = 0; i < points.count; ++i) {
      auto& sum = sums[cube_of(points, i, static_cast<float>(edge_m))];
      const float values[] = {points.x_m[i], points.y_m[i], points.z_m[i], points.intensity[i], 1};
      for (std::size_t k = 0; k < 5; ++k) sum[k] += values[k];
    }
    const Points thinned = thin(points, edge_m);
    ASSERT_EQ(thinned.count, sums.size());
    for (std::size_t i = 0; i < thinned.count; ++i) {
      const auto& sum = sums.at(cube_of(thinned, i, static_cast<float>(edge_m)));
      EXPECT_NEAR(thinned.x_m[i], sum[0] / sum[4], 1e-5);
      EXPECT_NEAR(thinned.y_m[i], sum[1] / sum[4], 1e-5);
      EXPECT_NEAR(thinned.z_m[i], sum[2] / sum[4], 1e-5);
      EXPECT_NEAR(thinned.intensity[i], sum[3] / sum[4], 1e-5);
    }
  }
}

TEST(ThinToVoxels, OrderOfThePointsDoesNotMatter) {
  const Points points = random_points(3000, 5);
  std::vector<std::size_t> order(points.count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  Points shuffled;
  for (const std::size_t i : order) add(shuffled, points.x_m[i], points.y_m[i], points.z_m[i], points.intensity[i]);
  const Points a = thin(points, 1), b = thin(shuffled, 1);
  ASSERT_EQ(a.count, b.count);
  for (std::size_t i = 0; i < a.count; ++i) EXPECT_EQ(a.x_m[i], b.x_m[i]);
}

TEST(ThinToVoxels, LeavesOutWhatIsNotFinite) {
  Points points = random_points(100, 9);
  const std::size_t expected = thin(points, 0.5).count;
  for (const float bad :
       {std::nanf(""), std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}) {
    add(points, bad, 0, 0);
    add(points, 0, bad, 0);
    add(points, 0, 0, bad);
  }
  EXPECT_EQ(thin(points, 0.5).count, expected);
}

TEST(ThinToVoxels, NothingStaysNothing) {
  EXPECT_EQ(thin({}, 0.25).count, 0u);
  Points bad;
  add(bad, std::nanf(""), 0, 0);
  EXPECT_EQ(thin(bad, 0.25).count, 0u);
}

TEST(ThinToVoxels, TwoMillionPointsAtOneSpotAreThatSpot) {
  Points points;
  points.set_count(2'000'000);
  for (std::vector<float>* array : {&points.x_m, &points.y_m, &points.z_m})
    std::fill(array->begin(), array->end(), 7.3f);
  const Points thinned = thin(points, 0.25);
  ASSERT_EQ(thinned.count, 1u);
  EXPECT_FLOAT_EQ(thinned.x_m[0], 7.3f);
}

TEST(ThinToVoxels, RefusesASpanTooWideAndSaysHowWide) {
  Points points;
  add(points, 0, 0, 0);
  add(points, 50'000, 100, 100);
  VoxelState state;
  Points thinned;
  const auto status = thin_to_voxels(points, 0.25, state, thinned);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("50000.0"), std::string::npos) << status.error().message;
  add(points, 3e38f, 0, 0);
  EXPECT_FALSE(thin_to_voxels(points, 0.25, state, thinned).ok());
}

}  // namespace
}  // namespace hangil::lidar
