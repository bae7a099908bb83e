// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <random>

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include "fusion/class_vote.hpp"
#include "fusion/existence.hpp"
#include "fusion/extent.hpp"
#include "fusion/heading.hpp"
#include "fusion/motion_model.hpp"
#include "fusion/planar_motion.hpp"
#include "math/angles.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;

const Eigen::Matrix2d kExact = Eigen::Matrix2d::Identity() * 1e-4;

TEST(PlanarMotion, LearnsAConstantVelocity) {
  PlanarMotion motion = planar_motion_at({0, 0}, kExact, 10);
  for (int i = 1; i <= 20; ++i) {
    predict(motion, 0.1, 0, 0, 1, 1, 0);
    update_position(motion, {1.2 * i, -0.5 * i}, kExact);
  }
  EXPECT_NEAR(motion.mean(2), 12, 0.01);
  EXPECT_NEAR(motion.mean(3), -5, 0.01);
}

TEST(PlanarMotion, TurnsExactlyOnACircle) {
  const double speed = 8, turn = 0.4, radius = speed / turn;
  PlanarMotion motion = planar_motion_at({0, 0}, kExact, 1);
  motion.mean.tail<2>() << speed, 0;
  for (int i = 0; i < 30; ++i) predict(motion, 0.1, turn, 0, 0, 0, 0);
  EXPECT_NEAR(motion.mean(0), radius * std::sin(turn * 3), 1e-9);
  EXPECT_NEAR(motion.mean(1), radius * (1 - std::cos(turn * 3)), 1e-9);
  EXPECT_NEAR(motion.speed_mps(), speed, 1e-9);
}

TEST(PlanarMotion, SmallTurnsAreNearlyStraight) {
  PlanarMotion turning = planar_motion_at({0, 0}, kExact, 1), straight = turning;
  turning.mean.tail<2>() << 20, 0, straight.mean.tail<2>() << 20, 0;
  predict(turning, 0.1, 1.001e-3, 0, 1, 1, 0);  // just beyond where the formula changes
  predict(straight, 0.1, 0, 0, 1, 1, 0);
  EXPECT_LT((turning.mean - straight.mean).norm(), 3e-3);
  EXPECT_LT((turning.covariance - straight.covariance).norm(), 1e-3);
}

TEST(PlanarMotion, CovarianceStaysSymmetricAndPositive) {
  std::mt19937 random(3);
  std::normal_distribution<double> noise(0, 1);
  PlanarMotion motion = planar_motion_at({0, 0}, kExact, 10);
  for (int i = 0; i < 2000; ++i) {
    predict(motion, 0.05 + 0.05 * std::abs(noise(random)), 0.3 * noise(random), noise(random), 3, 1, 0.1);
    if (i % 3 != 0)
      update_position(motion, motion.mean.head<2>() + Eigen::Vector2d(noise(random), noise(random)), kExact);
    update_no_side_slip(motion, noise(random), 0.5);
    ASSERT_LT((motion.covariance - motion.covariance.transpose()).cwiseAbs().maxCoeff(), 1e-9);
    ASSERT_GT(motion.covariance.selfadjointView<Eigen::Lower>().eigenvalues().minCoeff(), 0);
  }
}

TEST(PlanarMotion, NoSideSlipTurnsVelocityAlongTheHeading) {
  PlanarMotion motion = planar_motion_at({0, 0}, kExact, 5);
  motion.mean.tail<2>() << 10, 3;
  for (int i = 0; i < 50; ++i) update_no_side_slip(motion, 0, 0.1);
  EXPECT_NEAR(motion.mean(3), 0, 0.01);
  EXPECT_NEAR(motion.mean(2), 10, 1e-9);
}

TEST(PlanarMotion, SquaredDistanceIsInSigmas) {
  const PlanarMotion motion = planar_motion_at({1, 2}, Eigen::Matrix2d::Identity() * 0.03, 5);
  EXPECT_NEAR(squared_distance(motion, {1.4, 2.3}, Eigen::Matrix2d::Identity() * 0.01), 0.25 / 0.04, 1e-9);
}

TEST(Heading, LearnsATurnRateAcrossTheWrap) {
  Heading heading = heading_at(3.0, 0.05, 0.3);
  for (int i = 1; i <= 60; ++i) {
    predict(heading, 0.1, 0.5);
    update_axis(heading, math::wrap_angle_rad(3.0 + 0.03 * i), 0.05, 1);
  }
  EXPECT_NEAR(heading.turn_radps, 0.3, 0.03);
  EXPECT_NEAR(math::angle_difference_rad(heading.yaw_rad, 3.0 + 0.03 * 60), 0, 0.02);
}

TEST(Heading, AWrongEndIsOutvoted) {
  Heading heading = heading_at(0.1, 0.1, 0.3);
  heading.front_log_odds = 1;
  for (int i = 0; i < 10; ++i) update_axis(heading, 0.1, 0.1, 1);
  update_axis(heading, 0.1 + std::numbers::pi, 0.1, 1);  // one box the wrong way round
  EXPECT_NEAR(heading.yaw_rad, 0.1, 0.02);
  for (int i = 0; i < 10; ++i) update_axis(heading, 0.1 + std::numbers::pi, 0.1, 1);
  EXPECT_NEAR(std::abs(math::angle_difference_rad(heading.yaw_rad, 0.1 + std::numbers::pi)), 0, 0.02);
  EXPECT_GE(heading.front_log_odds, 0);
}

