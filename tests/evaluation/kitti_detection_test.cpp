// SPDX-License-Identifier: Apache-2.0
#include "evaluation/kitti_detection.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

messages::Box3 kitti_box(double x_m, double y_m = 0) { return {x_m, y_m, 0.8, 0, 4, 1.6, 1.5}; }

// Pictures of objects stand side by side, `height` px high, so that only the same number overlaps.
messages::ImageBox picture(int number, float height = 60) {
  const float left = 100 * static_cast<float>(number);
  return {left, 100, left + 80, 100 + height};
}

KittiTruth truth(int number, float height = 60, int occlusion = 0, double truncation = 0,
                 KittiRole role = KittiRole::kAsked) {
  return {kitti_box(10.0 * number), picture(number, height), role, truncation, occlusion};
}
KittiGuess guess(int number, double score, float height = 60, double off_m = 0) {
  return {kitti_box(10.0 * number + off_m), picture(number, height), score};
}

const KittiDifficulty kEasy = kKittiDifficulties[0], kModerate = kKittiDifficulties[1], kHard = kKittiDifficulties[2];

double ap(const std::vector<KittiFrame>& frames, KittiDifficulty difficulty = kModerate,
          KittiOverlap overlap = KittiOverlap::kVolume, double least = 0.7) {
  return kitti_precision(frames, {overlap, least, difficulty}).average_precision;
}

TEST(KittiPrecision, PerfectGuessesAreWorthOne) {
  for (const int count : {1, 3, 40, 200}) {
    std::vector<KittiFrame> frames(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      frames[static_cast<std::size_t>(i)] = {{truth(1), truth(2)}, {guess(2, 0.3 + 0.001 * i), guess(1, 0.9)}, {}};
    }
    for (const KittiOverlap overlap : {KittiOverlap::kImage, KittiOverlap::kGround, KittiOverlap::kVolume}) {
      EXPECT_DOUBLE_EQ(ap(frames, kModerate, overlap), 1) << count;
    }
  }
}

TEST(KittiPrecision, NothingFoundIsWorthNothing) {
  EXPECT_EQ(ap({}), 0);
  EXPECT_EQ(ap({{{truth(1)}, {}, {}}}), 0);
  EXPECT_EQ(ap({{{}, {guess(1, 1)}, {}}}), 0);
  EXPECT_EQ(ap({{{truth(1)}, {guess(2, 1)}, {}}}), 0);
}

// Two labels; the surest guess is false, then one is right: precision 1/2 up to recall 1/2, nothing beyond.
TEST(KittiPrecision, AFalseGuessBeforeARightOneHalvesPrecision) {
  EXPECT_DOUBLE_EQ(ap({{{truth(1), truth(2)}, {guess(5, 0.9), guess(1, 0.5)}, {}}}), 0.25);
  // After it, it costs nothing.
  EXPECT_DOUBLE_EQ(ap({{{truth(1), truth(2)}, {guess(5, 0.3), guess(1, 0.5)}, {}}}), 0.5);
}

// Right, false, right: 1 up to recall 1/2, then 2/3.
TEST(KittiPrecision, IsTheBestAtThatRecallOrMore) {
  const std::vector<KittiFrame> frames = {{{truth(1), truth(2)}, {guess(1, 0.9), guess(5, 0.8), guess(2, 0.7)}, {}}};
  EXPECT_DOUBLE_EQ(ap(frames), (20 * 1.0 + 20 * 2.0 / 3) / 40);
}

TEST(KittiPrecision, ASecondGuessForTheSameLabelIsFalse) {
  EXPECT_DOUBLE_EQ(ap({{{truth(1), truth(2)}, {guess(1, 0.9), guess(1, 0.8, 60, 0.1), guess(2, 0.7)}, {}}}),
                   (20 * 1.0 + 20 * 2.0 / 3) / 40);
}

TEST(KittiPrecision, OverlapMustExceedTheLimit) {
  // Moved by d of 4 m the overlap is (4 - d) / (4 + d): 0.7 at 0.7059 m.
  EXPECT_EQ(ap({{{truth(1)}, {guess(1, 1, 60, 0.70)}, {}}}), 1);
  EXPECT_EQ(ap({{{truth(1)}, {guess(1, 1, 60, 0.72)}, {}}}), 0);
  EXPECT_EQ(ap({{{truth(1)}, {guess(1, 1, 60, 0.72)}, {}}}, kModerate, KittiOverlap::kVolume, 0.5), 1);
  // Half a metre higher nothing changes from above.
  KittiGuess high = guess(1, 1);
  high.box.z_m += 0.5;
  EXPECT_EQ(ap({{{truth(1)}, {high}, {}}}, kModerate, KittiOverlap::kGround), 1);
  EXPECT_EQ(ap({{{truth(1)}, {high}, {}}}), 0);
}

