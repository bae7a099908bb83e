// SPDX-License-Identifier: Apache-2.0
#include "safety/supervise.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "safety/motions.hpp"

namespace hangil::safety {
namespace {

using tests::at;

using tests::has;
using tests::motion;
using tests::nothing_around;
using tests::one_object;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

messages::Trajectory trajectory(double time_s = 0) {
  messages::Trajectory t;
  t.header = {at(time_s), "map"};
  t.points = motion(10);
  t.stop_points = motion(10, 0, -4);
  t.behaviour = "cruise";
  return t;
}

struct Case {
  messages::Predictions predictions = nothing_around();
  SupervisorConfig config;
  SupervisorState state;
  double now_s = 0.05;
  math::Pose2 ego;

  Verdict judge(const messages::Trajectory& t) {
    predictions.header.stamp = t.header.stamp;
    return supervise(t, {t.header.stamp + base::Duration::seconds(now_s), &predictions, EgoThen{ego, 10}}, config,
                     state);
  }
};

TEST(Supervise, SoundTrajectoryLeavesAsItIs) {
  Case c;
  const Verdict verdict = c.judge(trajectory());
  EXPECT_TRUE(verdict.report.is_accepted);
  EXPECT_TRUE(verdict.report.findings.empty());
  ASSERT_TRUE(verdict.safe);
  EXPECT_EQ(verdict.safe->behaviour, "cruise");
  EXPECT_EQ(verdict.safe->points.back().x_m, 40);
  EXPECT_TRUE(c.state.last_stop);
}

TEST(Supervise, StopGoesInPlaceOfABadMotion) {
  Case c;
  messages::Trajectory bad = trajectory();
  bad.points[7].y_m = kNan;
  const Verdict verdict = c.judge(bad);
  EXPECT_FALSE(verdict.report.is_accepted);
  EXPECT_TRUE(has(verdict.report.findings, "finite"));
  ASSERT_TRUE(verdict.safe);
  EXPECT_EQ(verdict.safe->points.back().speed_mps, 0);
  EXPECT_EQ(verdict.safe->behaviour, "stop_instead (cruise)");
}

TEST(Supervise, LastGoodStopGoesInPlaceOfABadStop) {
  Case c;
  ASSERT_TRUE(c.judge(trajectory(0)).report.is_accepted);
  messages::Trajectory bad = trajectory(0.2);
  bad.points.clear();
  bad.stop_points[3].x_m = kNan;
  c.ego = {2, 0, 0};  // 0.2 s later, still at 10 m/s
  const Verdict verdict = c.judge(bad);
  EXPECT_FALSE(verdict.report.is_accepted);
  ASSERT_TRUE(verdict.safe);
  EXPECT_EQ(verdict.safe->behaviour, "last_stop_instead (cruise)");
  EXPECT_EQ(verdict.safe->header.stamp, at(0.2));
  // The first 0.2 s of the old stop are over.
  EXPECT_NEAR(verdict.safe->points.front().x_m, 10 * 0.2 - 2 * 0.04, 1e-3);
  EXPECT_NEAR(verdict.safe->points.back().x_m, 12.5, 1e-6);
  EXPECT_EQ(verdict.safe->points.front().time_s, 0);
}

TEST(Supervise, NothingLeavesWithoutAnyStop) {
  Case c;
  messages::Trajectory empty;
  empty.header = {at(0), "map"};
  empty.behaviour = "refused: no pose yet";
  const Verdict verdict = c.judge(empty);
  EXPECT_FALSE(verdict.report.is_accepted);
  EXPECT_FALSE(verdict.safe);
  EXPECT_TRUE(has(verdict.report.findings, "points"));
}

TEST(Supervise, CollidingMotionIsReplaced) {
  Case c;
  c.predictions = one_object({28, 0, 0, 0, 4, 1.8, 1.5}, 0, 0);
  const Verdict verdict = c.judge(trajectory());
  EXPECT_TRUE(has(verdict.report.findings, "collision"));
  ASSERT_TRUE(verdict.safe);
  EXPECT_EQ(verdict.safe->behaviour, "stop_instead (cruise)");
}

TEST(Supervise, StopThatOnlyTouchesStillGoesWhenThereIsNothingBetter) {
  Case c;
  c.predictions = one_object({12, 0, 0, 0, 4, 1.8, 1.5}, 0, 0);
  const Verdict verdict = c.judge(trajectory());
  EXPECT_FALSE(verdict.report.is_accepted);
  ASSERT_TRUE(verdict.safe);
  EXPECT_EQ(verdict.safe->behaviour, "stop_despite_contact (cruise)");
  EXPECT_FALSE(c.state.last_stop);
}

TEST(Supervise, AcceptedMotionWithABadStopSaysSo) {
  Case c;
  messages::Trajectory t = trajectory();
  t.stop_points[5].x_m += 3;
  const Verdict verdict = c.judge(t);
  EXPECT_TRUE(verdict.report.is_accepted);
  EXPECT_TRUE(has(verdict.report.findings, "stop_continuity_way"));
  EXPECT_FALSE(c.state.last_stop);
}

TEST(Supervise, StaleFutureUnseenAndUnplacedTrajectoriesFail) {
  Case c;
  c.now_s = 0.9;
  EXPECT_TRUE(has(c.judge(trajectory()).report.findings, "stale"));
  c.now_s = -2;
  EXPECT_TRUE(has(c.judge(trajectory()).report.findings, "stamp"));
  SupervisorState state;
  const auto predictions = nothing_around();
  EXPECT_TRUE(
      has(supervise(trajectory(), {at(0), nullptr, EgoThen{{}, 10}}, {}, state).report.findings, "predictions"));
  EXPECT_TRUE(has(supervise(trajectory(), {at(0), &predictions, {}}, {}, state).report.findings, "pose"));
  EXPECT_TRUE(has(supervise(trajectory(9), {at(9), &predictions, EgoThen{{}, 10}}, {}, state).report.findings,
                  "predictions_stale"));
}

TEST(Supervise, FramesMustAgree) {
  Case c;
  c.predictions.header.frame_id = "ego";
  EXPECT_TRUE(has(c.judge(trajectory()).report.findings, "frame"));
}

TEST(Supervise, OldStopEndsAtRest) {
  Case c;
  ASSERT_TRUE(c.judge(trajectory(0)).report.is_accepted);
  messages::Trajectory bad;
  bad.header = {at(20), "map"};
  c.ego = {12.5, 0, 0};
  const Verdict verdict = c.judge(bad);
  ASSERT_TRUE(verdict.safe);
  for (const auto& point : verdict.safe->points) EXPECT_EQ(point.speed_mps, 0);
  EXPECT_TRUE(check_form(verdict.safe->points).empty());
}

}  // namespace
}  // namespace hangil::safety
