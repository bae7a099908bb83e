// SPDX-License-Identifier: Apache-2.0
#include "evaluation/mot.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

constexpr messages::ImageBox kLargeImageBox{100, 100, 200, 200};

messages::Box3 mot_car_at(double x_m, double y_m) {
  return {.x_m = x_m, .y_m = y_m, .z_m = 1, .length_m = 4, .width_m = 2, .height_m = 1.5};
}

// Three cars side by side drive along for `frame_count` frames, each followed exactly by the track of ten times its id.
MotSequence followed_cars(int frame_count = 40) {
  MotSequence sequence(static_cast<std::size_t>(frame_count));
  for (int i = 0; i < frame_count; ++i) {
    MotFrame& frame = sequence[static_cast<std::size_t>(i)];
    for (int id = 1; id <= 3; ++id) {
      const messages::Box3 box = mot_car_at(i, 5.0 * id);
      frame.truths.push_back({id, false, box});
      frame.estimates.push_back({static_cast<std::uint32_t>(10 * id), 2.0 + id, box, kLargeImageBox});
    }
  }
  return sequence;
}

MotSummary summary_of(const MotSequence& sequence) { return MotEvaluation(std::span(&sequence, 1), 0.25).sweep(); }
MotScore score_of(const MotSequence& sequence) {
  return MotEvaluation(std::span(&sequence, 1), 0.25).score(-std::numeric_limits<double>::infinity());
}

TEST(Mot, PerfectTracksScoreHundredPercent) {
  const MotSummary summary = summary_of(followed_cars());
  EXPECT_NEAR(summary.samota, 1, 1e-12);
  EXPECT_EQ(summary.by_recall.size(), 40u);
  EXPECT_EQ(summary.best.mota, 1);
  EXPECT_NEAR(summary.best.motp, 1, 1e-12);
  EXPECT_EQ(summary.best.recall, 1);
  EXPECT_EQ(summary.best.id_switch_count + summary.best.fragmentation_count, 0);
  EXPECT_EQ(summary.best.mostly_tracked_count, 3);
}

TEST(Mot, AnotherTrackFromHalfWayIsOneIdSwitchAndOneFragmentation) {
  MotSequence sequence = followed_cars();
  for (std::size_t i = 20; i < 40; ++i) sequence[i].estimates[1].id = 99;
  const MotScore score = score_of(sequence);
  EXPECT_EQ(score.id_switch_count, 1);
  EXPECT_EQ(score.fragmentation_count, 1);
  EXPECT_EQ(score.false_negative_count + score.false_positive_count, 0);
  EXPECT_NEAR(score.mota, 1 - 1.0 / 120, 1e-12);
}

TEST(Mot, OneMissedFrameIsOneFragmentationButNoIdSwitch) {
  MotSequence sequence = followed_cars();
  sequence[20].estimates.erase(sequence[20].estimates.begin());
  const MotScore score = score_of(sequence);
  EXPECT_EQ(score.false_negative_count, 1);
  EXPECT_EQ(score.fragmentation_count, 1);
  EXPECT_EQ(score.id_switch_count, 0);
}

TEST(Mot, AnotherTrackAfterAMissedFrameIsNoIdSwitch) {
  MotSequence sequence = followed_cars();
  sequence[20].estimates.erase(sequence[20].estimates.begin());
  for (std::size_t i = 21; i < 40; ++i) sequence[i].estimates[0].id = 99;
  EXPECT_EQ(score_of(sequence).id_switch_count, 0);
}

TEST(Mot, OneFalsePositiveIsOne) {
  MotSequence sequence = followed_cars();
  sequence[7].estimates.push_back({77, 3, mot_car_at(100, 100), kLargeImageBox});
  const MotScore score = score_of(sequence);
  EXPECT_EQ(score.false_positive_count, 1);
  EXPECT_NEAR(score.mota, 1 - 1.0 / 120, 1e-12);
  EXPECT_NEAR(score.precision, 120.0 / 121, 1e-12);
}

