// SPDX-License-Identifier: Apache-2.0
#include "math/pose_buffer.hpp"

#include <limits>
#include <numbers>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

constexpr base::Duration kStep = base::Duration{10'000'000};

// On a circle of radius v / w through the origin, driven counter-clockwise from heading 0.
PoseSample on_circle(double time_s, double speed_mps = 10, double turn_radps = 0.5) {
  const double yaw = turn_radps * time_s, radius_m = speed_mps / turn_radps;
  PoseSample sample;
  sample.stamp = base::Time{} + base::Duration::seconds(time_s);
  sample.x_m = radius_m * std::sin(yaw), sample.y_m = radius_m * (1 - std::cos(yaw));
  sample.qz = std::sin(yaw / 2), sample.qw = std::cos(yaw / 2);
  sample.vx_mps = speed_mps, sample.wz_radps = turn_radps;
  return sample;
}

void expect_near(const PoseSample& found, const PoseSample& expected, double tolerance_m) {
  EXPECT_EQ(found.stamp, expected.stamp);
  EXPECT_NEAR(found.x_m, expected.x_m, tolerance_m);
  EXPECT_NEAR(found.y_m, expected.y_m, tolerance_m);
  EXPECT_NEAR(angle_difference_rad(planar(found).yaw_rad, planar(expected).yaw_rad), 0, 1e-9);
}

PoseBuffer filled(double until_s) {
  PoseBuffer buffer;
  for (int i = 0; kStep.to_s() * i <= until_s + 1e-9; ++i) EXPECT_TRUE(buffer.add(on_circle(i * kStep.to_s())).ok());
  return buffer;
}

TEST(MovedOn, FollowsTheCircleExactlyBothWays) {
  for (const double lead_s : {-1.0, -0.01, 0.0, 1e-7, 0.2, 3.0}) {
    expect_near(moved_on(on_circle(5), base::Duration::seconds(lead_s)), on_circle(5 + lead_s), 1e-9);
  }
}

TEST(PoseBuffer, InterpolatesBetweenNeighbours) {
  const PoseBuffer buffer = filled(1);
  for (const double time_s : {0.0, 0.003, 0.5, 0.505, 0.9999, 1.0}) {
    const auto pose = buffer.at(base::Time{} + base::Duration::seconds(time_s));
    ASSERT_TRUE(pose.ok()) << pose.error().message;
    expect_near(*pose, on_circle(time_s), 1e-3 / 8);  // a chord of 0.1 m on a radius of 20 m
  }
}

TEST(PoseBuffer, InterpolatesYawAcrossPi) {
  PoseBuffer buffer;
  const double turn = 0.5, start_s = (std::numbers::pi - 0.0025) / turn;
  ASSERT_TRUE(buffer.add(on_circle(start_s)).ok());
  ASSERT_TRUE(buffer.add(on_circle(start_s + 0.01)).ok());
  const auto pose = buffer.at(buffer.oldest().stamp + base::Duration{5'000'000});
  ASSERT_TRUE(pose.ok());
  EXPECT_NEAR(std::abs(planar(*pose).yaw_rad), std::numbers::pi, 1e-6);
}

TEST(PoseBuffer, ExtrapolatesAtMostTheGivenTime) {
  const PoseBuffer buffer = filled(1);
  const auto inside = buffer.at(base::Time{} + base::Duration::seconds(1.2));
  ASSERT_TRUE(inside.ok());
  expect_near(*inside, on_circle(1.2), 1e-9);
  EXPECT_TRUE(buffer.at(base::Time{} - base::Duration::seconds(0.2)).ok());
  EXPECT_FALSE(buffer.at(base::Time{} + base::Duration::seconds(1.201)).ok());
  EXPECT_FALSE(buffer.at(base::Time{} - base::Duration::seconds(0.201)).ok());
}

TEST(PoseBuffer, RefusesWithoutSamplesAndInALongGap) {
  PoseBuffer buffer;
  EXPECT_FALSE(buffer.at({}).ok());
  ASSERT_TRUE(buffer.add(on_circle(0)).ok());
  ASSERT_TRUE(buffer.add(on_circle(0.6)).ok());
  EXPECT_FALSE(buffer.at(base::Time{} + base::Duration::seconds(0.3)).ok());
  EXPECT_TRUE(buffer.at(base::Time{} + base::Duration::seconds(0.6)).ok());
}

TEST(PoseBuffer, RefusesWhatIsNotAPose) {
  PoseBuffer buffer;
  PoseSample bad = on_circle(0);
  bad.y_m = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(buffer.add(bad).ok());
  bad = on_circle(0), bad.vx_mps = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(buffer.add(bad).ok());
  bad = on_circle(0), bad.qw = 0, bad.qz = 0;
  EXPECT_FALSE(buffer.add(bad).ok());
  EXPECT_TRUE(buffer.empty());
}

TEST(PoseBuffer, SameStampReplaces) {
  PoseBuffer buffer = filled(0.1);
  PoseSample corrected = on_circle(0.05);
  corrected.z_m = 3;
  ASSERT_TRUE(buffer.add(corrected).ok());
  EXPECT_EQ(buffer.size(), 11);
  EXPECT_EQ(buffer.at(corrected.stamp)->z_m, 3);
}

TEST(PoseBuffer, LateSamplesFindTheirPlace) {
  PoseBuffer in_order = filled(0.1), shuffled;
  for (const int i : {3, 1, 2, 10, 0, 4, 9, 5, 7, 6, 8}) {
    ASSERT_TRUE(shuffled.add(on_circle(i * kStep.to_s())).ok());
  }
  ASSERT_EQ(shuffled.size(), in_order.size());
  for (std::int64_t ns = 0; ns <= 100'000'000; ns += 3'333'333) {
    EXPECT_EQ(shuffled.at({ns})->x_m, in_order.at({ns})->x_m);
  }
}

TEST(PoseBuffer, ClockSetBackForgetsTheFuture) {
  PoseBuffer buffer = filled(1);
  ASSERT_TRUE(buffer.add(on_circle(0.2)).ok());
  EXPECT_EQ(buffer.size(), 1);
  EXPECT_FALSE(buffer.at(base::Time{} + base::Duration::seconds(1)).ok());
}

TEST(PoseBuffer, KeepsTheNewestSamplesWithinItsCapacity) {
  PoseBuffer buffer({.capacity = 4});
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(buffer.add(on_circle(i * kStep.to_s())).ok());
  EXPECT_EQ(buffer.size(), 4);
  EXPECT_EQ(buffer.oldest().stamp.ns, 50'000'000);
  ASSERT_TRUE(buffer.add(on_circle(0.01)).ok());  // older than everything kept
  EXPECT_EQ(buffer.oldest().stamp.ns, 50'000'000);
  ASSERT_TRUE(buffer.add(on_circle(0.065)).ok());  // late, but within
  EXPECT_EQ(buffer.size(), 4);
  EXPECT_EQ(buffer.oldest().stamp.ns, 60'000'000);
  EXPECT_EQ(buffer.at({65'000'000})->x_m, on_circle(0.065).x_m);
}

}  // namespace
}  // namespace hangil::math
