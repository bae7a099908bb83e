// SPDX-License-Identifier: Apache-2.0
#include "simulation/speed_profile.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace hangil::simulation {
namespace {

const SpeedProfile kStopAndGo(12, {{5, 0, 2.4}, {12.5, 11, 2.0}});

TEST(SpeedProfile, WayAndSpeedAreTheIntegrals) {
  for (double t = -1; t < 25; t += 0.01) {
    const double h = 1e-4;
    const Advance a = kStopAndGo.at(t - h), p = kStopAndGo.at(t), b = kStopAndGo.at(t + h);
    EXPECT_NEAR((b.way_m - a.way_m) / (2 * h), p.speed_mps, 1e-4) << t;
    EXPECT_NEAR((b.speed_mps - a.speed_mps) / (2 * h), p.acceleration_mps2, 1e-3) << t;
    EXPECT_LE(std::abs(b.acceleration_mps2 - a.acceleration_mps2), 2 * h * 2.4 / 0.8 + 1e-12) << "jerk at " << t;
  }
}

TEST(SpeedProfile, ReachesEachSpeedWithinItsAcceleration) {
  EXPECT_EQ(kStopAndGo.at(-0.05).speed_mps, 12);
  EXPECT_EQ(kStopAndGo.at(12).speed_mps, 0);
  EXPECT_EQ(kStopAndGo.at(12).way_m, kStopAndGo.at(12.4).way_m);
  EXPECT_EQ(kStopAndGo.at(25).speed_mps, 11);
  for (double t = 0; t < 25; t += 0.01) {
    EXPECT_GE(kStopAndGo.at(t).speed_mps, -1e-9);
    EXPECT_LE(std::abs(kStopAndGo.at(t).acceleration_mps2), 2.4 + 1e-9);
  }
}

TEST(SpeedProfile, SmallChangeStaysBelowTheWantedAcceleration) {
  const SpeedProfile gentle(10, {{1, 10.5, 3}});
  EXPECT_NEAR(gentle.at(1.8).acceleration_mps2, 0.5 / 0.8, 1e-9);
  EXPECT_EQ(gentle.at(3).speed_mps, 10.5);
}

TEST(SpeedProfile, ChangeThatComesTooEarlyWaits) {
  const SpeedProfile busy(10, {{0, 0, 2}, {1, 5, 2}});
  EXPECT_NEAR(busy.at(10 / 2.0 + 0.8).speed_mps, 0, 1e-9);
  EXPECT_EQ(busy.at(30).speed_mps, 5);
}

}  // namespace
}  // namespace hangil::simulation