TEST(Mot, LowBoxesAndBoxesInIgnoreRegionsAreNotFalse) {
  MotSequence sequence = followed_cars();
  sequence[3].estimates.push_back({77, 3, mot_car_at(100, 100), {0, 0, 60, 25}});
  sequence[4].ignore_regions.push_back({0, 0, 51, 100});
  sequence[4].estimates.push_back({78, 3, mot_car_at(100, 100), {0, 0, 100, 100}});
  EXPECT_EQ(score_of(sequence).false_positive_count, 0);
  sequence[4].ignore_regions[0].right_px = 50;  // half is not more than half
  EXPECT_EQ(score_of(sequence).false_positive_count, 1);
}

TEST(Mot, IgnoredTruthMayBeFoundOrMissed) {
  MotSequence found = followed_cars();
  for (MotFrame& frame : found) frame.truths[2].is_ignored = true;
  MotSequence missed = found;
  for (MotFrame& frame : missed) frame.estimates.pop_back();
  for (const MotSequence& sequence : {found, missed}) {
    const MotScore score = score_of(sequence);
    EXPECT_EQ(score.truth_count, 80);
    EXPECT_EQ(score.mota, 1);
    EXPECT_EQ(score.trajectory_count, 2);
  }
}

// Two frames. Car 1 is found twice, car 2 is missed once, car 3 is ignored (a van, or truncated) and found twice, and
// one estimate lies on nothing.
TEST(Mot, MatchesOfIgnoredTruthAreNoTruePositives) {
  MotSequence sequence = followed_cars(2);
  for (MotFrame& frame : sequence) frame.truths[2].is_ignored = true;
  sequence[1].estimates[1].box.x_m += 50;
  const MotScore score = score_of(sequence);
  EXPECT_EQ(score.truth_count, 4);
  EXPECT_EQ(score.true_positive_count, 3);
  EXPECT_EQ(score.false_negative_count, 1);
  EXPECT_EQ(score.false_positive_count, 1);
  EXPECT_EQ(score.ignored_match_count, 2);
  EXPECT_EQ(score.true_positive_count + score.false_negative_count, score.truth_count);
  EXPECT_DOUBLE_EQ(score.recall, 3.0 / 4);
  EXPECT_DOUBLE_EQ(score.precision, 3.0 / 4);
  EXPECT_DOUBLE_EQ(score.mota, 1 - 2.0 / 4);
  EXPECT_DOUBLE_EQ(score.motp, 1);
  EXPECT_EQ(score.id_switch_count, 0);
}

TEST(Mot, TracksCountWithTheMeanOfTheirConfidences) {
  MotSequence sequence = followed_cars();
  for (std::size_t i = 0; i < 40; ++i) sequence[i].estimates[0].confidence = i % 2 == 0 ? 0 : 10;
  const MotEvaluation evaluation(std::span(&sequence, 1), 0.25);
  EXPECT_EQ(evaluation.score(5).true_positive_count, 80);  // means are 5, 4 and 5
  EXPECT_EQ(evaluation.score(4).true_positive_count, 120);
  EXPECT_EQ(evaluation.score(5.01).true_positive_count, 0);
}

TEST(Mot, UnsureFalseTracksCostNothingAtLowRecall) {
  MotSequence sequence = followed_cars();
  for (MotFrame& frame : sequence) frame.estimates.push_back({77, -1, mot_car_at(100, 100), kLargeImageBox});
  const MotSummary summary = summary_of(sequence);
  EXPECT_NEAR(summary.samota, 1, 1e-12);
  EXPECT_EQ(summary.best.false_positive_count, 0);
  EXPECT_EQ(score_of(sequence).false_positive_count, 40);
}

TEST(Mot, HalfTheObjectsFoundReachHalfTheRecallPoints) {
  MotSequence sequence = followed_cars();
  for (MotFrame& frame : sequence) {
    frame.truths.push_back({4, false, mot_car_at(50, -30)});
    frame.estimates.pop_back();
  }
  const MotSummary summary = summary_of(sequence);
  EXPECT_NEAR(static_cast<double>(summary.by_recall.size()), 20, 1);
  EXPECT_NEAR(summary.samota, 0.5, 0.03);
  EXPECT_EQ(summary.best.recall, 0.5);
}

