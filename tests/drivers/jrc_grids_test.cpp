// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include <gtest/gtest.h>

#include "drivers/jrc_reference.hpp"
#include "drives.hpp"

namespace hangil::drivers {
namespace {

using tests::compare_with_jrc;
using tests::JrcAgreement;

std::string reference_folder() { return tests::shared_dir() + "/suites/oracle/jrc_r157"; }

// Every point of every grid: the counts differ by 2 % at most (where the reference has none, so have we), and the
// outcomes of single points by 1.5 %.
void expect_agreement(const std::string& driver, JrcGrid grid) {
  HANGIL_NEEDS_DATA(reference_folder());
  const JrcAgreement agreement = compare_with_jrc(reference_folder(), driver, grid);
  ASSERT_GT(agreement.case_count, 1000) << driver << ", " << name_of(grid);
  EXPECT_GE(agreement.same_ratio(), 0.985) << driver << ", " << name_of(grid);
  EXPECT_NEAR(agreement.ours, agreement.reference, 0.02 * agreement.reference) << driver << ", " << name_of(grid);
}

TEST(JrcGrids, CarefulHumanCollidesWhereTheReferenceDoes) {
  for (JrcGrid grid : {JrcGrid::kCutInSlow, JrcGrid::kCutInFast, JrcGrid::kCutOut, JrcGrid::kCarFollowing}) {
    expect_agreement("careful-jrc", grid);
  }
}

TEST(JrcGrids, Reg157CollidesWhereTheReferenceDoes) {
  for (JrcGrid grid : {JrcGrid::kCutInSlow, JrcGrid::kCutInFast}) expect_agreement("reg157", grid);
}

TEST(JrcGrids, RssCollidesWhereTheReferenceDoes) {
  for (JrcGrid grid : {JrcGrid::kCutInSlow, JrcGrid::kCutInFast, JrcGrid::kCutOut, JrcGrid::kCarFollowing}) {
    expect_agreement("rss", grid);
  }
}

TEST(JrcGrids, FsmCollidesWhereTheReferenceDoes) {
  for (JrcGrid grid : {JrcGrid::kCutInSlow, JrcGrid::kCutInFast, JrcGrid::kCutOut, JrcGrid::kCarFollowing}) {
    expect_agreement("fsm", grid);
  }
}

TEST(JrcGrids, HaveTheNumberOfPointsOfThePaper) {
  EXPECT_EQ(cut_in_cases(JrcGrid::kCutInSlow).size(), 15930u);
  EXPECT_EQ(cut_in_cases(JrcGrid::kCutInFast).size(), 14040u);
  EXPECT_EQ(cut_out_cases().size(), 5850u);
  EXPECT_EQ(braking_leader_cases().size(), 1121u);
}

// Who keeps its speed collides in every case where the others are unlucky, and in many more.
TEST(JrcGrids, NobodyReactingCollidesMost) {
  const int idle = count_collisions(Constant{}, JrcGrid::kCutInSlow).collision_count;
  for (const char* name : {"careful-jrc", "reg157", "rss", "fsm"}) {
    EXPECT_LT(count_collisions(*make_driver(name), JrcGrid::kCutInSlow).collision_count, idle / 2) << name;
  }
}

// The regulation's own reading sees the risk before the overlap and never calls a cut-in settled.
TEST(JrcGrids, CarefulHumanOfTheRegulationStopsBehindABrakingLeader) {
  EXPECT_EQ(count_collisions(CarefulHuman{}, JrcGrid::kCarFollowing).collision_count, 0);
}

TEST(CutIn, ACarThatStaysInItsLaneIsNeverHit) {
  for (const char* name : {"constant", "careful", "careful-jrc", "reg157", "rss", "fsm"}) {
    EXPECT_EQ(drive_cut_in(*make_driver(name), {16, 5, 10, 0}), CutInOutcome::kNoCollision) << name;
  }
}

// By hand: 10 m/s closing, overlap after 1.6 s; ego (constant) is then 16 m further, so it hits a gap of 16 m.
TEST(CutIn, AConstantDriverHitsWhatItReaches) {
  EXPECT_EQ(drive_cut_in(Constant{}, {20, 10, 17, 1}), CutInOutcome::kRear);
  EXPECT_EQ(drive_cut_in(Constant{}, {20, 10, 10, 1}), CutInOutcome::kAlongside);
  EXPECT_EQ(drive_cut_in(Constant{}, {20, 10, 5, 1}), CutInOutcome::kNoCollision);  // passed after 1.36 s
}

}  // namespace
}  // namespace hangil::drivers
