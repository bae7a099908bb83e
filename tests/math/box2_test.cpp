// SPDX-License-Identifier: Apache-2.0
#include "math/box2.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

class Boxes {
 public:
  explicit Boxes(std::uint32_t seed) : random_(seed) {}
  double between(double least, double most) { return std::uniform_real_distribution<double>(least, most)(random_); }
  Box2 box() { return {{between(-4, 4), between(-4, 4), between(-3.2, 3.2)}, between(0.2, 6), between(0.2, 4)}; }
  Pose2 pose() { return {between(-200, 200), between(-200, 200), between(-3.2, 3.2)}; }

 private:
  std::mt19937 random_;
};

Box2 moved(const Pose2& T_b_a, const Box2& box) { return {T_b_a * box.pose, box.length_m, box.width_m}; }

// Counts the cells of a fine grid over `a` whose centre lies in `b`.
double sampled_intersection_m2(const Box2& a, const Box2& b) {
  constexpr int kCells = 200;
  int inside = 0;
  for (int i = 0; i < kCells; ++i) {
    for (int j = 0; j < kCells; ++j) {
      const Point2 local{a.length_m * ((i + 0.5) / kCells - 0.5), a.width_m * ((j + 0.5) / kCells - 0.5)};
      inside += contains(b, a.pose * local) ? 1 : 0;
    }
  }
  return a.length_m * a.width_m * inside / (kCells * kCells);
}

// Points along the outline of a box, about 400 of them.
std::vector<Point2> outline(const Box2& box) {
  std::vector<Point2> points;
  const auto ends = corners(box);
  for (std::size_t i = 0; i < 4; ++i) {
    const Point2 a = ends[i], b = ends[(i + 1) % 4];
    for (int k = 0; k < 100; ++k)
      points.push_back({a.x_m + (b.x_m - a.x_m) * k / 100, a.y_m + (b.y_m - a.y_m) * k / 100});
  }
  return points;
}

double sampled_distance_m(const Box2& a, const Box2& b) {
  double least = std::numeric_limits<double>::infinity();
  const auto points_b = outline(b);
  for (const Point2 p : outline(a)) {
    for (const Point2 q : points_b) least = std::min(least, std::hypot(p.x_m - q.x_m, p.y_m - q.y_m));
  }
  return least;
}

TEST(BoxIntersection, AgreesWithCountingCells) {
  Boxes boxes(1);
  for (int i = 0; i < 60; ++i) {
    const Box2 a = boxes.box(), b = boxes.box();
    const double tolerance = 0.02 * std::min(a.length_m * a.width_m, b.length_m * b.width_m) + 0.05;
    EXPECT_NEAR(intersection_area_m2(a, b), sampled_intersection_m2(a, b), tolerance);
  }
}

TEST(BoxIntersection, IsSymmetricBoundedAndIndependentOfTheFrame) {
  Boxes boxes(2);
  for (int i = 0; i < 2000; ++i) {
    const Box2 a = boxes.box(), b = boxes.box();
    const double area = intersection_area_m2(a, b);
    EXPECT_NEAR(area, intersection_area_m2(b, a), 1e-9);
    EXPECT_GE(area, 0);
    EXPECT_LE(area, std::min(a.length_m * a.width_m, b.length_m * b.width_m) + 1e-9);
    const Pose2 T_map_ego = boxes.pose();
    EXPECT_NEAR(area, intersection_area_m2(moved(T_map_ego, a), moved(T_map_ego, b)), 1e-6);
  }
}

TEST(BoxIntersectionOverUnion, IsOneOnlyForTheSameRectangle) {
  Boxes boxes(3);
  for (int i = 0; i < 500; ++i) {
    const Box2 box = boxes.box();
    EXPECT_NEAR(intersection_over_union(box, box), 1, 1e-9);
    Box2 turned = box;
    turned.pose.yaw_rad += std::numbers::pi;
    EXPECT_NEAR(intersection_over_union(box, turned), 1, 1e-9);
    Box2 grown = box;
    grown.length_m *= 2;
    EXPECT_NEAR(intersection_over_union(box, grown), 0.5, 1e-9);
  }
}

TEST(BoxIntersectionOverUnion, HandlesBoxesWithoutArea) {
  EXPECT_EQ(intersection_over_union(Box2{}, Box2{}), 0);
  EXPECT_EQ(intersection_over_union({{}, 2, 0}, {{}, 2, 1}), 0);
}

TEST(BoxOverlap, MeansCommonAreaAndZeroDistance) {
  Boxes boxes(4);
  int overlapping = 0;
  for (int i = 0; i < 3000; ++i) {
    const Box2 a = boxes.box(), b = boxes.box();
    overlapping += overlaps(a, b) ? 1 : 0;
    EXPECT_EQ(overlaps(a, b), overlaps(b, a));
    if (intersection_area_m2(a, b) > 1e-9) {
      EXPECT_TRUE(overlaps(a, b));
    }
    EXPECT_EQ(distance_m(a, b) == 0, overlaps(a, b));
  }
  EXPECT_GT(overlapping, 300);
  EXPECT_LT(overlapping, 2700);
}

TEST(BoxDistance, AgreesWithSampledOutlines) {
  Boxes boxes(5);
  for (int i = 0; i < 60; ++i) {
    const Box2 a = boxes.box(), b = boxes.box();
    if (!overlaps(a, b)) {
      EXPECT_NEAR(distance_m(a, b), sampled_distance_m(a, b), 0.06);
    }
  }
}

TEST(BoxDistance, OfAxisAlignedBoxesIsTheGap) {
  const Box2 a{{0, 0, 0}, 4, 2};
  EXPECT_NEAR(distance_m(a, {{5, 0, 0}, 4, 2}), 1, 1e-12);
  EXPECT_NEAR(distance_m(a, {{7, 6, 0}, 4, 2}), 5, 1e-12);
  EXPECT_EQ(distance_m(a, {{4, 0, 0}, 4, 2}), 0) << "touching";
}

TEST(BoxContains, ItsCornersPulledInwardsAndNotOutwards) {
  Boxes boxes(6);
  for (int i = 0; i < 500; ++i) {
    const Box2 box = boxes.box();
    for (const Point2 corner : corners(box)) {
      const double dx = corner.x_m - box.pose.x_m, dy = corner.y_m - box.pose.y_m;
      EXPECT_TRUE(contains(box, {box.pose.x_m + 0.999 * dx, box.pose.y_m + 0.999 * dy}));
      EXPECT_FALSE(contains(box, {box.pose.x_m + 1.001 * dx, box.pose.y_m + 1.001 * dy}));
    }
  }
}

TEST(BoxCorners, RunCounterClockwiseFromFrontLeft) {
  const auto points = corners({{1, 1, std::numbers::pi / 2}, 4, 2});
  EXPECT_NEAR(points[0].x_m, 0, 1e-12);
  EXPECT_NEAR(points[0].y_m, 3, 1e-12);
  double doubled_area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point2 a = points[i], b = points[(i + 1) % 4];
    doubled_area += a.x_m * b.y_m - b.x_m * a.y_m;
  }
  EXPECT_NEAR(doubled_area, 16, 1e-12);
}

}  // namespace
}  // namespace hangil::math