TEST(Mot, PairsAreTheBestOnesTogether) {
  MotSequence sequence(1);
  sequence[0].truths = {{1, false, mot_car_at(0, 0)}, {2, false, mot_car_at(1, 0)}};
  // The first estimate is nearest to truth 2, but the other one is out of reach of truth 1.
  sequence[0].estimates = {{1, 1, mot_car_at(0.6, 0), kLargeImageBox}, {2, 1, mot_car_at(3, 0), kLargeImageBox}};
  EXPECT_EQ(score_of(sequence).true_positive_count, 2);
}

TEST(Mot, RigidMotionOfTheSceneChangesNothing) {
  MotSequence sequence = followed_cars(), moved = sequence;
  const double c = std::cos(2.0), s = std::sin(2.0);
  const auto move = [&](messages::Box3& box) {
    box = {.x_m = 3 + c * box.x_m - s * box.y_m,
           .y_m = 7 + s * box.x_m + c * box.y_m,
           .z_m = box.z_m - 2,
           .yaw_rad = box.yaw_rad + 2.0,
           .length_m = 4,
           .width_m = 2,
           .height_m = 1.5};
  };
  for (MotSequence* each : {&sequence, &moved}) {
    for (std::size_t i = 0; i < each->size(); ++i) (*each)[i].estimates[i % 3].box.x_m += 0.11 * static_cast<double>(i);
  }
  for (MotFrame& frame : moved) {
    for (MotTruth& truth : frame.truths) move(truth.box);
    for (MotEstimate& estimate : frame.estimates) move(estimate.box);
  }
  const MotSummary a = summary_of(sequence), b = summary_of(moved);
  EXPECT_LT(a.best.mota, 1);
  EXPECT_NEAR(a.samota, b.samota, 1e-9);
  EXPECT_NEAR(a.best.motp, b.best.motp, 1e-9);
}

TEST(Mot, NothingToScoreGivesZeros) {
  MotSequence no_truth = followed_cars(), no_estimates = no_truth;
  for (MotFrame& frame : no_truth) frame.truths.clear();
  for (MotFrame& frame : no_estimates) frame.estimates.clear();
  for (const MotSequence& sequence : {MotSequence{}, MotSequence(5), no_truth, no_estimates}) {
    const MotSummary summary = summary_of(sequence);
    EXPECT_EQ(summary.samota, 0);
    EXPECT_EQ(summary.best.mota, 0);
    EXPECT_EQ(summary.best.motp, 0);
    EXPECT_EQ(summary.best.true_positive_count, 0);
  }
  EXPECT_EQ(score_of(no_truth).false_positive_count, 120);
  EXPECT_EQ(score_of(no_estimates).false_negative_count, 120);
}

TEST(IntersectionOverUnion3d, KnownValues) {
  const messages::Box3 box = mot_car_at(0, 0);
  messages::Box3 other = box;
  EXPECT_NEAR(intersection_over_union_3d(box, other), 1, 1e-12);
  other.yaw_rad = std::numbers::pi;
  EXPECT_NEAR(intersection_over_union_3d(box, other), 1, 1e-9);
  other = mot_car_at(2, 0);  // half of each
  EXPECT_NEAR(intersection_over_union_3d(box, other), 1.0 / 3, 1e-12);
  other = box, other.z_m += 0.75;
  EXPECT_NEAR(intersection_over_union_3d(box, other), 1.0 / 3, 1e-12);
  other.z_m = box.z_m + 1.5;
  EXPECT_EQ(intersection_over_union_3d(box, other), 0);
  other.x_m = std::nan("");
  EXPECT_EQ(intersection_over_union_3d(box, other), 0);
}

}  // namespace
}  // namespace hangil::evaluation
