// SPDX-License-Identifier: Apache-2.0
#include "control/dynamic_bicycle.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::control {
namespace {

constexpr double kGravityMps2 = 9.81;

DynamicBicycleState driving(double speed_mps) {
  DynamicBicycleState state;
  state.motion.speed_mps = speed_mps;
  return state;
}

// Keeps the speed with a proportional drive while the wheels are held.
DynamicBicycleState steady(double speed_mps, double steering_rad, const DynamicBicycleModel& model) {
  DynamicBicycleState state = driving(speed_mps);
  for (int i = 0; i < 400; ++i) state = advance(state, {steering_rad, speed_mps - state.motion.speed_mps}, model, 0.02);
  return state;
}

// Rajamani 2012, 3.3: steering = L / R + K a_y, K the understeer gradient.
TEST(DynamicBicycle, SteadyCornerHasTheUndersteerOfItsStiffness) {
  const DynamicBicycleModel model;
  const double b = model.mass_ahead_m, wheelbase = model.bicycle.wheelbase_m, a = wheelbase - b;
  const double gradient =
      model.mass_kg / wheelbase * (b / model.front_stiffness_nprad - a / model.rear_stiffness_nprad);
  for (const double speed : {8.0, 15.0, 25.0}) {
    const double steering = wheelbase * 0.5 / (speed * speed);  // about 0.5 m/s2
    const DynamicBicycleState state = steady(speed, steering, model);
    const double v = state.motion.speed_mps, curvature = state.yaw_rate_radps / v;
    EXPECT_NEAR(wheelbase * curvature + gradient * v * v * curvature, steering, 0.03 * steering) << speed;
  }
}

TEST(DynamicBicycle, AtACrawlItIsTheKinematicOne) {
  const DynamicBicycleModel model;
  BicycleState kinematic;
  kinematic.speed_mps = 1.5;
  DynamicBicycleState state = driving(1.5);
  for (int i = 0; i < 100; ++i) {
    kinematic = advance(kinematic, {0.3, 0}, model.bicycle, 0.02);
    state = advance(state, {0.3, 0}, model, 0.02);
  }
  EXPECT_NEAR(state.motion.pose.x_m, kinematic.pose.x_m, 1e-3);
  EXPECT_NEAR(state.motion.pose.y_m, kinematic.pose.y_m, 1e-3);
  EXPECT_NEAR(state.motion.pose.yaw_rad, kinematic.pose.yaw_rad, 1e-3);
}

TEST(DynamicBicycle, NoTyreHoldsMoreThanFriction) {
  DynamicBicycleModel model;
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(-1, 1);
  for (const double friction : {0.2, 0.5, 0.9}) {
    model.friction_ratio = friction;
    DynamicBicycleState state = driving(28);
    for (int i = 0; i < 500; ++i) {
      const double before_mps = state.slip_mps;
      const DynamicBicycleState next = advance(state, {0.5 * any(random), 10 * any(random)}, model, 0.002);
      const double side_mps2 = (next.slip_mps - before_mps) / 0.002 + state.yaw_rate_radps * state.motion.speed_mps;
      EXPECT_LE(std::hypot(side_mps2, next.motion.acceleration_mps2), friction * kGravityMps2 * 1.01);
      state = next;
    }
  }
}

TEST(DynamicBicycle, OnIceItLeavesTheCurveItHoldsOnTarmac) {
  DynamicBicycleModel model;
  const double dry_m = advance(driving(15), {0.06, 0}, model, 2).motion.pose.y_m;
  model.friction_ratio = 0.15;
  const double icy_m = advance(driving(15), {0.06, 0}, model, 2).motion.pose.y_m;
  EXPECT_GT(dry_m, 5);
  EXPECT_LE(icy_m, 0.15 * kGravityMps2 * 2 * 2 / 2);  // what friction can do in 2 s
}

TEST(DynamicBicycle, DriveAndBrakesKeepTheirJerkAndTheirLimits) {
  const DynamicBicycleModel model;
  DynamicBicycleState state = driving(20);
  for (int i = 0; i < 200; ++i) {
    const DynamicBicycleState next = advance(state, {0, i < 100 ? -20.0 : 20.0}, model, 0.01);
    const double change = next.motion.acceleration_mps2 - state.motion.acceleration_mps2;
    const bool is_held = next.motion.speed_mps == 0;  // by the brakes, at once
    EXPECT_TRUE(is_held || std::abs(change) <= model.max_jerk_mps3 * 0.01 + 1e-9) << change;
    EXPECT_GE(next.motion.acceleration_mps2, -model.friction_ratio * kGravityMps2 - 1e-9);
    EXPECT_LE(next.motion.acceleration_mps2, model.max_acceleration_mps2);
    state = next;
  }
}

TEST(DynamicBicycle, LeftAndRightAreMirrors) {
  const DynamicBicycleModel model;
  DynamicBicycleState left = driving(18), right = driving(18);
  for (int i = 0; i < 100; ++i) {
    left = advance(left, {0.05, -1}, model, 0.02);
    right = advance(right, {-0.05, -1}, model, 0.02);
  }
  EXPECT_NEAR(left.motion.pose.x_m, right.motion.pose.x_m, 1e-9);
  EXPECT_NEAR(left.motion.pose.y_m, -right.motion.pose.y_m, 1e-9);
  EXPECT_GT(left.motion.pose.y_m, 1);
}

TEST(DynamicBicycle, ComesToRestAndStays) {
  const DynamicBicycleModel model;
  DynamicBicycleState state = advance(driving(12), {0.02, -5}, model, 5);
  EXPECT_EQ(state.motion.speed_mps, 0);
  const math::Pose2 place = state.motion.pose;
  state = advance(state, {0.02, -5}, model, 2);
  EXPECT_EQ(state.motion.pose.x_m, place.x_m);
  EXPECT_EQ(state.motion.pose.yaw_rad, place.yaw_rad);
}

TEST(TyreForce, GrowsWithSlipToItsLimitAndIsOdd) {
  double before = 0;
  for (double slip = 0.001; slip < 0.4; slip += 0.001) {
    const double force = tyre_force_n(slip, 1e5, 7000);
    EXPECT_GE(force, before);
    EXPECT_LE(force, 7000);
    EXPECT_EQ(tyre_force_n(-slip, 1e5, 7000), -force);
    before = force;
  }
  EXPECT_EQ(before, 7000);
  EXPECT_NEAR(tyre_force_n(1e-4, 1e5, 7000), 10, 0.02);
  EXPECT_EQ(tyre_force_n(0.1, 1e5, 0), 0);
}

}  // namespace
}  // namespace hangil::control
