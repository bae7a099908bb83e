// SPDX-License-Identifier: Apache-2.0
#include "lidar/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <tuple>

#include <gtest/gtest.h>

#include "lidar/keypoints.hpp"
#include "lidar/made_pillars.hpp"

namespace hangil::lidar {
namespace {

// As a camera sees a street: wide and deep, not high.
Points view(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> aside_m(-15, 15), down_m(-2, 2), ahead_m(1, 40);
  Points points;
  for (std::size_t i = 0; i < count; ++i) {
    const float x_m = aside_m(random), y_m = down_m(random);
    tests::add_point(points, x_m, y_m, ahead_m(random));
  }
  return points;
}

float squared_distance_m2(const Points& a, std::size_t i, const Points& b, std::size_t k) {
  const float dx = a.x_m[i] - b.x_m[k], dy = a.y_m[i] - b.y_m[k], dz = a.z_m[i] - b.z_m[k];
  return dx * dx + dy * dy + dz * dz;
}

std::vector<std::uint32_t> near_points(const Points& points, const Points& places, std::size_t d, float radius_m) {
  std::vector<std::uint32_t> near;
  for (std::uint32_t i = 0; i < points.count; ++i) {
    if (squared_distance_m2(points, i, places, d) <= radius_m * radius_m) near.push_back(i);
  }
  return near;
}

Edges neighbours_of(const Points& points, const Points& places, float edge_m, const NeighbourRule& rule) {
  ColumnIndex index;
  index_columns(points, edge_m, index);
  Edges edges;
  find_neighbours(index, places, rule, edges);
  return edges;
}

TEST(FindNeighbours, AgreesWithLookingAtAllPoints) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Points points = view(3000, seed), places = view(200, seed + 100);
    for (const float radius_m : {1.0f, 4.0f}) {
      const Edges edges = neighbours_of(points, places, radius_m, {radius_m, points.count});
      ASSERT_EQ(edges.begin.size(), places.count + 1);
      for (std::size_t d = 0; d < places.count; ++d) {
        std::vector<std::uint32_t> found(edges.sources.begin() + edges.begin[d],
                                         edges.sources.begin() + edges.begin[d + 1]);
        std::sort(found.begin(), found.end());
        ASSERT_EQ(found, near_points(points, places, d, radius_m));
      }
    }
  }
}

TEST(FindNeighbours, ALimitKeepsASpreadOfThem) {
  const Points points = view(5000, 3), places = view(50, 4);
  const NeighbourRule all{4, 5000}, some{4, 16};
  const Edges whole = neighbours_of(points, places, 4, all), limited = neighbours_of(points, places, 4, some);
  for (std::size_t d = 0; d < places.count; ++d) {
    const std::size_t all_count = whole.begin[d + 1] - whole.begin[d];
    const std::size_t count = limited.begin[d + 1] - limited.begin[d];
    ASSERT_EQ(count, std::min<std::size_t>(all_count, 16));
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t from = all_count > 16 ? k * all_count / 16 : k;
      EXPECT_EQ(limited.sources[limited.begin[d] + k], whole.sources[whole.begin[d] + from]);
    }
  }
}

TEST(FindNeighbours, NothingIsNearNothing) {
  EXPECT_EQ(neighbours_of(Points(), Points(), 1, {1, 10}).count(), 0u);
  const Edges edges = neighbours_of(Points(), view(3, 1), 1, {1, 10});
  EXPECT_EQ(edges.begin, (std::vector<std::uint32_t>{0, 0, 0, 0}));
  EXPECT_EQ(neighbours_of(view(3, 1), Points(), 1, {1, 10}).count(), 0u);
}

using Voxel = std::tuple<int, int, int>;

TEST(ChooseKeypoints, IsThePointNearestTheMeanOfEachVoxel) {
  for (const double edge_m : {0.4, 0.8}) {
    const Points points = view(4000, 11);
    std::map<Voxel, std::vector<std::uint32_t>> voxels;
    for (std::uint32_t i = 0; i < points.count; ++i) {
      const auto at = [&](float value) { return static_cast<int>(std::floor(value / static_cast<float>(edge_m))); };
      voxels[{at(points.x_m[i]), at(points.y_m[i]), at(points.z_m[i])}].push_back(i);
    }
    KeypointState state;
    std::vector<std::uint32_t> keypoints;
    ASSERT_TRUE(choose_keypoints(points, edge_m, state, keypoints).ok());
    ASSERT_EQ(keypoints.size(), voxels.size());
    std::size_t right = 0;
    for (const auto& [voxel, members] : voxels) {
      double mean[3] = {};
      for (const std::uint32_t i : members)
        mean[0] += points.x_m[i], mean[1] += points.y_m[i], mean[2] += points.z_m[i];
      const auto off_m2 = [&](std::uint32_t i) {
        const double n = static_cast<double>(members.size());
        return std::pow(points.x_m[i] - mean[0] / n, 2) + std::pow(points.y_m[i] - mean[1] / n, 2) +
               std::pow(points.z_m[i] - mean[2] / n, 2);
      };
      const auto nearest = *std::min_element(members.begin(), members.end(),
                                             [&](std::uint32_t a, std::uint32_t b) { return off_m2(a) < off_m2(b); });
      const auto chosen = std::find_if(keypoints.begin(), keypoints.end(), [&](std::uint32_t i) {
        return std::find(members.begin(), members.end(), i) != members.end();
      });
      ASSERT_NE(chosen, keypoints.end());
      EXPECT_NEAR(off_m2(*chosen), off_m2(nearest), 1e-5);
      right += *chosen == nearest || members.size() == 2 ? 1 : 0;
    }
    EXPECT_GT(right, voxels.size() * 99 / 100);  // but for rounding; two alone are equally near
  }
}

TEST(ChooseKeypoints, ComeNearestFirst) {
  const Points points = view(2000, 2);
  KeypointState state;
  std::vector<std::uint32_t> keypoints;
  ASSERT_TRUE(choose_keypoints(points, 0.8, state, keypoints).ok());
  Points origin;
  tests::add_point(origin, 0, 0, 0);
  for (std::size_t k = 1; k < keypoints.size(); ++k) {
    EXPECT_LE(squared_distance_m2(points, keypoints[k - 1], origin, 0),
              squared_distance_m2(points, keypoints[k], origin, 0));
  }
}

}  // namespace
}  // namespace hangil::lidar
