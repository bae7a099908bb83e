// SPDX-License-Identifier: Apache-2.0
#include "drivers/driver.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace hangil::drivers {
namespace {

constexpr double kStep_s = 0.1;

std::vector<Decision> drive(Driver driver, const Scene& scene, int step_count) {
  std::vector<Decision> decisions;
  for (int i = 0; i < step_count; ++i) decisions.push_back(step(driver, scene, kStep_s));
  return decisions;
}

int first_braking(const std::vector<Decision>& decisions) {
  const auto found = std::find_if(decisions.begin(), decisions.end(),
                                  [](const Decision& one) { return one.phase == Phase::kBraking; });
  return static_cast<int>(found - decisions.begin());
}

TEST(Driver, EveryNameMakesOneAndAnUnknownNameListsThem) {
  for (const std::string& name : driver_names()) EXPECT_TRUE(make_driver(name).ok()) << name;
  const auto none = make_driver("robot");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().message, "no driver 'robot'; there are constant, idm, careful, careful-jrc, reg157, rss, fsm");
}

TEST(Driver, NobodyButTheIdmActsOnAFreeRoad) {
  for (const std::string& name : driver_names()) {
    if (name == "idm") continue;
    for (const Decision& one : drive(*make_driver(name), {.speed_mps = 20}, 30)) {
      EXPECT_EQ(one.acceleration_mps2, 0) << name;
      EXPECT_EQ(one.phase, Phase::kDriving) << name;
    }
  }
}

// A standing car 15 m ahead at 20 m/s is unsafe to every one of them at once: delays and ramps are theirs.
TEST(Driver, ReactsAfterItsDelayAndBrakesAsItsModelSays) {
  const Neighbour standing = {.gap_m = 15, .lateral_gap_m = -1};
  const Scene scene = {.speed_mps = 20, .neighbours = {&standing, 1}};
  struct Expected {
    const char* name;
    int delay_steps;
    double first_mps2, final_mps2;
  };
  for (const Expected& expected :
       {Expected{"careful", 12, 1.265, 7.59035}, Expected{"careful-jrc", 8, 1.665, 7.59035},
        Expected{"reg157", 4, 6, 6}, Expected{"rss", 8, 1.265, 7.59035}, Expected{"fsm", 8, 1.265, 6}}) {
    const auto decisions = drive(*make_driver(expected.name), scene, 40);
    const int first = first_braking(decisions);
    EXPECT_EQ(first, expected.delay_steps) << expected.name;
    EXPECT_NEAR(decisions[first].acceleration_mps2, -expected.first_mps2, 1e-9) << expected.name;
    EXPECT_NEAR(decisions.back().acceleration_mps2, -expected.final_mps2, 1e-4) << expected.name;
  }
}

TEST(Driver, WhatStandsBehindTheLeaderIsHiddenUntilTheLeaderLeavesItsCentre) {
  std::vector<Neighbour> others = {{.gap_m = 40, .lateral_gap_m = -1.9, .speed_mps = 20},
                                   {.gap_m = 45, .lateral_gap_m = -1.9}};
  const Scene scene = {.speed_mps = 20, .neighbours = others};
  others[0].lane_deviation_m = 0.37;
  EXPECT_FALSE(is_seen(scene, others[1]));
  EXPECT_EQ(first_braking(drive(*make_driver("rss"), scene, 20)), 20);
  others[0].lane_deviation_m = 0.38;
  EXPECT_TRUE(is_seen(scene, others[1]));
  EXPECT_EQ(first_braking(drive(*make_driver("rss"), scene, 20)), 8);
}

TEST(Driver, StepsOfACopyDoNotTouchTheOriginal) {
  const Neighbour standing = {.gap_m = 10, .lateral_gap_m = -1};
  const Scene scene = {.speed_mps = 20, .neighbours = {&standing, 1}};
  const Driver original = *make_driver("rss");
  EXPECT_EQ(first_braking(drive(original, scene, 20)), first_braking(drive(original, scene, 20)));
}

// The paper's equations: at the desired gap and equal speeds the free term is left alone.
TEST(Idm, KeepsItsEquilibriumGap) {
  const IdmConfig config;
  const double speed_mps = 20;
  const double free = 1 - std::pow(speed_mps / config.desired_speed_mps, config.exponent);
  const double gap_m = (config.standstill_gap_m + speed_mps * config.time_headway_s) / std::sqrt(free);
  EXPECT_NEAR(idm_acceleration_mps2(config, speed_mps, gap_m, speed_mps), 0, 1e-12);
}

