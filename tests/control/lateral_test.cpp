// SPDX-License-Identifier: Apache-2.0
#include "control/lateral.hpp"

#include <random>

#include <gtest/gtest.h>

#include "control/course.hpp"
#include "messages/trajectory_at.hpp"

namespace hangil::control {
namespace {

using tests::kSteady;
using tests::kStraight;

TEST(PathError, IsZeroOnThePathAndSignedLeft) {
  const auto points = tests::course(
                          8, 6, [](double) { return 0.05; }, kSteady)
                          .points;
  const math::Pose2 on{points[20].x_m, points[20].y_m, points[20].yaw_rad};
  for (const double left : {-1.0, 0.0, 0.4}) {
    const PathError error = path_error(points, on * math::Pose2{0, left, 0.1});
    EXPECT_NEAR(error.left_m, left, 2e-3);
    EXPECT_NEAR(error.heading_rad, 0.1, 2e-3);
    EXPECT_NEAR(error.time_s, 2.0, 0.02);
    EXPECT_NEAR(error.curvature_radpm, 0.05, 1e-9);
  }
}

TEST(PathError, AgreesWithBruteForce) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> across(-2, 2), time(0.5, 7);
  const auto points = tests::course(
                          8, 8, [](double s) { return 0.08 * std::sin(s / 9); }, kSteady)
                          .points;
  for (int i = 0; i < 200; ++i) {
    const messages::TrajectoryPoint at = messages::trajectory_at(points, time(random));
    const math::Pose2 pose = math::Pose2{at.x_m, at.y_m, at.yaw_rad} * math::Pose2{0, across(random), 0};
    double least = 1e9;
    for (double t = 0; t < 8; t += 0.002) {
      const messages::TrajectoryPoint p = messages::trajectory_at(points, t);
      least = std::min(least, std::hypot(p.x_m - pose.x_m, p.y_m - pose.y_m));
    }
    EXPECT_NEAR(std::abs(path_error(points, pose).left_m), least, 0.02);
  }
}

TEST(PathError, StandingTrajectoryIsAPose) {
  const std::vector<messages::TrajectoryPoint> standing(3, {0, 5, 2, 0.3, 0, 0, 0});
  const PathError error = path_error(standing, {5, 2, 0.4});
  EXPECT_NEAR(error.left_m, 0, 1e-12);
  EXPECT_NEAR(error.heading_rad, 0.1, 1e-12);
}

TEST(Steering, FollowsTheCurvatureWhenThereIsNoError) {
  const auto points = tests::course(
                          8, 6, [](double) { return -0.06; }, kSteady)
                          .points;
  const LateralConfig config;
  const double steering = steering_rad(points, {points[10].x_m, points[10].y_m, points[10].yaw_rad}, 8, config);
  EXPECT_NEAR(steering, std::atan(config.wheelbase_m * -0.06), 1e-3);
}

TEST(Steering, TurnsBackToThePathWithinItsLimit) {
  const auto points = tests::course(8, 6, kStraight, kSteady).points;
  const LateralConfig config;
  EXPECT_LT(steering_rad(points, {10, 1, 0}, 8, config), -0.01);
  EXPECT_GT(steering_rad(points, {10, -1, 0}, 8, config), 0.01);
  EXPECT_LT(steering_rad(points, {10, 0, 0.2}, 8, config), -0.01);
  EXPECT_EQ(steering_rad(points, {10, -50, 0}, 1, config), config.max_steering_rad);
}

}  // namespace
}  // namespace hangil::control
