// SPDX-License-Identifier: Apache-2.0
#include "evaluation/segmentation.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

using Labels = std::vector<std::uint8_t>;

Labels random_labels(std::mt19937& random, std::size_t count, unsigned classes) {
  Labels labels(count);
  for (auto& label : labels) label = static_cast<std::uint8_t>(random() % classes);
  return labels;
}

SegmentationScore overlap_score(const Labels& truth, const Labels& guessed, int classes) {
  ConfusionMatrix matrix(classes);
  EXPECT_TRUE(matrix.add(truth, guessed));
  return score_segmentation(matrix);
}

TEST(Segmentation, AHandMadeCaseHasItsKnownNumbers) {
  // Class 0: 2 of 3 found, none false: 2/3. Class 1: 1 of 1 found, 1 false: 1/2. Class 2 is nowhere.
  const SegmentationScore score = overlap_score({0, 0, 0, 1}, {0, 0, 1, 1}, 3);
  EXPECT_NEAR(*score.iou_by_class[0], 2.0 / 3, 1e-12);
  EXPECT_NEAR(*score.iou_by_class[1], 0.5, 1e-12);
  EXPECT_FALSE(score.iou_by_class[2].has_value());
  EXPECT_NEAR(score.mean_iou, (2.0 / 3 + 0.5) / 2, 1e-12);
  EXPECT_NEAR(score.accuracy, 0.75, 1e-12);
}

TEST(Segmentation, WhatIsNoClassInTheTruthIsLeftOutAndInAGuessIsWrong) {
  const SegmentationScore score = overlap_score({255, 255, 0, 0}, {0, 1, 0, 255}, 2);
  EXPECT_NEAR(*score.iou_by_class[0], 0.5, 1e-12);
  EXPECT_FALSE(score.iou_by_class[1].has_value());
  EXPECT_NEAR(score.accuracy, 0.5, 1e-12);
}

TEST(Segmentation, AGuessOfAClassThatIsNotThereCountsAsZero) {
  const SegmentationScore score = overlap_score({0, 0}, {0, 1}, 2);
  EXPECT_NEAR(*score.iou_by_class[1], 0, 1e-12);
  EXPECT_NEAR(score.mean_iou, 0.25, 1e-12);
}

TEST(Segmentation, FramesOfDifferentSizeAreRefused) {
  ConfusionMatrix matrix(2);
  EXPECT_FALSE(matrix.add(Labels{0, 1}, Labels{0}));
  EXPECT_EQ(score_segmentation(matrix).mean_iou, 0);
}

TEST(Segmentation, AgreesWithCountingSetsAndDoesNotDependOnPlaces) {
  std::mt19937 random(5);
  for (int round = 0; round < 20; ++round) {
    const unsigned classes = 2 + static_cast<unsigned>(random() % 5);
    Labels truth = random_labels(random, 300, classes + 1), guessed = random_labels(random, 300, classes + 1);
    const SegmentationScore score = overlap_score(truth, guessed, static_cast<int>(classes));
    for (unsigned c = 0; c < classes; ++c) {
      double both = 0, either = 0;
      for (std::size_t i = 0; i < truth.size(); ++i) {
        if (truth[i] == classes) continue;
        both += truth[i] == c && guessed[i] == c;
        either += truth[i] == c || guessed[i] == c;
      }
      EXPECT_NEAR(*score.iou_by_class[c], both / either, 1e-12);
    }
    std::reverse(truth.begin(), truth.end());
    std::reverse(guessed.begin(), guessed.end());
    EXPECT_EQ(overlap_score(truth, guessed, static_cast<int>(classes)).mean_iou, score.mean_iou);
    EXPECT_NEAR(overlap_score(truth, truth, static_cast<int>(classes)).mean_iou, 1, 1e-12);
  }
}

}  // namespace
}  // namespace hangil::evaluation
