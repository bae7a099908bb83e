// SPDX-License-Identifier: Apache-2.0
#include "math/reference_path.hpp"

#include <limits>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "math/path_smoothing.hpp"

namespace hangil::math {
namespace {

std::vector<Point2> circle_arc(double radius_m, double angle_rad, double spacing_m) {
  std::vector<Point2> points;
  for (double a = 0; a <= angle_rad; a += spacing_m / radius_m) {
    points.push_back({radius_m * std::sin(a), radius_m * (1 - std::cos(a))});
  }
  return points;
}

// A road that winds: 30 m of amplitude every 250 m.
std::vector<Point2> winding(double length_m, double spacing_m) {
  std::vector<Point2> points;
  for (double x = 0; x <= length_m; x += spacing_m) points.push_back({x, 30 * std::sin(x / 40)});
  return points;
}

ReferencePath path_of(const std::vector<Point2>& points, const PathShape& shape = {}) {
  auto path = ReferencePath::make(points, shape);
  EXPECT_TRUE(path.ok()) << (path.ok() ? "" : path.error().message);
  return *path;
}

TEST(ReferencePath, StraightLineStaysStraight) {
  const ReferencePath path = path_of({{0, 0}, {30, 40}});
  EXPECT_NEAR(path.length_m(), 50, 1e-6);
  for (double s = -100; s <= 150; s += 7) {
    const PathSample sample = path.at(s);
    EXPECT_NEAR(sample.point.x_m, 0.6 * s, 1e-6);
    EXPECT_NEAR(sample.point.y_m, 0.8 * s, 1e-6);
    EXPECT_NEAR(sample.curvature_radpm, 0, 1e-9);
  }
}

TEST(ReferencePath, CircleKeepsItsCurvature) {
  for (const double radius : {8.0, 25.0, 200.0}) {
    const ReferencePath path = path_of(circle_arc(radius, 3, 1.0));
    EXPECT_NEAR(path.length_m(), 3 * radius, 1.5);
    for (double s = 3; s < path.length_m() - 3; s += 0.37) {
      const PathSample sample = path.at(s);
      EXPECT_NEAR(sample.curvature_radpm * radius, 1, 0.02) << "radius " << radius << " at " << s;
      EXPECT_NEAR(std::hypot(sample.point.x_m, sample.point.y_m - radius), radius, 0.03);
    }
  }
}

TEST(ReferencePath, ParameterIsArcLength) {
  const ReferencePath path = path_of(winding(1000, 3));
  const double h = 1e-3;
  for (double s = -14; s < path.length_m() + 14; s += 0.61) {
    const Point2 a = path.at(s - h).point, b = path.at(s + h).point;
    EXPECT_NEAR(std::hypot(b.x_m - a.x_m, b.y_m - a.y_m) / (2 * h), 1, 1e-4) << "at " << s;
  }
}

TEST(ReferencePath, TangentAndCurvatureAreDerivatives) {
  const ReferencePath path = path_of(winding(500, 2));
  const double h = 1e-4;
  for (double s = -12; s < path.length_m() + 12; s += 0.613) {
    const PathSample before = path.at(s - h), here = path.at(s), after = path.at(s + h);
    EXPECT_NEAR((after.point.x_m - before.point.x_m) / (2 * h), here.tangent_x, 2e-4);
    EXPECT_NEAR((after.point.y_m - before.point.y_m) / (2 * h), here.tangent_y, 2e-4);
    EXPECT_NEAR(angle_difference_rad(after.yaw_rad(), before.yaw_rad()) / (2 * h), here.curvature_radpm, 2e-4);
    EXPECT_NEAR(after.curvature_radpm - before.curvature_radpm, 2 * h * here.curvature_rate_radpm2, 2e-5);
  }
}

TEST(ReferencePath, RunsOnBeyondItsEndsWithoutAJump) {
  const ReferencePath path = path_of(circle_arc(20, 2, 0.7));
  for (const double end : {0.0, path.length_m(), -15.0, path.length_m() + 15}) {
    for (double s = end - 2; s < end + 2; s += 0.05) {
      const PathSample a = path.at(s), b = path.at(s + 0.05);
      EXPECT_NEAR(std::hypot(b.point.x_m - a.point.x_m, b.point.y_m - a.point.y_m), 0.05, 1e-4);
      EXPECT_NEAR(angle_difference_rad(b.yaw_rad(), a.yaw_rad()), 0.05 * a.curvature_radpm, 1e-3);
    }
  }
  EXPECT_EQ(path.at(path.length_m() + 500).curvature_radpm, 0);
}

TEST(ReferencePath, ProjectionAgreesWithBruteForce) {
  std::mt19937 random(4);
  const ReferencePath path = path_of(winding(600, 2));
  std::uniform_real_distribution<double> x(-40, 640), y(-60, 60);
  for (int i = 0; i < 300; ++i) {
    const Point2 point{x(random), y(random)};
    double best = std::numeric_limits<double>::infinity();
    for (double s = -100; s < path.length_m() + 100; s += 0.05) {
      const Point2 p = path.at(s).point;
      best = std::min(best, std::hypot(p.x_m - point.x_m, p.y_m - point.y_m));
    }
    const Point2 found = path.at(path.project(point)).point;
    EXPECT_NEAR(std::hypot(found.x_m - point.x_m, found.y_m - point.y_m), best, 2e-3);
  }
}

TEST(ReferencePath, LocalProjectionStaysInItsWindow) {
  // A figure that comes back to where it was: both passes are equally near.
  std::vector<Point2> loop = circle_arc(30, 4 * std::numbers::pi, 1);
  const ReferencePath path = path_of(loop);
  const double round_m = 60 * std::numbers::pi;
  const Point2 place = path.at(40).point;
  EXPECT_NEAR(path.project(place, 20, 60), 40, 0.1);
  EXPECT_NEAR(path.project(place, round_m + 20, round_m + 60), round_m + 40, 1.5);
}

TEST(ReferencePath, NoiseAndStandstillsAreSmoothedAway) {
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0, 0.03);
  std::vector<Point2> points;
  for (const Point2 point : circle_arc(40, 2.5, 0.8)) {
    points.push_back({point.x_m + noise(random), point.y_m + noise(random)});
    if (points.size() == 50) {
      for (int i = 0; i < 100; ++i) points.push_back({point.x_m + noise(random), point.y_m + noise(random)});
    }
  }
  const ReferencePath path = path_of(points);
  for (double s = 5; s < path.length_m() - 5; s += 0.5) {
    EXPECT_NEAR(path.at(s).curvature_radpm, 1.0 / 40, 0.02);
  }
}

// Where rounding puts the last place beyond the last knot, looking up what lies beyond must still end.
TEST(ReferencePath, EveryLengthHasItsEnds) {
  for (int k = 1; k <= 400; ++k) {
    std::vector<Point2> bend;
    for (int i = 0; i <= 20 + k; ++i) bend.push_back({40 * std::sin(0.0313 * i), 40 - 40 * std::cos(0.0313 * i)});
    const auto path = ReferencePath::make(bend);
    ASSERT_TRUE(path.ok());
    for (const double beyond_m : {0.0, 9.9, 10.1, 30.0}) {
      EXPECT_TRUE(std::isfinite(path->at(path->length_m() + beyond_m).point.x_m));
      EXPECT_TRUE(std::isfinite(path->at(-beyond_m).point.x_m));
    }
  }
}

TEST(ReferencePath, RefusesWhatIsNoLine) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::vector<Point2>> bad = {{},
                                                {{1, 1}},
                                                {{1, 1}, {1, 1}, {1.01, 1}},
                                                {{0, 0}, {nan, 1}, {5, 5}},
                                                {{0, 0}, {std::numeric_limits<double>::infinity(), 1}},
                                                {{0, 0}, {1e300, 1}},
                                                {{-9e6, 0}, {9e6, 0}}};
  for (const auto& points : bad) {
    const auto path = ReferencePath::make(points);
    ASSERT_FALSE(path.ok());
    EXPECT_NE(path.error().message.find("reference path"), std::string::npos);
  }
}