TEST(Idm, BrakesMoreForASmallerGapAFasterEgoAndASlowerLeader) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> speed(0, 40), gap(0.5, 200);
  const IdmConfig config{.max_deceleration_mps2 = 1000};
  for (int i = 0; i < 2000; ++i) {
    const double u = speed(random), leader = speed(random), d = gap(random);
    const double a = idm_acceleration_mps2(config, u, d, leader);
    EXPECT_GE(idm_acceleration_mps2(config, u, d + 1, leader), a);
    EXPECT_GE(idm_acceleration_mps2(config, u, d, leader + 1), a);
  }
}

TEST(Rss, SafeDistanceGrowsWithEgoAndShrinksWithLeader) {
  const RssConfig config;
  for (double u = 0; u < 40; u += 1.7) {
    for (double leader = 0; leader < 40; leader += 2.3) {
      EXPECT_LT(safe_distance_m(config, u, leader), safe_distance_m(config, u + 0.5, leader));
      EXPECT_GT(safe_distance_m(config, u, leader), safe_distance_m(config, u, leader + 0.5));
    }
  }
  // 20 m/s behind a standing car: 15 + 0.84375 + 22.25^2 / 12
  EXPECT_NEAR(safe_distance_m(config, 20, 0), 15 + 0.84375 + 22.25 * 22.25 / 12, 1e-12);
}

// The claim of the model: at that distance, ego may speed up for rho and then brake with b while the leader brakes with
// b.
TEST(Rss, WhoKeepsTheSafeDistanceStopsInTime) {
  const RssConfig config;
  std::mt19937 random(3);
  std::uniform_real_distribution<double> speed(0, 40);
  constexpr double kFine_s = 0.001;
  for (int i = 0; i < 50; ++i) {
    double u = speed(random), leader = speed(random);
    double gap_m = safe_distance_m(config, u, leader), least_m = gap_m;
    if (gap_m <= 0) continue;
    for (double t = 0; u > 0; t += kFine_s) {
      gap_m += (leader - u) * kFine_s;
      least_m = std::min(least_m, gap_m);
      u += (t < config.response_s ? config.max_acceleration_mps2 : -config.deceleration_mps2) * kFine_s;
      leader = std::max(0.0, leader - config.deceleration_mps2 * kFine_s);
    }
    EXPECT_GT(least_m, -0.05);
    EXPECT_LT(gap_m, 0.05);  // and not more than it needs
  }
}

TEST(Fsm, FuzzyRatiosAreOneNearZeroFarAndFallBetween) {
  const FsmConfig config;
  std::mt19937 random(5);
  std::uniform_real_distribution<double> speed(1, 40), acceleration(-8, 3);
  for (int i = 0; i < 500; ++i) {
    const double u = speed(random), leader = speed(random), a = acceleration(random);
    double last_proactive = 1, last_critical = 1;
    for (double gap_m = 0.01; gap_m < 500; gap_m *= 1.1) {
      const double proactive = proactive_fuzzy_ratio(config, u, gap_m, leader);
      const double critical = critical_fuzzy_ratio(config, u, a, gap_m, leader);
      EXPECT_LE(proactive, last_proactive);
      EXPECT_LE(critical, last_critical);
      last_proactive = proactive, last_critical = critical;
    }
    EXPECT_EQ(last_proactive, 0);
    EXPECT_EQ(last_critical, 0);
    EXPECT_EQ(critical_fuzzy_ratio(config, u, a, 0.01, u + 1), 0);
  }
}

TEST(Fsm, IgnoresACutInThatEgoHasPassedBeforeItArrives) {
  Neighbour other = {.gap_m = 3, .lateral_gap_m = 1.6, .speed_mps = 10, .lateral_speed_mps = 0.5};
  const Scene scene = {.speed_mps = 20, .neighbours = {&other, 1}};
  EXPECT_EQ(demanded_deceleration_mps2({}, scene, other), 0);  // 3.2 s aside, passed after 1.2 s
  other.lateral_speed_mps = 1.5;
  EXPECT_GT(demanded_deceleration_mps2({}, scene, other), 4);
}

}  // namespace
}  // namespace hangil::drivers
