// SPDX-License-Identifier: Apache-2.0
#include "verdict/kpis.hpp"

#include <random>

#include <gtest/gtest.h>

#include "verdict/made_trace.hpp"

namespace hangil::verdict {
namespace {

using tests::MadeTrace;

TEST(FollowingDistance, IsTheTableOfTheRegulation) {
  EXPECT_NEAR(following_distance_m(7.2 / 3.6), 2.0, 0.05);
  EXPECT_NEAR(following_distance_m(10 / 3.6), 3.1, 0.05);
  EXPECT_NEAR(following_distance_m(20 / 3.6), 6.7, 0.05);
  EXPECT_NEAR(following_distance_m(30 / 3.6), 10.8, 0.05);
  EXPECT_NEAR(following_distance_m(40 / 3.6), 15.6, 0.05);
  EXPECT_NEAR(following_distance_m(50 / 3.6), 20.8, 0.05);
  EXPECT_NEAR(following_distance_m(60 / 3.6), 26.7, 0.05);
  EXPECT_EQ(following_distance_m(0), 2);
  for (double v = 0; v < 40; v += 0.1) EXPECT_GE(following_distance_m(v + 0.1), following_distance_m(v));
}

TEST(Kpis, AloneOnTheRoadThereIsNothingToMeasureButTheWay) {
  const Kpis kpis = measure(MadeTrace(10, 20).trace);
  EXPECT_EQ(kpis.collision_count, 0);
  EXPECT_TRUE(std::isnan(kpis.min_ttc_s) && std::isnan(kpis.min_distance_m) && std::isnan(kpis.min_headway_s));
  EXPECT_NEAR(kpis.progress_m, 200, 1e-9);
  EXPECT_EQ(kpis.max_jerk_mps3, 0);
}

// Bumper to bumper 46 m, closing with 10 m/s: contact between 4.6 and 4.7 s.
TEST(Kpis, ARearEndCollisionHasItsTimeSpeedAndPartner) {
  MadeTrace made(8, 20);
  made.add("lead", 50, 0.5, 10);
  const Kpis kpis = measure(made.trace);
  EXPECT_EQ(kpis.collision_count, 1);
  EXPECT_NEAR(kpis.collision_s, 4.7, 0.11);
  EXPECT_NEAR(kpis.impact_speed_mps, 10, 1e-9);
  EXPECT_EQ(kpis.collided_with, "lead");
  EXPECT_LT(kpis.min_ttc_s, 0.11);
  EXPECT_NEAR(kpis.progress_m, 20 * 4.6, 2.1);  // what follows the collision does not count
}

TEST(Kpis, AReportedAndASeenCollisionOfOnePairCountOnce) {
  MadeTrace made(8, 20);
  made.add("lead", 50, 0, 10);
  made.trace.collisions = {{4.55, "lead", "ego"}, {5.0, "ego", "lead"}};
  const Kpis kpis = measure(made.trace);
  EXPECT_EQ(kpis.collision_count, 1);
  EXPECT_EQ(kpis.collision_s, 4.55);  // the earlier
}

TEST(Kpis, TimeToCollisionDistanceAndHeadwayAreThoseOfTheWorstStep) {
  MadeTrace made(2, 20);
  made.add("lead", 64, 0, 15);  // 60 m ahead, 50 m at the end
  const Kpis kpis = measure(made.trace);
  EXPECT_NEAR(kpis.min_distance_m, 50, 1e-9);
  EXPECT_NEAR(kpis.min_ttc_s, 10, 1e-9);
  EXPECT_NEAR(kpis.min_headway_s, 2.5, 1e-9);
  EXPECT_EQ(kpis.final_shortfall_m, 0);
}

TEST(Kpis, WhoDrivesBesideGivesADistanceButNoHeadway) {
  MadeTrace made(2, 20);
  made.add("beside", 0, 3.5, 20);
  const Kpis kpis = measure(made.trace);
  EXPECT_NEAR(kpis.min_distance_m, 1.5, 1e-9);
  EXPECT_TRUE(std::isnan(kpis.min_headway_s) && std::isnan(kpis.min_ttc_s));
}

TEST(Kpis, ComfortIsOfRampsAndTurns) {
  MadeTrace made(4, 10);
  auto& steps = made.trace.entities.front().steps;
  for (std::size_t i = 20; i < steps.size(); ++i) steps[i].acceleration_mps2 = -0.3 * static_cast<double>(i - 20);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].pose.yaw_rad = 0.02 * static_cast<double>(i);
  const Kpis kpis = measure(made.trace);
  EXPECT_NEAR(kpis.max_deceleration_mps2, 6, 1e-9);
  EXPECT_NEAR(kpis.max_longitudinal_jerk_mps3, 3, 1e-9);
  EXPECT_NEAR(kpis.max_yaw_rate_radps, 0.2, 1e-9);
  EXPECT_NEAR(kpis.max_lateral_mps2, 2, 1e-9);
  EXPECT_NEAR(kpis.max_yaw_acceleration_radps2, 0, 1e-9);
}

TEST(Kpis, LaneFactsGiveLaneKeepingAndSpeedLimit) {
  MadeTrace made(1, 15);
  auto& ego = made.trace.entities.front();
  ego.lanes.assign(ego.steps.size(), {.tyre_to_marking_m = 0.6, .speed_limit_mps = 13.9});
  ego.lanes[4].tyre_to_marking_m = -0.1;
  ego.lanes[5].tyre_to_marking_m = kUnknown;
  const Kpis kpis = measure(made.trace);
  EXPECT_EQ(kpis.min_tyre_to_marking_m, -0.1);
  EXPECT_NEAR(kpis.max_over_limit_mps, 1.1, 1e-9);
}

// Turning and moving the whole world changes no figure.
TEST(Kpis, DoNotDependOnWhereTheMapHasItsOrigin) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int round = 0; round < 20; ++round) {
    MadeTrace made(3, 15 + 5 * uniform(random));
    made.add("a", 30 + 10 * uniform(random), 3 * uniform(random), 10 + 5 * uniform(random));
    made.add("b", -20, 4 + uniform(random), 20);
    const Kpis before = measure(made.trace);
    const math::Pose2 moved{500 * uniform(random), 500 * uniform(random), 3 * uniform(random)};
    for (TracedEntity& entity : made.trace.entities) {
      for (EntityStep& step : entity.steps) step.pose = moved * step.pose;
    }
    const Kpis after = measure(made.trace);
    EXPECT_EQ(after.collision_count, before.collision_count);
    EXPECT_NEAR(after.min_distance_m, before.min_distance_m, 1e-6);
    EXPECT_NEAR(after.progress_m, before.progress_m, 1e-6);
    EXPECT_EQ(std::isnan(after.min_ttc_s), std::isnan(before.min_ttc_s));
    if (!std::isnan(before.min_ttc_s)) {
      EXPECT_NEAR(after.min_ttc_s, before.min_ttc_s, 1e-5);
    }
  }
}

TEST(Trace, WhatIsWrongIsSaidWithItsPlace) {
  MadeTrace made(1, 10);
  EXPECT_TRUE(check(made.trace).ok());
  made.add("van", 10, 0, 5).steps[3].speed_mps = kUnknown;
  EXPECT_EQ(check(made.trace).error().message, "entity 'van', step 3: a number is not finite");
  made.trace.entities.back().steps.pop_back();
  EXPECT_EQ(check(made.trace).error().message, "entity 'van' has 10 steps of 11");
  made.trace.entities.pop_back();
  made.trace.times_s[5] = 0;
  EXPECT_EQ(check(made.trace).error().message, "time 5 of the trace is not later than the one before");
  made.trace.entities.clear();
  made.trace.times_s = {0};
  EXPECT_EQ(check(made.trace).error().message, "the trace has 0 egos; one is needed");
  EXPECT_FALSE(check(ScenarioTrace{}).ok());
}

}  // namespace
}  // namespace hangil::verdict