TEST(Existence, SeenRisesMissedFallsTimeFades) {
  Existence existence;
  see(existence, 2);
  EXPECT_NEAR(existence.log_odds, 2, 1e-12);
  Existence missed = existence, faded = existence;
  miss(missed, 0.8);
  EXPECT_LT(missed.log_odds, existence.log_odds - 1);
  predict(faded, 1);
  EXPECT_LT(faded.log_odds, existence.log_odds);
  EXPECT_GT(faded.log_odds, missed.log_odds);
}

TEST(Existence, OneMissMeansLessOfWhatFlickers) {
  Existence steady, flickering;
  for (int i = 0; i < 20; ++i) {
    see(steady, 0.1);
    if (i % 2 == 0) {
      see(flickering, 0.1);
    } else {
      miss(flickering, 0.8);
    }
  }
  const double steady_before = steady.log_odds, flickering_before = flickering.log_odds;
  miss(steady, 0.8), miss(flickering, 0.8);
  EXPECT_LT(steady.log_odds - steady_before, flickering.log_odds - flickering_before - 0.5);
}

TEST(Existence, StaysFiniteForEver) {
  Existence existence;
  for (int i = 0; i < 100000; ++i) predict(existence, 0.1), see(existence, 13);
  EXPECT_TRUE(std::isfinite(existence.log_odds));
  for (int i = 0; i < 100000; ++i) predict(existence, 0.1), miss(existence, 0.99);
  EXPECT_TRUE(std::isfinite(existence.log_odds) || existence.log_odds < 0);
  EXPECT_FALSE(std::isnan(existence.log_odds));
}

TEST(ClassVote, MajorityWinsAndAWrongStartIsOverturned) {
  ClassVote votes;
  EXPECT_EQ(votes.winner(), ObjectClass::kUnknown);
  vote(votes, ObjectClass::kUnknown);
  EXPECT_EQ(votes.winner(), ObjectClass::kUnknown);
  for (int i = 0; i < 50; ++i) vote(votes, ObjectClass::kCar);
  vote(votes, ObjectClass::kVan);
  EXPECT_EQ(votes.winner(), ObjectClass::kCar);
  for (int i = 0; i < 10; ++i) vote(votes, ObjectClass::kVan);
  EXPECT_EQ(votes.winner(), ObjectClass::kVan);
  vote(votes, static_cast<ObjectClass>(200));  // a value that is no class does not vote
  EXPECT_EQ(votes.winner(), ObjectClass::kVan);
}

TEST(ClassVote, BoxesWithoutClassWearItDownButVoteForNone) {
  ClassVote votes;
  for (int i = 0; i < 4; ++i) vote(votes, ObjectClass::kCyclist);
  for (int i = 0; i < 3; ++i) vote(votes, ObjectClass::kUnknown);
  EXPECT_EQ(votes.winner(), ObjectClass::kCyclist);
  for (int i = 0; i < 100; ++i) vote(votes, ObjectClass::kUnknown);
  EXPECT_EQ(votes.winner(), ObjectClass::kUnknown);
  vote(votes, ObjectClass::kCyclist);  // and is not held against it for long
  EXPECT_EQ(votes.winner(), ObjectClass::kCyclist);
}

TEST(Extent, GrowsFastAndForgetsSlowly) {
  Extent extent{1.8, 1.7, 1.4};
  for (int i = 0; i < 10; ++i) grow(extent, {4.4, 1.7, 1.4});
  EXPECT_GT(extent.length_m, 4.2);
  for (int i = 0; i < 10; ++i) grow(extent, {1.8, 1.7, 1.4});
  EXPECT_GT(extent.length_m, 3.7);
}

TEST(Extent, AveragesWholeViews) {
  Extent extent{4.0, 1.8, 1.5};
  for (int i = 2; i <= 40; ++i) average(extent, {i % 2 == 0 ? 4.2 : 4.0, 1.8, 1.5}, i);
  EXPECT_NEAR(extent.length_m, 4.1, 0.02);
}

TEST(CentreBehind, KeepsTheNearSides) {
  const Extent seen{1.0, 1.8, 1.5}, whole{4.0, 1.8, 1.5};
  // From behind the rear, 1 m of a 4 m car: its rear stays at x = 9.5, so the centre is at 11.5.
  EXPECT_LT((centre_behind({10, 0}, seen, whole, 0, {0, 0}) - Eigen::Vector2d(11.5, 0)).norm(), 1e-9);
  EXPECT_LT((centre_behind({10, 0}, seen, whole, std::numbers::pi, {0, 0}) - Eigen::Vector2d(11.5, 0)).norm(), 1e-9);
  // From abeam nothing says which end is missing.
  EXPECT_LT((centre_behind({0, 10}, seen, whole, 0, {0, 0}) - Eigen::Vector2d(0, 10)).norm(), 1e-9);
  EXPECT_EQ(centre_behind({10, 3}, whole, whole, 0.3, {0, 0}), Eigen::Vector2d(10, 3));
}

TEST(ClassDistance, IsSymmetricAndPartsCarsFromPedestrians) {
  for (int a = 0; a < messages::kObjectClassCount; ++a) {
    for (int b = 0; b < messages::kObjectClassCount; ++b) {
      const auto first = static_cast<ObjectClass>(a), second = static_cast<ObjectClass>(b);
      EXPECT_EQ(class_distance(first, second), class_distance(second, first));
      EXPECT_EQ(class_distance(first, second) == 0, a == b || (a % 9 == 0 && b % 9 == 0)) << a << " " << b;
    }
  }
  EXPECT_GT(class_distance(ObjectClass::kCar, ObjectClass::kPedestrian), 400);
}

}  // namespace
}  // namespace hangil::fusion