TEST(KittiPrecision, LabelsBeyondTheDifficultyMayBeFoundOrMissed) {
  struct Case {
    KittiTruth truth;
    int easy, moderate, hard;  // labels that count
  };
  for (const auto& [label, easy, moderate, hard] :
       {Case{truth(1, 41), 1, 1, 1}, Case{truth(1, 40), 0, 1, 1}, Case{truth(1, 25), 0, 0, 0},
        Case{truth(1, 60, 1), 0, 1, 1}, Case{truth(1, 60, 2), 0, 0, 1}, Case{truth(1, 60, 3), 0, 0, 0},
        Case{truth(1, 60, 0, 0.2), 0, 1, 1}, Case{truth(1, 60, 0, 0.4), 0, 0, 1}, Case{truth(1, 60, 0, 0.6), 0, 0, 0},
        Case{truth(1, 60, 0, 0, KittiRole::kNeighbour), 0, 0, 0},
        Case{truth(1, 60, 0, 0, KittiRole::kOther), 0, 0, 0}}) {
    const std::vector<KittiFrame> missed = {{{label, truth(2)}, {guess(2, 0.5)}, {}}};
    int k = 0;
    for (const int count : {easy, moderate, hard}) {
      const KittiDifficulty difficulty = kKittiDifficulties[static_cast<std::size_t>(k++)];
      const auto result = kitti_precision(missed, {KittiOverlap::kVolume, 0.7, difficulty});
      EXPECT_EQ(result.truth_count, 1 + count);
      EXPECT_DOUBLE_EQ(result.average_precision, count == 1 ? 0.5 : 1);
    }
  }
}

TEST(KittiPrecision, WhatFindsAnIgnoredLabelIsNotFalseAndWhatFindsAnotherClassIs) {
  const auto with = [](KittiRole role) {
    return ap({{{truth(1, 60, 0, 0, role), truth(2)}, {guess(1, 0.9), guess(2, 0.5)}, {}}});
  };
  EXPECT_DOUBLE_EQ(with(KittiRole::kNeighbour), 1);
  EXPECT_DOUBLE_EQ(with(KittiRole::kOther), 0.5);
}

TEST(KittiPrecision, LowGuessesAreNeitherRightNorFalse) {
  EXPECT_DOUBLE_EQ(ap({{{truth(2)}, {guess(5, 0.9, 24), guess(2, 0.5)}, {}}}), 1);
  EXPECT_DOUBLE_EQ(ap({{{truth(2)}, {guess(5, 0.9, 25), guess(2, 0.5)}, {}}}), 0.5);
  EXPECT_DOUBLE_EQ(ap({{{truth(2)}, {guess(5, 0.9, 39), guess(2, 0.5)}, {}}}, kEasy), 1);
  // A label takes one that is high enough first, even where the low one fits better.
  EXPECT_DOUBLE_EQ(ap({{{truth(2), truth(3)}, {guess(2, 0.9, 20), guess(2, 0.5, 60, 0.2), guess(3, 0.4)}, {}}}, kHard),
                   1);
  EXPECT_DOUBLE_EQ(ap({{{truth(2)}, {guess(2, 0.9, 20)}, {}}}, kHard), 0);
}

TEST(KittiPrecision, IgnoredRegionsForgiveInTheImageOnly) {
  const std::vector<KittiFrame> frames = {{{truth(1)}, {guess(3, 0.9), guess(1, 0.5)}, {picture(3)}}};
  EXPECT_DOUBLE_EQ(ap(frames, kModerate, KittiOverlap::kImage), 1);
  EXPECT_DOUBLE_EQ(ap(frames, kModerate, KittiOverlap::kVolume), 0.5);
  EXPECT_DOUBLE_EQ(ap(frames, kModerate, KittiOverlap::kGround), 0.5);
}

std::vector<KittiFrame> random_frames(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> score(0, 1), off_m(-1, 1);
  std::vector<KittiFrame> frames(10);
  for (KittiFrame& frame : frames) {
    for (int i = 1; i <= 8; ++i) {
      if (random() % 4 != 0)
        frame.truths.push_back(truth(i, random() % 3 == 0 ? 30 : 60, static_cast<int>(random() % 4)));
      if (random() % 4 != 0) frame.guesses.push_back(guess(i, score(random), 60, off_m(random)));
    }
  }
  return frames;
}

TEST(KittiPrecision, OrderAndScaleOfScoresDoNotMatter) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto frames = random_frames(seed);
    const double before = ap(frames);
    EXPECT_GT(before, 0);
    EXPECT_LT(before, 1);
    auto changed = frames;
    std::mt19937_64 random(seed);
    for (KittiFrame& frame : changed) {
      std::shuffle(frame.guesses.begin(), frame.guesses.end(), random);
      std::shuffle(frame.truths.begin(), frame.truths.end(), random);
      for (KittiGuess& one : frame.guesses) one.score = 5 * one.score * one.score - 3;
    }
    std::shuffle(changed.begin(), changed.end(), random);
    EXPECT_DOUBLE_EQ(ap(changed), before);
  }
}

TEST(KittiPrecision, OneMoreFalseGuessNeverHelpsAndOneMoreRightOneNeverHurts) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto frames = random_frames(seed);
    const double before = ap(frames);
    frames[0].guesses.push_back(guess(20, 0.7));
    EXPECT_LE(ap(frames), before);
    frames[0].guesses.pop_back();
    frames[0].truths.push_back(truth(20));
    const double with_label = ap(frames);
    frames[0].guesses.push_back(guess(20, 0.7));
    EXPECT_GE(ap(frames), with_label);
  }
}

}  // namespace
}  // namespace hangil::evaluation
