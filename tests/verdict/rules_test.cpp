// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "verdict/judge.hpp"
#include "verdict/made_trace.hpp"
#include "verdict/ncap.hpp"
#include "verdict/nuplan.hpp"
#include "verdict/r157.hpp"

namespace hangil::verdict {
namespace {

using tests::MadeTrace;

ScenarioResult judged(const ScenarioTrace& trace, const std::string& rules) {
  return judge("made", 0, trace, {.rules = rules});
}

TEST(Ncap, BandsAreThoseOfTheTable) {
  EXPECT_EQ(impact_band(20, 0), NcapBand::kGreen);
  EXPECT_EQ(impact_band(20, 1), NcapBand::kRed);
  EXPECT_EQ(impact_band(30, 10), NcapBand::kBrown);
  EXPECT_EQ(impact_band(30, 10.1), NcapBand::kRed);
  EXPECT_EQ(impact_band(40, 10), NcapBand::kOrange);
  EXPECT_EQ(impact_band(40, 15), NcapBand::kBrown);
  EXPECT_EQ(impact_band(50, 5), NcapBand::kYellow);
  EXPECT_EQ(impact_band(80, 20), NcapBand::kOrange);
  EXPECT_EQ(impact_band(80, 25), NcapBand::kBrown);
  EXPECT_EQ(impact_band(80, 31), NcapBand::kRed);
  EXPECT_EQ(band_share(NcapBand::kOrange), 0.5);
  EXPECT_EQ(ncap_points("CCRm"), 2.4);
  EXPECT_TRUE(std::isnan(ncap_points("none")));
}

TEST(Ncap, AFasterImpactIsNeverABetterBand) {
  for (double test = 10; test <= 80; test += 10) {
    for (double impact = 0; impact < test; impact += 0.5) {
      EXPECT_LE(static_cast<int>(impact_band(test, impact)), static_cast<int>(impact_band(test, impact + 0.5)));
    }
  }
}

TEST(Ncap, AConstantEgoHitsAStandingCarInRed) {
  MadeTrace made(6, 50 / 3.6);
  made.add("target", 60, 0, 0);
  const ScenarioResult result = judged(made.trace, "ncap2026");
  EXPECT_EQ(result.verdict, "FAIL");
  EXPECT_EQ(result.scores.front().value, 0);
  EXPECT_NE(result.reason.find("red: impact with 50.00 km/h at a test speed of 50.00 km/h"), std::string::npos)
      << result.reason;
}

// The other comes at 50 km/h; what counts is how slow ego itself is by then.
TEST(Ncap, HeadOnCountsTheReductionOfEgosOwnSpeed) {
  for (const double reduced_kmh : {0.0, 15.0, 25.0}) {
    MadeTrace made(6, 60 / 3.6);
    std::vector<EntityStep>& steps = made.trace.entities.front().steps;
    double x_m = 0;
    for (std::size_t i = 1; i < steps.size(); ++i) {
      steps[i].speed_mps = (60 - reduced_kmh) / 3.6;
      steps[i].pose.x_m = x_m += 0.1 * steps[i].speed_mps;
    }
    for (EntityStep& step : made.add("target", 100, 0, -50 / 3.6).steps) {
      step.speed_mps = 50 / 3.6, step.pose.yaw_rad = 3.14159;
    }
    const ScenarioResult result = judged(made.trace, "ncap2026");
    ASSERT_EQ(result.kpis.collision_count, 1);
    EXPECT_EQ(result.verdict, reduced_kmh > 10 ? "PASS" : "FAIL") << result.reason;
    EXPECT_EQ(result.scores.front().value, reduced_kmh > 20 ? 1 : reduced_kmh > 10 ? 0.5 : 0) << reduced_kmh;
    EXPECT_EQ(ncap_share("CCFhos", result), result.scores.front().value);
  }
}

TEST(R157, CutInsAreToBeAvoidedAboveTheTimeOfTheParagraph) {
  EXPECT_FALSE(must_avoid_cut_in(kR157CutIn, 1.18, 10));  // 10 / 12 + 0.35 = 1.183
  EXPECT_TRUE(must_avoid_cut_in(kR157CutIn, 1.19, 10));
  EXPECT_TRUE(must_avoid_cut_in(kEu1426CutIn, 1.09, 10));
}

// 40 m ahead, closing 5 m/s: any careful driver brakes; a constant ego runs into it.
TEST(R157, HittingWhatTheCarefulHumanAvoidsIsAFailure) {
  MadeTrace made(12, 15);
  made.cut_in(made.add("other", 44, 3.5, 10), 1, 1);
  const ScenarioResult result = judged(made.trace, "r157");
  ASSERT_EQ(result.kpis.collision_count, 1);
  EXPECT_EQ(result.verdict, "FAIL");
  EXPECT_NE(result.reason.find("which the careful human avoids"), std::string::npos) << result.reason;
  for (const ReferenceRun& run : result.references) EXPECT_FALSE(run.has_collided) << run.driver;
}

// Cuts in 3 m ahead with 12 m/s closing: nobody can avoid it, and the paragraph does not ask for it.
TEST(R157, ACutInThatNobodyAvoidsIsNoFailure) {
  MadeTrace made(5, 20);
  made.cut_in(made.add("other", 22, 2.6, 8), 0.9, 3);
  const ScenarioResult result = judged(made.trace, "r157");
  ASSERT_EQ(result.kpis.collision_count, 1);
  for (const ReferenceRun& run : result.references) EXPECT_TRUE(run.has_collided) << run.driver;
  EXPECT_EQ(result.verdict, "PASS") << result.reason;
}

TEST(R157, IntrusionsAreOfThoseThatWereBeside) {
  MadeTrace made(6, 15);
  made.add("lead", 80, 0, 15);
  made.cut_in(made.add("other", 44, 3.5, 10), 1, 1);
  const auto found = intrusions(made.trace);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, "other");
  EXPECT_NEAR(found[0].time_s, 2.5, 0.25);  // 1.5 m at 1 m/s
  EXPECT_NEAR(found[0].closing_mps, 5, 0.1);
}

TEST(R157, CrossingTheMarkingFails) {
  MadeTrace made(2, 15);
  auto& ego = made.trace.entities.front();
  ego.lanes.assign(ego.steps.size(), {.tyre_to_marking_m = -0.05});
  EXPECT_EQ(judged(made.trace, "r157").reason, "lane_keeping: -0.05 m to the marking, at least 0.00 (UN R157 5.2.1)");
}

TEST(R157, ADeceleratingLeaderIsPreventable) {
  MadeTrace made(10, 20);
  auto& lead = made.add("lead", 44, 0, 20);
  for (std::size_t i = 10; i < lead.steps.size(); ++i) {
    const double speed = std::max(0.0, 20 - 0.5 * static_cast<double>(i - 9));
    lead.steps[i] = {{lead.steps[i - 1].pose.x_m + 0.1 * speed, 0, 0}, speed, speed > 0 ? -5.0 : 0.0};
  }
  const ScenarioResult result = judged(made.trace, "eu2022-1426");
  ASSERT_EQ(result.kpis.collision_count, 1);
  EXPECT_EQ(result.verdict, "FAIL");
  EXPECT_TRUE(is_preventable(result.references));
}

// The leader uncovers a standing car late: the careful human sees it when the leader is 0.375 m off centre.
TEST(R157, ACutOutThatLeavesTooLittleIsNotPreventable) {
  for (const bool is_late : {false, true}) {
    MadeTrace made(10, 20);
    auto& lead = made.add("lead", 34, 0, 20);
    made.add("standing", is_late ? 60 : 130, 0, 0);
    for (std::size_t i = 0; i < lead.steps.size(); ++i)
      lead.steps[i].pose.y_m = std::min(3.5, 0.15 * static_cast<double>(i));
    const ScenarioResult result = judged(made.trace, "r157");
    EXPECT_EQ(is_preventable(result.references), !is_late);
    EXPECT_EQ(result.verdict, is_late ? "PASS" : "FAIL") << result.reason;
  }
}

TEST(NuPlan, AFreeDriveScoresOneAndACollisionNothing) {
  EXPECT_NEAR(judged(MadeTrace(10, 15).trace, "nuplan").scores.front().value, 1, 1e-9);
  MadeTrace made(10, 15);
  made.add("lead", 40, 0, 0);
  EXPECT_EQ(judged(made.trace, "nuplan").scores.front().value, 0);
  EXPECT_EQ(judged(made.trace, "nuplan").verdict, "FAIL");
}

TEST(NuPlan, HardBrakingCostsComfortOnly) {
  MadeTrace made(10, 15);
  made.trace.entities.front().steps[50].acceleration_mps2 = -5;
  EXPECT_NEAR(judged(made.trace, "nuplan").scores.front().value, 10.0 / 12, 1e-9);
}

TEST(Expectations, AreReadStrictlyWithFileAndLine) {
  const auto good = parse_expectations("rules: r157\nstimulus: cut_in\nmin_ttc_s: 1.5\n", "cut_in.yaml");
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good->rules, "r157");
  EXPECT_EQ(good->min_ttc_s, 1.5);
  const auto bad = parse_expectations("min_tcc_s: 1\nmin_distance_m: -3\nrules: r158\n", "cut_in.yaml");
  ASSERT_FALSE(bad.ok());
  for (const char* part : {"cut_in.yaml:1", "min_tcc_s", "cut_in.yaml:2", "cut_in.yaml:3", "r157"}) {
    EXPECT_NE(bad.error().message.find(part), std::string::npos) << part << " in\n" << bad.error().message;
  }
}

