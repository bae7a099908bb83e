// SPDX-License-Identifier: Apache-2.0
#include "safety/drive_level.hpp"

#include <gtest/gtest.h>

#include "safety/motions.hpp"
#include "safety/supervise.hpp"

namespace hangil::safety {
namespace {

using tests::at;

struct Drive {
  LevelConfig config;
  LevelState state;

  LevelVerdict good(double time_s) { return step_level({.now = at(time_s), .is_good = true}, config, state); }
  LevelVerdict bad(double time_s) { return step_level({.now = at(time_s), .is_good = false}, config, state); }
  LevelVerdict tick(double time_s) { return step_level({.now = at(time_s)}, config, state); }
};

TEST(DriveLevel, NothingIsMissedBeforeTheFirstGoodTrajectory) {
  Drive drive;
  EXPECT_EQ(drive.tick(100).level, DriveLevel::kFull);
  EXPECT_EQ(drive.bad(200).level, DriveLevel::kFull);
}

TEST(DriveLevel, HoldsThenStopsWhenGoodTrajectoriesStayAway) {
  Drive drive;
  drive.good(0);
  EXPECT_EQ(drive.tick(0.25).level, DriveLevel::kFull);
  EXPECT_EQ(drive.tick(0.3).level, DriveLevel::kHoldLast);
  EXPECT_FALSE(drive.bad(0.4).has_fallen);
  const LevelVerdict stop = drive.tick(0.51);
  EXPECT_EQ(stop.level, DriveLevel::kStop);
  EXPECT_TRUE(stop.has_fallen);
  EXPECT_EQ(stop.reason, "no good trajectory for 510 ms");
  EXPECT_FALSE(drive.tick(0.6).has_fallen);
}

TEST(DriveLevel, RisesOnlyAfterSeveralGoodOnesInARow) {
  Drive drive;
  drive.good(0);
  drive.tick(1);
  EXPECT_EQ(drive.good(1.0).level, DriveLevel::kStop);
  EXPECT_EQ(drive.good(1.1).level, DriveLevel::kStop);
  EXPECT_EQ(drive.bad(1.2).level, DriveLevel::kStop);
  EXPECT_EQ(drive.good(1.3).level, DriveLevel::kStop);
  EXPECT_EQ(drive.good(1.4).level, DriveLevel::kStop);
  EXPECT_EQ(drive.good(1.5).level, DriveLevel::kFull);
}

TEST(DriveLevel, AReplacedModuleStopsTheDriveAtOnce) {
  Drive drive;
  drive.good(0);
  const LevelVerdict verdict =
      step_level({.now = at(0.05), .is_good = true, .replaced_module = "planner"}, drive.config, drive.state);
  EXPECT_EQ(verdict.level, DriveLevel::kStop);
  EXPECT_EQ(verdict.reason, "planner was replaced");
  drive.good(0.1), drive.good(0.2);
  EXPECT_EQ(drive.good(0.3).level, DriveLevel::kFull);
}

TEST(DriveLevel, LessWorkIsReducedUntilAllModulesAreBack) {
  Drive drive;
  drive.good(0);
  EXPECT_EQ(step_level({.now = at(0.1), .is_good = true, .reduced_change = 2}, drive.config, drive.state).level,
            DriveLevel::kReduced);
  EXPECT_EQ(step_level({.now = at(0.2), .is_good = true, .reduced_change = -1}, drive.config, drive.state).level,
            DriveLevel::kReduced);
  drive.state.good_count = 5;
  EXPECT_EQ(step_level({.now = at(0.3), .is_good = true, .reduced_change = -1}, drive.config, drive.state).level,
            DriveLevel::kFull);
}

TEST(StopNow, IsTheLastGoodStopSeenFromNow) {
  SupervisorState state;
  EXPECT_FALSE(stop_now(at(1), "test", state));
  messages::Trajectory last;
  last.header = {at(1), "map"};
  last.points = tests::motion(10);
  last.stop_points = tests::motion(10, 0, -4);
  last.behaviour = "cruise";
  state.last_stop = last;
  const auto stop = stop_now(at(1.5), "planner was replaced", state);
  ASSERT_TRUE(stop);
  EXPECT_EQ(stop->behaviour, "level_stop, planner was replaced (cruise)");
  EXPECT_NEAR(stop->points.front().x_m, 10 * 0.5 - 2 * 0.25, 0.02);
  EXPECT_NEAR(stop->points.front().speed_mps, 8, 1e-6);
  EXPECT_EQ(stop->points.back().speed_mps, 0);
  EXPECT_EQ(stop_of(last, "x").points.back().speed_mps, 0);
}

}  // namespace
}  // namespace hangil::safety
