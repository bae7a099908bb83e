// SPDX-License-Identifier: Apache-2.0
#include "math/frenet.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

ReferencePath winding_path() {
  std::vector<Point2> points;
  for (double x = 0; x <= 300; x += 2) points.push_back({x, 15 * std::sin(x / 30)});
  return *ReferencePath::make(points);
}

FrenetState random_state(std::mt19937& random) {
  const auto between = [&random](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  return {between(5, 280), between(0, 25), between(-4, 4), between(-4, 4), between(-0.5, 0.5), between(-0.1, 0.1)};
}

TEST(Frenet, RoundTripKeepsTheWholeState) {
  std::mt19937 random(6);
  const ReferencePath path = winding_path();
  for (int i = 0; i < 2000; ++i) {
    const FrenetState state = random_state(random);
    const auto back = to_frenet(path, to_motion(path, state), state.s_m);
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_NEAR(back->s_mps, state.s_mps, 1e-9);
    EXPECT_NEAR(back->s_mps2, state.s_mps2, 1e-8);
    EXPECT_NEAR(back->d_m, state.d_m, 1e-9);
    EXPECT_NEAR(back->d_slope, state.d_slope, 1e-9);
    EXPECT_NEAR(back->d_bend_pm, state.d_bend_pm, 1e-9);
  }
}

TEST(Frenet, ProjectionFindsTheArcLengthAgain) {
  std::mt19937 random(7);
  const ReferencePath path = winding_path();
  for (int i = 0; i < 500; ++i) {
    const FrenetState state = random_state(random);
    const Pose2 pose = to_motion(path, state).pose;
    EXPECT_NEAR(path.project({pose.x_m, pose.y_m}, state.s_m - 3, state.s_m + 3), state.s_m, 1e-3);
  }
}

// Numbers from moving along: the speed, the yaw's change and the speed's change of sampled positions.
TEST(Frenet, MotionAgreesWithDifferences) {
  std::mt19937 random(8);
  const ReferencePath path = winding_path();
  const double h = 1e-4;
  for (int i = 0; i < 500; ++i) {
    const FrenetState state = random_state(random);
    const auto moved = [&](double t) {
      FrenetState later = state;
      const double ds = state.s_mps * t + state.s_mps2 * t * t / 2;
      later.s_m += ds;
      later.s_mps += state.s_mps2 * t;
      later.d_m += state.d_slope * ds + state.d_bend_pm * ds * ds / 2;
      later.d_slope += state.d_bend_pm * ds;
      return to_motion(path, later);
    };
    const MotionState before = moved(-h), here = moved(0), after = moved(h);
    const double speed = std::hypot(after.pose.x_m - before.pose.x_m, after.pose.y_m - before.pose.y_m) / (2 * h);
    EXPECT_NEAR(speed, here.speed_mps, 1e-3);
    EXPECT_NEAR((after.speed_mps - before.speed_mps) / (2 * h), here.acceleration_mps2, 0.02);
    const double turn = angle_difference_rad(after.pose.yaw_rad, before.pose.yaw_rad) / (2 * h);
    EXPECT_NEAR(turn, here.curvature_radpm * here.speed_mps, 0.01);
  }
}

TEST(Frenet, StandingVehicleKeepsHeadingAndCurvature) {
  const ReferencePath path = winding_path();
  FrenetState state{40, 0, 0, 1.0, 0.1, 0.02};
  const MotionState standing = to_motion(path, state);
  state.s_mps = 10;
  const MotionState driving = to_motion(path, state);
  EXPECT_EQ(standing.speed_mps, 0);
  EXPECT_EQ(standing.pose.yaw_rad, driving.pose.yaw_rad);
  EXPECT_EQ(standing.curvature_radpm, driving.curvature_radpm);
}

TEST(Frenet, RefusesStatesOffThePath) {
  const ReferencePath path = ReferencePath::straight({0, 0, 0});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(to_frenet(path, {{1, 1, 1.5}, 0, 5, 0}, 1).ok());
  EXPECT_FALSE(to_frenet(path, {{1, 1, 3.1}, 0, 5, 0}, 1).ok());
  EXPECT_FALSE(to_frenet(path, {{1, nan, 0}, 0, 5, 0}, 1).ok());
  EXPECT_FALSE(to_frenet(path, {{1, 1, 0}, nan, 5, 0}, 1).ok());
  EXPECT_FALSE(to_frenet(path, {{1, 1, 0}, 0, std::numeric_limits<double>::infinity(), 0}, 1).ok());
  EXPECT_TRUE(to_frenet(path, {{1, 1, 0}, 0, 5, 0}, 1).ok());
}

}  // namespace
}  // namespace hangil::math
