// SPDX-License-Identifier: Apache-2.0
#include "control/follow.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "control/course.hpp"

namespace hangil::control {
namespace {

using tests::kSteady;
using tests::kStraight;

BicycleState beside(double left_m, double heading_rad, double speed_mps) {
  BicycleState state;
  state.pose = {0, left_m, heading_rad};
  state.speed_mps = speed_mps;
  return state;
}

class AtSpeed : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Speeds, AtSpeed, testing::Values(1.5, 4.0, 8.0, 14.0, 22.0, 30.0));

TEST_P(AtSpeed, ErrorsOnAStraightFade) {
  const double speed = GetParam();
  const messages::Trajectory trajectory = tests::course(speed, 20, kStraight, kSteady);
  for (const double left : {-1.0, 0.5}) {
    for (const double heading : {-0.15, 0.1}) {
      const tests::Drive drive = tests::drive(trajectory, beside(left, heading, speed), 14);
      EXPECT_LT(drive.worst_left_m, 0.03) << speed << " m/s from " << left << " m, " << heading << " rad";
      EXPECT_LT(drive.worst_place_m, 0.3);
    }
  }
}

TEST_P(AtSpeed, StaysOnACircle) {
  const double speed = GetParam();
  const double curvature = std::min(0.12, 2.5 / (speed * speed));
  const messages::Trajectory trajectory = tests::course(
      speed, 20, [=](double) { return curvature; }, kSteady);
  const tests::Drive drive = tests::drive(trajectory, beside(0.3, 0, speed), 12);
  EXPECT_LT(drive.worst_left_m, 0.05) << speed << " m/s, curvature " << curvature;
}

TEST_P(AtSpeed, FollowsALaneChange) {
  const double speed = GetParam();
  const auto change = tests::lane_change(3.0, std::max(25.0, 4 * speed), 10);
  const messages::Trajectory trajectory = tests::course(speed, 25, change, kSteady);
  const tests::Drive drive = tests::drive(trajectory, beside(0, 0, speed), 0);
  EXPECT_LT(drive.worst_left_m, 0.15) << speed << " m/s";
  EXPECT_LT(std::abs(drive.last_left_m), 0.02);
}

TEST_P(AtSpeed, StopsAtTheStopPoint) {
  const double speed = GetParam(), braking = 2.5, duration = speed / braking + 4;
  const messages::Trajectory trajectory =
      tests::course(speed, duration, kStraight, [=](double t) { return t < 1 ? 0 : -braking; });
  const tests::Drive drive = tests::drive(trajectory, beside(0.1, 0, speed), 0);
  EXPECT_EQ(drive.vehicle.speed_mps, 0);
  EXPECT_NEAR(drive.vehicle.pose.x_m, trajectory.points.back().x_m, 0.3);
}

TEST(Follow, StopsAtTheStopPointWithWeakBrakesAndOnASlope) {
  for (const double bias : {-0.4, 0.4}) {
    const messages::Trajectory trajectory = tests::course(10, 9, kStraight, [](double t) { return t < 2 ? 0 : -2.0; });
    const tests::Drive drive = tests::drive(trajectory, beside(0, 0, 10), 0, {}, bias);
    EXPECT_EQ(drive.vehicle.speed_mps, 0);
    EXPECT_NEAR(drive.vehicle.pose.x_m, trajectory.points.back().x_m, 1.0) << "bias " << bias;
  }
}

TEST(Follow, SetsOffFromRest) {
  const messages::Trajectory trajectory = tests::course(0, 10, kStraight, [](double t) { return t < 5 ? 1.5 : 0.0; });
  const tests::Drive drive = tests::drive(trajectory, beside(0, 0, 0), 7);
  EXPECT_NEAR(drive.vehicle.speed_mps, 7.5, 0.1);
  EXPECT_LT(drive.worst_place_m, 0.5);
}

TEST(Follow, IntegralDoesNotWindUp) {
  // Far too slow for five seconds with the engine at its limit: afterwards the speed must not overshoot.
  const messages::Trajectory trajectory = tests::course(20, 30, kStraight, kSteady);
  BicycleState vehicle = beside(0, 0, 5);
  ControllerConfig config;
  config.stale_after_s = 1e6;
  config.longitudinal.place_gain_ps2 = 0;
  ControllerState state;
  double fastest = 0;
  for (double t = 0; t < 25; t += 0.02) {
    const auto command = follow(
        &trajectory, {base::Time{} + base::Duration::seconds(t), vehicle.pose, vehicle.speed_mps}, config, state);
    vehicle = advance(vehicle, {command.steering_angle_rad, command.acceleration_mps2}, {}, 0.02);
    fastest = std::max(fastest, vehicle.speed_mps);
  }
  EXPECT_LT(fastest, 20.6);
  EXPECT_NEAR(vehicle.speed_mps, 20, 0.1);
}

TEST(Follow, StaleTrajectoryIsLeftForItsStop) {
  messages::Trajectory trajectory = tests::course(10, 6, kStraight, kSteady);
  trajectory.stop_points = tests::course(10, 6, kStraight, [](double) { return -3.0; }).points;
  ControllerState state;
  const ControllerConfig config;
  const EgoState fresh{base::Time{200'000'000}, {2, 0, 0}, 10}, late{base::Time{900'000'000}, {9, 0, 0}, 10};
  const messages::Command going = follow(&trajectory, fresh, config, state);
  EXPECT_FALSE(going.is_stopping);
  EXPECT_GT(going.acceleration_mps2, -0.5);
  const messages::Command stopping = follow(&trajectory, late, config, state);
  EXPECT_TRUE(stopping.is_stopping);
  EXPECT_LT(stopping.acceleration_mps2, -2.5);
}

TEST(Follow, StopInPlaceOfTheMotionIsCalledStopping) {
  messages::Trajectory trajectory = tests::course(10, 6, kStraight, [](double) { return -3.0; });
  trajectory.stop_points = trajectory.points;
  ControllerState state;
  EXPECT_TRUE(follow(&trajectory, {base::Time{0}, {0, 0, 0}, 10}, {}, state).is_stopping);
}

TEST(Follow, BrakesBlindlyWithoutTrajectoryPointsOrPose) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const messages::Trajectory empty, whole = tests::course(10, 6, kStraight, kSteady);
  ControllerState state;
  state.steering_rad = 0.123;
  for (const auto& command :
       {follow(nullptr, {}, {}, state), follow(&empty, {}, {}, state), follow(&whole, {{}, {nan, 0, 0}, 5}, {}, state),
        follow(&whole, {{}, {0, 0, 0}, std::numeric_limits<double>::infinity()}, {}, state)}) {
    EXPECT_TRUE(command.is_stopping);
    EXPECT_EQ(command.acceleration_mps2, -4);
    EXPECT_EQ(command.steering_angle_rad, 0.123);
  }
}

TEST(Follow, SteeringChangesNoFasterThanItsRate) {
  const messages::Trajectory trajectory = tests::course(
      10, 10, [](double s) { return s < 30 ? 0.0 : 0.1; }, kSteady);
  ControllerConfig config;
  config.stale_after_s = 1e6;
  ControllerState state;
  BicycleState vehicle = beside(0.5, 0, 10);
  double last = 0;
  for (int i = 0; i < 400; ++i) {
    const EgoState ego{base::Time{i * 20'000'000LL}, vehicle.pose, vehicle.speed_mps};
    const messages::Command command = follow(&trajectory, ego, config, state);
    if (i > 0) {
      EXPECT_LE(std::abs(command.steering_angle_rad - last), config.lateral.max_steering_rate_radps * 0.02 + 1e-12);
    }
    last = command.steering_angle_rad;
    vehicle = advance(vehicle, {command.steering_angle_rad, command.acceleration_mps2}, {}, 0.02);
  }
}

}  // namespace
}  // namespace hangil::control
