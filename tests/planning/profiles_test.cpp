// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "planning/candidate_grid.hpp"
#include "planning/speed_samples.hpp"
#include "planning/street.hpp"

namespace hangil::planning {
namespace {

double drawn_between(std::mt19937& random, double least, double most) {
  return std::uniform_real_distribution<double>(least, most)(random);
}

TEST(CandidateGrid, NeverExceedsItsAllowance) {
  for (std::int64_t allowed = 1; allowed < 3000; ++allowed) {
    const CandidateGrid grid = grid_for(allowed);
    EXPECT_LE(grid.candidate_count(), allowed);
    EXPECT_GE(grid.candidate_count(), allowed / 3) << allowed;
    EXPECT_EQ(grid.lateral_count % 2, 1);
  }
  EXPECT_EQ(grid_for(810).candidate_count(), 810);
  EXPECT_EQ(grid_for(0).candidate_count(), 1);
  EXPECT_LE(grid_for(1'000'000'000'000).candidate_count(), 20'000);
}

TEST(SpeedProfile, ReachSpeedMeetsItsStartAndEnd) {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const math::Jet start{drawn_between(random, -50, 50), drawn_between(random, 0, 20), drawn_between(random, -3, 2)};
    const double end = drawn_between(random, 0, 20), duration = drawn_between(random, 1, 8);
    const SpeedProfile profile = reach_speed(start, end, duration);
    EXPECT_NEAR(profile.at(0).value, start.value, 1e-9);
    EXPECT_NEAR(profile.at(0).first, start.first, 1e-9);
    EXPECT_NEAR(profile.at(0).second, start.second, 1e-9);
    EXPECT_NEAR(profile.at(duration - 1e-9).first, end, 1e-6);
    EXPECT_NEAR(profile.at(duration - 1e-9).second, 0, 1e-6);
    EXPECT_NEAR(profile.at(duration + 2).value - profile.at(duration).value, 2 * end, 1e-6);
  }
}

TEST(SpeedProfile, ReachPlaceMeetsItsMovingTarget) {
  const SpeedProfile profile = reach_place({5, 10, 1}, 60, 4, 7);
  EXPECT_NEAR(profile.at(0).first, 10, 1e-9);
  EXPECT_NEAR(profile.at(7).value, 60, 1e-6);
  EXPECT_NEAR(profile.at(9).value, 68, 1e-6);
  EXPECT_NEAR(profile.at(9).first, 4, 1e-6);
}

TEST(Brake, EndsAtRestWithoutEverDrivingBackwards) {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    const math::Jet start{0, i % 10 == 0 ? 0 : drawn_between(random, 0, 30), drawn_between(random, -9, 3)};
    const double level = drawn_between(random, 1, 9), jerk = drawn_between(random, 3, 40);
    const SpeedProfile profile = brake(start, level, jerk);
    const double hardest = std::max(level, -start.second) + 1e-6;
    double last = start.value;
    for (double t = 0; t <= profile.settled_s() + 1; t += 0.01) {
      const math::Jet at = profile.at(t);
      EXPECT_GE(at.first, -1e-6);
      EXPECT_GE(at.second, -hardest);
      EXPECT_GE(at.value, last - 1e-6);
      last = at.value;
    }
    EXPECT_NEAR(profile.at(profile.settled_s() + 0.5).first, 0, 1e-6);
  }
}

TEST(Brake, IsContinuousFromPieceToPiece) {
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    const SpeedProfile profile = brake({3, drawn_between(random, 1, 30), drawn_between(random, -5, 2)},
                                       drawn_between(random, 2, 8), drawn_between(random, 8, 32));
    for (double t = 0.001; t < profile.settled_s() + 0.1; t += 0.001) {
      const math::Jet a = profile.at(t - 0.001), b = profile.at(t);
      EXPECT_NEAR(b.value, a.value, 0.04);
      EXPECT_NEAR(b.first, a.first, 0.02);
    }
    const double end = profile.settled_s();
    EXPECT_NEAR(profile.at(end - 1e-7).value, profile.at(end + 1e-7).value, 1e-5);
    EXPECT_NEAR(profile.at(end - 1e-7).first, 0, 1e-4);
  }
}

