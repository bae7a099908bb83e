// SPDX-License-Identifier: Apache-2.0
#include "safety/contact_checks.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "safety/motions.hpp"

namespace hangil::safety {
namespace {

using tests::has;
using tests::motion;
using tests::one_object;

const ContactLimits kLimits;

TEST(ContactChecks, StandingCarAheadIsMet) {
  const Findings findings = check_contacts(motion(10), one_object({25, 0, 0, 0, 4, 1.8, 1.5}, 0, 0), 0, kLimits);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].check, "collision");
  EXPECT_NE(findings[0].reason.find("track 42"), std::string::npos);
  // The front bumper is 3.77 m ahead: 23 m away after (23 - 3.77) / 10 = 1.92 s, hence found at 2.0 s.
  EXPECT_NE(findings[0].reason.find("2.0"), std::string::npos) << findings[0].reason;
}

TEST(ContactChecks, WhatIsBesideOrLeavesInTimeIsNot) {
  EXPECT_TRUE(check_contacts(motion(10), one_object({25, 3, 0, 0, 4, 1.8, 1.5}, 0, 0), 0, kLimits).empty());
  EXPECT_TRUE(check_contacts(motion(10), one_object({10, 0, 0, 0, 4, 1.8, 1.5}, 12, 0), 0, kLimits).empty());
  EXPECT_TRUE(check_contacts(motion(10), one_object({30, 0, 0, 0, 0.6, 0.6, 1.8}, 0, 3), 0, kLimits).empty());
}

TEST(ContactChecks, OffsetMovesTheObjects) {
  const auto crossing = one_object({20, -6, 0, 1.57, 0.6, 0.6, 1.8}, 0, 3);
  EXPECT_TRUE(has(check_contacts(motion(10), crossing, 0, kLimits), "collision"));
  EXPECT_FALSE(has(check_contacts(motion(10), crossing, 1.5, kLimits), "collision"));
}

TEST(ContactChecks, ImprobableFuturesAndObjectsAreLeftOut) {
  const messages::Box3 ahead{25, 0, 0, 0, 4, 1.8, 1.5};
  EXPECT_TRUE(check_contacts(motion(10), one_object(ahead, 0, 0, 0.2F), 0, kLimits).empty());
  auto doubtful = one_object(ahead, 0, 0);
  doubtful.objects[0].existence_probability = 0.2F;
  EXPECT_TRUE(check_contacts(motion(10), doubtful, 0, kLimits).empty());
}

TEST(ContactChecks, StandingIsAllowedWhateverComes) {
  const auto towards = one_object({15, 0, 0, 3.14, 4, 1.8, 1.5}, -8, 0);
  EXPECT_TRUE(check_contacts(motion(0), towards, 0, kLimits).empty());
  EXPECT_FALSE(check_contacts(motion(3), towards, 0, kLimits).empty());
}

TEST(ContactChecks, FollowerIsLeftOutButNotOneBeside) {
  EXPECT_TRUE(check_contacts(motion(5), one_object({-8, 0, 0, 0, 4, 1.8, 1.5}, 15, 0), 0, kLimits).empty());
  EXPECT_FALSE(check_contacts(motion(5), one_object({-8, 2.5, 0, 0, 4, 1.8, 1.5}, 15, -1), 0, kLimits).empty());
}

// Against every point, box by box, without any short cut.
TEST(ContactChecks, AgreesWithBruteForce) {
  std::mt19937 random(2);
  const auto between = [&random](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  int contacts = 0;
  for (int i = 0; i < 500; ++i) {
    const auto points = motion(between(2, 15), between(-0.05, 0.05), between(-2, 2));
    const auto predictions =
        one_object({between(8, 50), between(-12, 12), 0, between(-3, 3), 4, 1.8, 1.5}, between(-6, 6), between(-6, 6));
    const auto& object = predictions.objects[0];
    bool meets = false;
    for (const auto& point : points) {
      if (std::hypot(point.x_m, point.y_m) < 0.5) continue;
      const double t = point.time_s, vx = (object.futures[0].states[0].x_m - object.box.x_m) / 0.2,
                   vy = (object.futures[0].states[0].y_m - object.box.y_m) / 0.2;
      const math::Box2 box{{object.box.x_m + vx * t, object.box.y_m + vy * t, object.box.yaw_rad}, 4, 1.8};
      const math::Box2 vehicle = kLimits.vehicle.at({point.x_m, point.y_m, point.yaw_rad});
      meets = meets || math::distance_m(box, vehicle) < kLimits.hard_margin_m;
    }
    contacts += meets ? 1 : 0;
    EXPECT_EQ(has(check_contacts(points, predictions, 0, kLimits), "collision"), meets) << "round " << i;
  }
  EXPECT_GT(contacts, 50);
  EXPECT_LT(contacts, 450);
}

TEST(ContactChecks, PredictionsThatAreNotFiniteAreAFinding) {
  auto predictions = one_object({25, 8, 0, 0, 4, 1.8, 1.5}, 0, 0);
  predictions.objects[0].futures[0].states[3].y_m = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(has(check_contacts(motion(10), predictions, 0, kLimits), "predictions"));
  predictions.step = {};
  EXPECT_TRUE(has(check_contacts(motion(10), predictions, 0, kLimits), "predictions"));
}

TEST(ContactChecks, ObjectWithinTheMarginNowMayBePassed) {
  // 5 cm beside the vehicle: moving on straight does not touch it.
  const messages::Box3 close{3, 0.91 + 0.05 + 0.9, 0, 0, 4, 1.8, 1.5};
  EXPECT_TRUE(check_contacts(motion(3), one_object(close, 0, 0), 0, kLimits).empty());
  EXPECT_FALSE(check_contacts(motion(3, 0.03), one_object(close, 0, 0), 0, kLimits).empty());
}

}  // namespace
}  // namespace hangil::safety
