// SPDX-License-Identifier: Apache-2.0
#include "lidar/segments.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "lidar/made_obstacles.hpp"

namespace hangil::lidar {
namespace {

using messages::ObstaclePoints;
using tests::cloud_of;

// Every pair of points compared: within the tolerance along x and y (in whole cells) they belong together.
TEST(CutSegments, CoarsePiecesAgreeWithComparingEveryPair) {
  std::mt19937 random(17);
  std::uniform_real_distribution<float> place_m(-9, 9), height_m(0.31f, 2.3f);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::array<float, 3>> places;
    for (int i = 0; i < 30 + 10 * round; ++i) places.push_back({place_m(random), place_m(random), height_m(random)});
    const ObstaclePoints points = cloud_of(places);
    std::vector<std::size_t> expected(places.size());
    std::iota(expected.begin(), expected.end(), std::size_t{0});
    const auto cell = [](float value_m) { return static_cast<int>(std::floor(value_m / 0.125f)); };
    for (std::size_t pass = 0; pass < places.size(); ++pass) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
          const bool are_near = std::abs(cell(places[i][0]) - cell(places[k][0])) <= 4 &&
                                std::abs(cell(places[i][1]) - cell(places[k][1])) <= 4;
          if (are_near) expected[i] = expected[k] = std::min(expected[i], expected[k]);
        }
      }
    }
    SegmentTree tree;
    cut_segments(points, {}, tree);
    std::map<std::size_t, std::size_t> piece_of_expected;
    std::size_t point_count = 0;
    for (std::size_t piece = 0; piece < tree.coarse.size(); ++piece) {
      const Range segments{tree.middle[tree.coarse[piece].begin].begin, tree.middle[tree.coarse[piece].end - 1].end};
      const Segment sum = sum_segments(tree, segments);
      for (std::uint32_t k = sum.points.begin; k < sum.points.end; ++k, ++point_count) {
        ASSERT_EQ(piece_of_expected.emplace(expected[tree.sorted[k]], piece).first->second, piece);
      }
    }
    EXPECT_EQ(point_count, places.size());
    EXPECT_EQ(piece_of_expected.size(), tree.coarse.size());
  }
}

TEST(CutSegments, FinerPiecesDivideCoarserOnes) {
  SegmentTree tree;
  cut_segments(tests::obstacles_of(tests::street()), {}, tree);
  std::uint32_t middle = 0, segment = 0, point = 0, contour = 0;
  for (const Range& coarse : tree.coarse) {
    EXPECT_EQ(coarse.begin, middle);
    middle = coarse.end;
  }
  for (const Range& range : tree.middle) {
    EXPECT_EQ(range.begin, segment);
    segment = range.end;
  }
  for (const Segment& one : tree.segments) {
    EXPECT_EQ(one.points.begin, point);
    EXPECT_EQ(one.contour.begin, contour);
    EXPECT_GT(one.points.size(), 0u);
    EXPECT_LE(one.contour.size(), one.points.size());
    point = one.points.end;
    contour = one.contour.end;
  }
  EXPECT_EQ(middle, tree.middle.size());
  EXPECT_EQ(segment, tree.segments.size());
}

}  // namespace
}  // namespace hangil::lidar