TEST(ReferencePath, ShortLinesWork) {
  for (const double length : {0.5, 0.8, 1.3, 2.0, 3.7}) {
    const ReferencePath path = path_of({{0, 0}, {length, 0}});
    EXPECT_NEAR(path.length_m(), length, 1e-6);
    EXPECT_NEAR(path.at(length / 2).point.x_m, length / 2, 1e-6);
  }
}

TEST(Smooth, KeepsACircleAndEndsOfALine) {
  const std::vector<Point2> arc = circle_arc(30, 2, 0.5);
  const std::vector<Point2> smoothed = smooth(arc, 0.5, 8);
  for (std::size_t i = 0; i < arc.size(); ++i) {
    EXPECT_NEAR(std::hypot(smoothed[i].x_m - arc[i].x_m, smoothed[i].y_m - arc[i].y_m), 0, 0.01);
  }
}

TEST(Resample, SpacesEvenlyAndKeepsBothEnds) {
  const std::vector<Point2> points = resample(std::vector<Point2>{{0, 0}, {10, 0}, {10, 7.3}}, 0.5);
  ASSERT_EQ(points.size(), 36u);
  EXPECT_NEAR(points.back().x_m, 10, 1e-9);
  EXPECT_NEAR(points.back().y_m, 7.3, 1e-9);
}

}  // namespace
}  // namespace hangil::math
