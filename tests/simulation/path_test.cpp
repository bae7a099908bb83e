// SPDX-License-Identifier: Apache-2.0
#include "simulation/path.hpp"

#include <numbers>

#include <gtest/gtest.h>

#include "simulation/dice.hpp"

namespace hangil::simulation {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr Bend kCircle[] = {{0, 1.0 / 20}};
constexpr Bend kTurns[] = {{10, 0}, {35, 1.0 / 60}, {60, 1.0 / 60}, {90, 0}, {110, -1.0 / 80}, {150, -1.0 / 80}};

TEST(Path, ConstantCurvatureIsACircle) {
  const Path path = Path::from_bends({0, 0, 0}, kCircle, 100);
  for (const double way_m : {0.0, 0.3, 10.0, 62.831, 100.0}) {
    const WayPoint p = path.at(way_m);
    EXPECT_NEAR(p.pose.x_m, 20 * std::sin(way_m / 20), 1e-9);
    EXPECT_NEAR(p.pose.y_m, 20 * (1 - std::cos(way_m / 20)), 1e-9);
    EXPECT_NEAR(math::angle_difference_rad(p.pose.yaw_rad, way_m / 20), 0, 1e-12);
  }
}

TEST(Path, HeadingIsTheAreaUnderTheCurvature) {
  const Path path = Path::from_bends({0, 0, 0.2}, kTurns, 200);
  EXPECT_NEAR(path.at(35).pose.yaw_rad, 0.2 + 25 / 60.0 / 2, 1e-9);
  EXPECT_NEAR(path.at(60).pose.yaw_rad, 0.2 + 25 / 60.0 / 2 + 25 / 60.0, 1e-9);
}

// Derivatives by symmetric difference: position gives heading, heading gives curvature.
void expect_consistent(const Path& path, double tolerance) {
  tests::Dice dice(7);
  for (int i = 0; i < 200; ++i) {
    const double way_m = dice.between(1, path.length_m() - 1), h = 1e-3;
    const WayPoint a = path.at(way_m - h), p = path.at(way_m), b = path.at(way_m + h);
    EXPECT_NEAR((b.pose.x_m - a.pose.x_m) / (2 * h), std::cos(p.pose.yaw_rad), tolerance) << way_m;
    EXPECT_NEAR((b.pose.y_m - a.pose.y_m) / (2 * h), std::sin(p.pose.yaw_rad), tolerance) << way_m;
    EXPECT_NEAR(math::angle_difference_rad(b.pose.yaw_rad, a.pose.yaw_rad) / (2 * h), p.curvature_radpm, tolerance);
  }
}

TEST(Path, PositionHeadingAndCurvatureBelongTogether) {
  const Path path = Path::from_bends({3, -2, 1}, kTurns, 200);
  expect_consistent(path, 1e-5);
  expect_consistent(path.shifted(3.3), 1e-4);
  expect_consistent(path.shifted(-6), 1e-4);
  expect_consistent(path.reversed(), 1e-5);
  expect_consistent(path.shifted([](double way_m) { return -3.5 * (1 - smooth_step(40, 110, way_m)); }), 1e-3);
}

TEST(Path, ShiftedKeepsItsDistance) {
  const Path path = Path::from_bends({0, 0, 0}, kTurns, 200), left = path.shifted(3.3);
  for (double way_m = 1; way_m < left.length_m() - 1; way_m += 3.7) {
    const math::Pose2 pose = left.at(way_m).pose;
    EXPECT_NEAR(foot(path, {pose.x_m, pose.y_m}).left_m, 3.3, 1e-4) << way_m;
  }
  EXPECT_NEAR(Path::from_bends({0, 0, 0}, kCircle, 20 * kPi).shifted(5).length_m(), 15 * kPi, 1e-9);
}

TEST(Path, ReversedIsTheSameLineBackwards) {
  const Path path = Path::from_bends({0, 0, 0}, kTurns, 200), back = path.reversed();
  for (double way_m = 0; way_m <= 200; way_m += 7.3) {
    const math::Pose2 there = path.at(way_m).pose, again = back.at(200 - way_m).pose;
    EXPECT_NEAR(there.x_m, again.x_m, 1e-9);
    EXPECT_NEAR(there.y_m, again.y_m, 1e-9);
    EXPECT_NEAR(std::abs(math::angle_difference_rad(there.yaw_rad, again.yaw_rad)), kPi, 1e-9);
  }
}

TEST(Foot, FindsBackWhereAPointWasPut) {
  const Path path = Path::from_bends({0, 0, 0}, kTurns, 200);
  tests::Dice dice(8);
  for (int i = 0; i < 200; ++i) {
    const double way_m = dice.between(1, 199), left_m = dice.between(-30, 30);
    const math::Point2 point = path.at(way_m).pose * math::Point2{0, left_m};
    const Foot found = foot(path, point);
    EXPECT_NEAR(found.left_m, left_m, 2e-3) << way_m;
    EXPECT_NEAR(found.way_m, way_m, 0.1) << left_m;
  }
}

}  // namespace
}  // namespace hangil::simulation
