// SPDX-License-Identifier: Apache-2.0
#include "control/bicycle.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace hangil::control {
namespace {

constexpr BicycleModel kNoLag{2.71, 0.55, 100, 0, 0};

TEST(Bicycle, ConstantSteeringDrivesACircle) {
  BicycleState state;
  state.speed_mps = 5;
  state.steering_rad = 0.2;
  const double radius = 2.71 / std::tan(0.2);
  for (int i = 0; i < 200; ++i) {
    state = advance(state, {0.2, 0}, kNoLag, 0.05);
    EXPECT_NEAR(std::hypot(state.pose.x_m, state.pose.y_m - radius), radius, 1e-9);
  }
  EXPECT_EQ(state.speed_mps, 5);
}

TEST(Bicycle, AccelerationIsIntegratedExactly) {
  BicycleState state;
  state = advance(state, {0, 2}, kNoLag, 3);
  EXPECT_NEAR(state.speed_mps, 6, 1e-9);
  EXPECT_NEAR(state.pose.x_m, 9, 1e-9);
}

TEST(Bicycle, BrakesHoldItAtRest) {
  BicycleState state;
  state.speed_mps = 3;
  state = advance(state, {0.1, -4}, BicycleModel{}, 5);
  const math::Pose2 place = state.pose;
  EXPECT_EQ(state.speed_mps, 0);
  state = advance(state, {0.1, -4}, BicycleModel{}, 5);
  EXPECT_EQ(state.pose.x_m, place.x_m);
  EXPECT_EQ(state.speed_mps, 0);
}

TEST(Bicycle, SteeringIsLimitedInAngleAndRate) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> any(-3, 3);
  const BicycleModel model;
  BicycleState state;
  state.speed_mps = 5;
  for (int i = 0; i < 500; ++i) {
    const BicycleState next = advance(state, {any(random), 0}, model, 0.02);
    EXPECT_LE(std::abs(next.steering_rad), model.max_steering_rad);
    EXPECT_LE(std::abs(next.steering_rad - state.steering_rad), model.max_steering_rate_radps * 0.02 + 1e-12);
    state = next;
  }
}

TEST(Bicycle, LagReachesTwoThirdsAfterItsTimeConstant) {
  BicycleModel model = kNoLag;
  model.acceleration_lag_s = 0.4;
  BicycleState state;
  state.speed_mps = 10;
  state = advance(state, {0, 1}, model, 0.4);
  EXPECT_NEAR(state.acceleration_mps2, 1 - 1 / std::numbers::e, 1e-9);
}

TEST(Bicycle, HalfStepsMakeAWhole) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> any(-1, 1);
  for (int i = 0; i < 50; ++i) {
    BicycleState start;
    start.pose = {any(random), any(random), any(random)};
    start.speed_mps = 6 + 5 * any(random);
    const Actuation wanted{0.4 * any(random), 2 * any(random)};
    const BicycleState whole = advance(start, wanted, BicycleModel{}, 0.5);
    const BicycleState halves = advance(advance(start, wanted, BicycleModel{}, 0.25), wanted, BicycleModel{}, 0.25);
    EXPECT_NEAR(whole.pose.x_m, halves.pose.x_m, 1e-9);
    EXPECT_NEAR(whole.pose.yaw_rad, halves.pose.yaw_rad, 1e-9);
  }
}

}  // namespace
}  // namespace hangil::control