TEST(Brake, NeedsTheDistanceOfItsLevelPlusTheRamps) {
  const SpeedProfile profile = brake({0, 20, 0}, 5, 1000);
  EXPECT_NEAR(profile.at(100).value, 20 * 20 / (2 * 5.0), 0.2);
}

TEST(StoppingProfiles, GrowHarderAndShorter) {
  const PlannerConfig config;
  const auto profiles = stopping_profiles({0, 15, 0}, config);
  ASSERT_GE(profiles.size(), 3u);
  for (std::size_t i = 1; i < profiles.size(); ++i) {
    EXPECT_LT(profiles[i].at(100).value, profiles[i - 1].at(100).value);
  }
  EXPECT_NEAR(stop_braking_mps2(0, config), config.comfortable_braking_mps2, 1e-12);
  EXPECT_NEAR(stop_braking_mps2(static_cast<int>(profiles.size()) - 1, config), config.emergency_braking_mps2, 1e-12);
}

TEST(LateralPath, MeetsItsStartAndEndsParallel) {
  std::mt19937 random(4);
  for (int i = 0; i < 500; ++i) {
    const math::FrenetState start{
        0, 0, 0, drawn_between(random, -2, 2), drawn_between(random, -0.3, 0.3), drawn_between(random, -0.05, 0.05)};
    const double end = drawn_between(random, -2, 2), length = drawn_between(random, 5, 60);
    const LateralPath path = lateral_path(start, end, length);
    EXPECT_NEAR(path.at(0).value, start.d_m, 1e-9);
    EXPECT_NEAR(path.at(0).first, start.d_slope, 1e-9);
    EXPECT_NEAR(path.at(0).second, start.d_bend_pm, 1e-9);
    for (const double beyond : {0.0, 5.0}) {
      EXPECT_NEAR(path.at(length + beyond).value, end, 1e-9);
      EXPECT_NEAR(path.at(length + beyond).first, 0, 1e-9);
      EXPECT_NEAR(path.at(length + beyond).second, 0, 1e-9);
    }
  }
}

TEST(LateralLanes, WidestBoundsEveryPath) {
  std::mt19937 random(5);
  for (int i = 0; i < 200; ++i) {
    LateralLanes lanes;
    const math::FrenetState start{0, 0, 0, drawn_between(random, -2, 2), drawn_between(random, -0.5, 0.5), 0};
    for (int k = 0; k < 5; ++k) lanes.paths.push_back(lateral_path(start, drawn_between(random, -2, 2), 25));
    fill_lanes(lanes);
    EXPECT_EQ(lanes.lane_count, 16);
    for (const LateralPath& path : lanes.paths) {
      for (double s = 0; s < 30; s += 0.05) EXPECT_LE(std::abs(path.at(s).value), lanes.widest_m);
    }
  }
}

// Every driving candidate starts in the vehicle's state and stays smooth.
TEST(DrivingProfiles, AllStartInTheStartState) {
  const PlannerConfig config;
  const Route road = tests::straight_road(300);
  for (const double speed : {0.0, 3.0, 12.0, 20.0}) {
    const double acceleration = speed > 0 ? 0.3 : 0;
    const math::FrenetState state{10, speed, acceleration, 0, 0, 0};
    const SpeedGoal goal = decide(road, state, {}, base::Duration::milliseconds(200), config);
    const auto profiles = driving_profiles({10, speed, acceleration}, goal, grid_for(810), config);
    EXPECT_EQ(profiles.size(), 30u);
    for (const SpeedProfile& profile : profiles) {
      EXPECT_NEAR(profile.at(0).value, 10, 1e-9);
      EXPECT_NEAR(profile.at(0).first, speed, 1e-9);
      EXPECT_NEAR(profile.at(0).second, acceleration, 1e-9);
    }
  }
}

}  // namespace
}  // namespace hangil::planning
