// SPDX-License-Identifier: Apache-2.0
#include "math/angles.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "math/rotation.hpp"

namespace hangil::math {
namespace {

constexpr double kPi = std::numbers::pi;

TEST(WrapAngle, LiesInTheHalfOpenTurnAndMeansTheSameDirection) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> any(-1000, 1000);
  for (int i = 0; i < 10'000; ++i) {
    const double angle = any(random), wrapped = wrap_angle_rad(angle);
    EXPECT_GT(wrapped, -kPi);
    EXPECT_LE(wrapped, kPi);
    EXPECT_NEAR(std::sin(wrapped), std::sin(angle), 1e-9);
    EXPECT_NEAR(std::cos(wrapped), std::cos(angle), 1e-9);
  }
}

TEST(WrapAngle, HalfATurnIsPositive) {
  EXPECT_EQ(wrap_angle_rad(kPi), kPi);
  EXPECT_EQ(wrap_angle_rad(-kPi), kPi);
  EXPECT_EQ(wrap_angle_rad(0.5), 0.5);
}

TEST(WrapAngle, NotANumberStaysVisible) {
  EXPECT_TRUE(std::isnan(wrap_angle_rad(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_TRUE(std::isnan(wrap_angle_rad(std::numeric_limits<double>::infinity())));
}

TEST(AngleDifference, IsTheShortestTurn) {
  EXPECT_NEAR(angle_difference_rad(-3.1, 3.1), 2 * kPi - 6.2, 1e-12);
  EXPECT_NEAR(angle_difference_rad(0.2, 0.5), -0.3, 1e-12);
}

TEST(Rotation, YawOfAYawQuaternionIsThatYaw) {
  for (double yaw = -3.14; yaw < 3.14; yaw += 0.01) EXPECT_NEAR(yaw_rad(quaternion_of_yaw(yaw)), yaw, 1e-12);
}

TEST(Rotation, YawIgnoresPitchAndRollThatFollowIt) {
  const Eigen::Quaterniond tilted = quaternion_of_yaw(0.7) * Eigen::AngleAxisd(0.4, Eigen::Vector3d::UnitY()) *
                                    Eigen::AngleAxisd(-0.3, Eigen::Vector3d::UnitX());
  EXPECT_NEAR(yaw_rad(tilted), 0.7, 1e-12);
}

}  // namespace
}  // namespace hangil::math
