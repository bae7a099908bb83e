// SPDX-License-Identifier: Apache-2.0
#include "evaluation/lane_accuracy.hpp"

#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

constexpr int kRowCount = 20;

// Upright lanes at these columns, or leaning by so many columns a row.
std::vector<double> lane(double column, double lean = 0) {
  std::vector<double> columns;
  for (int i = 0; i < kRowCount; ++i) columns.push_back(column + lean * 10 * i);
  return columns;
}

LanePicture lane_picture(std::vector<std::vector<double>> truths, std::vector<std::vector<double>> guesses) {
  std::vector<double> rows;
  for (int i = 0; i < kRowCount; ++i) rows.push_back(200 + 10 * i);
  return {rows, std::move(truths), std::move(guesses)};
}

void expect_score(const LanePicture& seen, double accuracy, double false_positives, double false_negatives) {
  const LaneScore score = score_lanes(seen);
  EXPECT_NEAR(score.accuracy, accuracy, 1e-12);
  EXPECT_NEAR(score.false_positives, false_positives, 1e-12);
  EXPECT_NEAR(score.false_negatives, false_negatives, 1e-12);
}

TEST(LaneAccuracy, TheTruthItselfIsWhollyRight) {
  expect_score(lane_picture({lane(100), lane(400, 0.5)}, {lane(400, 0.5), lane(100)}), 1, 0, 0);
}

TEST(LaneAccuracy, TwentyPixelsAcrossAreTooFar) {
  expect_score(lane_picture({lane(100)}, {lane(119)}), 1, 0, 0);
  expect_score(lane_picture({lane(100)}, {lane(121)}), 0, 1, 1);
}

TEST(LaneAccuracy, DistanceIsMeasuredAcrossALeaningLane) {
  expect_score(lane_picture({lane(100, 1)}, {lane(128, 1)}), 1, 0, 0);  // 19.8 px across
  expect_score(lane_picture({lane(100, 1)}, {lane(129, 1)}), 0, 1, 1);  // 20.5
}

TEST(LaneAccuracy, RowsWithoutTheLaneAgreeOrDoNot) {
  auto truth = lane(100), guess = lane(100);
  truth[0] = truth[1] = guess[0] = kNoLaneHere;
  expect_score(lane_picture({truth}, {guess}), 0.95, 0, 0);
  for (std::size_t i = 2; i < 5; ++i) truth[i] = kNoLaneHere;
  expect_score(lane_picture({truth}, {guess}), 0.8, 1, 1);  // below 85 %: no match, but its share counts
}

TEST(LaneAccuracy, TheWorstOfFiveLanesIsForgiven) {
  const std::vector<std::vector<double>> five = {lane(100), lane(300), lane(500), lane(700), lane(900)};
  expect_score(lane_picture(five, {five.begin(), five.end() - 1}), 1, 0, 0);
  expect_score(lane_picture(five, {five.begin(), five.end() - 2}), 0.75, 0, 0.25);
}

TEST(LaneAccuracy, FarTooManyGuessesAreAllWrong) {
  expect_score(lane_picture({lane(100)}, {lane(100), lane(300), lane(500)}), 1, 2.0 / 3, 0);
  expect_score(lane_picture({lane(100)}, {lane(100), lane(300), lane(500), lane(700)}), 0, 0, 1);
}

TEST(LaneAccuracy, EmptyPicturesHaveNothingWrong) {
  expect_score(lane_picture({}, {}), 0, 0, 0);
  expect_score(lane_picture({}, {lane(1)}), 0, 1, 0);
  expect_score(lane_picture({lane(1)}, {}), 0, 0, 1);
}

TEST(LaneAccuracy, OrderAndMirroringDoNotMatter) {
  std::mt19937 random(3);
  const auto up_to = [&](unsigned most) { return static_cast<double>(random() % most); };
  for (int round = 0; round < 50; ++round) {
    LanePicture seen = lane_picture({}, {});
    for (int i = 0; i < 3; ++i) {
      const double column = 300 + up_to(600), lean = up_to(100) * 0.01 - 0.5;
      seen.truths.push_back(lane(column, lean));
      seen.guesses.push_back(lane(column + up_to(40), lean));
    }
    const LaneScore score = score_lanes(seen);
    LanePicture mirrored = seen;
    std::swap(mirrored.truths[0], mirrored.truths[2]);
    std::swap(mirrored.guesses[1], mirrored.guesses[2]);
    for (auto* lanes : {&mirrored.truths, &mirrored.guesses}) {
      for (auto& columns : *lanes) {
        for (double& column : columns) column = 1280 - column;
      }
    }
    const LaneScore again = score_lanes(mirrored);
    EXPECT_NEAR(score.accuracy, again.accuracy, 1e-12);
    EXPECT_NEAR(score.false_positives, again.false_positives, 1e-12);
    EXPECT_NEAR(score.false_negatives, again.false_negatives, 1e-12);
  }
}

TEST(LaneAccuracy, TheMeanIsOverPictures) {
  const std::vector<LaneScore> scores = {{1, 0, 0}, {0.5, 1, 0.25}};
  const LaneScore mean = mean_of(scores);
  EXPECT_NEAR(mean.accuracy, 0.75, 1e-12);
  EXPECT_NEAR(mean.false_positives, 0.5, 1e-12);
  EXPECT_NEAR(mean.false_negatives, 0.125, 1e-12);
  EXPECT_EQ(mean_of({}).accuracy, 0);
}

}  // namespace
}  // namespace hangil::evaluation