TEST(Judge, EachVerdictHasItsReason) {
  MadeTrace made(10, 15);
  EXPECT_EQ(judge("a", 1, made.trace, {}).verdict, "PASS");
  const ScenarioResult never = judge("a", 1, made.trace, {.stimulus = "cut_in"});
  EXPECT_EQ(never.verdict, "INCONCLUSIVE");
  EXPECT_EQ(never.reason, "'cut_in' never happened");
  made.trace.events = {{3, "cut_in"}};
  EXPECT_EQ(judge("a", 1, made.trace, {.stimulus = "cut_in"}).verdict, "PASS");
  EXPECT_EQ(judge("a", 1, made.trace, {.goal = true}).reason, "goal: not reached (expectations of the scenario)");
  made.trace.deadline_miss_count = 3;
  EXPECT_EQ(judge("a", 1, made.trace, {.max_deadline_misses = 2}).verdict, "FAIL");
  made.trace.has_timed_out = true;
  EXPECT_EQ(judge("a", 1, made.trace, {}).verdict, "INCONCLUSIVE");
  const ScenarioResult error = judge("a", 1, {}, {});
  EXPECT_EQ(error.verdict, "ERROR");
  EXPECT_EQ(error.reason, "the trace has no steps");
}

TEST(Judge, LimitsOfTheScenarioAreHeld) {
  MadeTrace made(2, 20);
  made.add("lead", 64, 0, 15);
  EXPECT_EQ(judge("a", 0, made.trace, {.min_ttc_s = 9.9, .min_distance_m = 49, .min_headway_s = 2.4}).verdict, "PASS");
  EXPECT_EQ(judge("a", 0, made.trace, {.min_ttc_s = 10.1}).verdict, "FAIL");
  EXPECT_EQ(judge("a", 0, made.trace, {.min_distance_m = 51}).verdict, "FAIL");
  EXPECT_EQ(judge("a", 0, made.trace, {.min_headway_s = 2.6}).verdict, "FAIL");
  EXPECT_EQ(judge("a", 0, made.trace, {.min_progress_m = 41}).verdict, "FAIL");
  EXPECT_EQ(judge("a", 0, made.trace, {.lane_keeping = true}).verdict, "FAIL");  // nothing known of its lane
}

}  // namespace
}  // namespace hangil::verdict
