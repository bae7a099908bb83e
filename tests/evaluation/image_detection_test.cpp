// SPDX-License-Identifier: Apache-2.0
#include "evaluation/image_detection.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

messages::ImageBox picture_box_at(float left, float top, float size = 40) {
  return {left, top, left + size, top + size};
}

ImageFrame perfect_picture(int count) {
  ImageFrame frame;
  for (int i = 0; i < count; ++i) {
    frame.truths.push_back({picture_box_at(100.0F * static_cast<float>(i), 10)});
    frame.guesses.push_back({frame.truths.back().box, 0.5 + 0.01 * i});
  }
  return frame;
}

TEST(ScoreInPictures, PerfectGuessesHaveAllOfIt) {
  const ImageScore score = score_in_pictures(std::vector{perfect_picture(3), perfect_picture(2)});
  EXPECT_EQ(score.truth_count, 5);
  EXPECT_NEAR(score.average_precision, 1, 1e-12);
  EXPECT_NEAR(score.average_precision_50, 1, 1e-12);
  EXPECT_NEAR(score.average_recall, 1, 1e-12);
}

TEST(ScoreInPictures, NothingGuessedOrNothingThereIsZero) {
  ImageFrame missed = perfect_picture(3), empty = perfect_picture(3);
  missed.guesses.clear(), empty.truths.clear();
  EXPECT_EQ(score_in_pictures(std::vector{missed}).average_precision, 0);
  EXPECT_EQ(score_in_pictures(std::vector{empty}).average_precision, 0);
  EXPECT_EQ(score_in_pictures({}).truth_count, 0);
}

TEST(ScoreInPictures, HalfOfTheTruthsFoundIsHalfOfTheRecallPoints) {
  ImageFrame frame = perfect_picture(2);
  frame.guesses.pop_back();
  // Recall 0, 0.01, ..., 0.5: 51 of 101 points with precision 1.
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision_50, 51.0 / 101, 1e-12);
}

TEST(ScoreInPictures, ASurerFalseGuessHalvesThePrecision) {
  ImageFrame frame = perfect_picture(1);
  frame.guesses.push_back({picture_box_at(500, 300), 0.99});
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision_50, 0.5, 1e-12);
  frame.guesses.back().score = 0.01;  // less sure than the right one: costs nothing
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision_50, 1, 1e-12);
}

TEST(ScoreInPictures, AnOverlapOfThreeQuartersCountsUpToThere) {
  ImageFrame frame;
  frame.truths.push_back({{0, 0, 100, 100}});
  frame.guesses.push_back({{0, 0, 100, 76}, 0.9});
  const ImageScore score = score_in_pictures(std::vector{frame});
  for (int i = 0; i < kImageOverlapCount; ++i)
    EXPECT_NEAR(score.by_overlap[static_cast<std::size_t>(i)], i <= 5, 1e-12);
  EXPECT_NEAR(score.average_precision, 0.6, 1e-12);
}

TEST(ScoreInPictures, ATruthIsFoundOnce) {
  ImageFrame frame = perfect_picture(1);
  frame.guesses.push_back({frame.truths[0].box, 0.99});
  const ImageScore score = score_in_pictures(std::vector{frame});
  EXPECT_NEAR(score.average_precision_50, 1, 1e-12);  // the double is less sure, after full recall
  frame.truths.push_back({picture_box_at(900, 10)});
  frame.guesses.push_back({picture_box_at(900, 10), 0.1});
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision_50, (51 + 50 * 2.0 / 3) / 101, 1e-12);
}

TEST(ScoreInPictures, IgnoredTruthsTakeGuessesAwayWithoutCounting) {
  ImageFrame frame = perfect_picture(1);
  frame.truths.push_back({picture_box_at(500, 300), true});
  frame.guesses.push_back({picture_box_at(500, 300), 0.99});
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision, 1, 1e-12);
  frame.guesses.push_back({picture_box_at(500, 300), 0.98});  // a second one has no excuse
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision_50, 0.5, 1e-12);
  frame.truths.back() = {{400, 200, 700, 500}, true, true};  // a region excuses any number
  EXPECT_NEAR(score_in_pictures(std::vector{frame}).average_precision, 1, 1e-12);
}

TEST(ScoreInPictures, OnlyTheOrderOfScoresMatters) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> place(0, 300), jitter(-12, 12);
    ImageFrame frame;
    for (int i = 0; i < 12; ++i) {
      frame.truths.push_back({picture_box_at(place(random), place(random))});
      const messages::ImageBox& box = frame.truths.back().box;
      frame.guesses.push_back({picture_box_at(box.left_px + jitter(random), box.top_px + jitter(random)), 0.01 * i});
    }
    const double before = score_in_pictures(std::vector{frame}).average_precision;
    EXPECT_GE(before, 0);
    EXPECT_LE(before, 1);
    for (ImageGuess& guess : frame.guesses) guess.score = 100 + guess.score * guess.score * guess.score;
    std::shuffle(frame.guesses.begin(), frame.guesses.end(), random);
    EXPECT_DOUBLE_EQ(score_in_pictures(std::vector{frame}).average_precision, before);
  }
}

}  // namespace
}  // namespace hangil::evaluation
