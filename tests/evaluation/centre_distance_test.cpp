// SPDX-License-Identifier: Apache-2.0
#include "evaluation/centre_distance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

CentreBox centre_box(double x_m, double y_m = 0, double score = 0.9) {
  return {{x_m, y_m, 0, 0.2, 4, 2, 1.5}, 3, 1, score, 1};
}

// Truths 10 m apart, each found by a guess that `change` has worked on.
template <class Change>
std::vector<CentreFrame> all_found(Change change) {
  std::vector<CentreFrame> frames;
  for (int f = 0; f < 5; ++f) {
    CentreFrame& frame = frames.emplace_back();
    for (int i = 0; i < 4; ++i) {
      frame.truths.push_back(centre_box(10 * i));
      frame.guesses.push_back(centre_box(10 * i, 0, 0.5 + 0.01 * (4 * f + i)));
      change(frame.guesses.back());
    }
  }
  return frames;
}

// No two guesses are equally sure.
std::vector<CentreFrame> random_centre_frames(unsigned seed) {
  std::mt19937 random(seed);
  double surer = 0;
  const auto share = [&] { return static_cast<double>(random() % 10'000) * 1e-4; };
  std::vector<CentreFrame> frames(6);
  for (CentreFrame& frame : frames) {
    for (int i = 0; i < 5; ++i) {
      if (share() < 0.9) frame.truths.push_back(centre_box(8 * i));
      if (share() < 0.9) frame.guesses.push_back(centre_box(8 * i + 3 * share(), share(), share() + (surer += 1e-6)));
    }
  }
  return frames;
}

TEST(CentreDistance, TheTruthItselfIsWhollyRight) {
  const CentreClassScore score = score_by_centre(all_found([](CentreBox&) {}));
  EXPECT_NEAR(score.mean_average_precision, 1, 1e-9);
  const CentreSummary summary = summarize({&score, 1});
  EXPECT_NEAR(summary.nuscenes_detection_score, 1, 1e-9);
}

TEST(CentreDistance, SevenTenthsOfAMetreAreTooFarForOneOfFourDistances) {
  const CentreClassScore score = score_by_centre(all_found([](CentreBox& guess) { guess.box.y_m += 0.7; }));
  EXPECT_NEAR(score.average_precision[0], 0, 1e-9);
  EXPECT_NEAR(score.mean_average_precision, 0.75, 1e-9);
  EXPECT_NEAR(score.errors.translation_m, 0.7, 1e-9);
}

TEST(CentreDistance, EachErrorIsMeasuredAlone) {
  const CentreClassScore score = score_by_centre(all_found([](CentreBox& guess) {
    guess.box.length_m /= 2;
    guess.box.yaw_rad += std::numbers::pi - 0.1;
    guess.vx_mps += 3, guess.vy_mps += 4;
    guess.attribute = 2;
  }));
  EXPECT_NEAR(score.errors.translation_m, 0, 1e-9);
  EXPECT_NEAR(score.errors.scale, 0.5, 1e-9);
  EXPECT_NEAR(*score.errors.heading_rad, std::numbers::pi - 0.1, 1e-9);
  EXPECT_NEAR(*score.errors.velocity_mps, 5, 1e-9);
  EXPECT_NEAR(*score.errors.attribute, 1, 1e-9);
  // 0.5 for the size, nothing for what is off by 1 or more, 1 for the place, 5 for precision.
  EXPECT_NEAR(summarize({&score, 1}).nuscenes_detection_score, 0.65, 1e-9);
}

TEST(CentreDistance, AClassWithoutFrontMayStandTheOtherWay) {
  const auto turned = all_found([](CentreBox& guess) { guess.box.yaw_rad += std::numbers::pi - 0.1; });
  const CentreClassScore score = score_by_centre(turned, {.heading_period_rad = std::numbers::pi});
  EXPECT_NEAR(*score.errors.heading_rad, 0.1, 1e-9);
}

TEST(CentreDistance, WhatAClassDoesNotHaveStaysOutOfTheMeans) {
  const auto found = all_found([](CentreBox& guess) { guess.vx_mps += 0.5; });
  const std::vector<CentreClassScore> classes = {score_by_centre(found),
                                                 score_by_centre(found, {.has_heading = false, .has_velocity = false})};
  EXPECT_FALSE(classes[1].errors.velocity_mps.has_value());
  EXPECT_NEAR(*summarize(classes).errors.velocity_mps, 0.5, 1e-9);
}

// Right at 0.9, false at 0.8, right at 0.7.
TEST(CentreDistance, AFalseGuessInBetweenHasItsKnownPrecision) {
  const std::vector<CentreFrame> frames = {
      {{centre_box(0), centre_box(20)}, {centre_box(0, 0, 0.9), centre_box(40, 0, 0.8), centre_box(20, 0, 0.7)}}};
  double sum = 39 * 0.9;  // recalls 0.11 to 0.49
  for (int step = 50; step <= 100; ++step) sum += 0.5 + (step - 50) * 0.02 * (2.0 / 3 - 0.5) - 0.1;
  EXPECT_NEAR(score_by_centre(frames).average_precision[0], sum / 90 / 0.9, 1e-9);
}

TEST(CentreDistance, TheSurerOfTwoGuessesTakesTheTruth) {
  const std::vector<CentreFrame> frames = {{{centre_box(0)}, {centre_box(0.1, 0, 0.5), centre_box(0.4, 0, 0.8)}}};
  EXPECT_NEAR(score_by_centre(frames).errors.translation_m, 0.4, 1e-9);
}

TEST(CentreDistance, RecallBelowATenthIsNothing) {
  std::vector<CentreFrame> frames = {{{}, {centre_box(0)}}};
  for (int i = 0; i < 10; ++i) frames[0].truths.push_back(centre_box(10 * i));
  const CentreClassScore score = score_by_centre(frames);
  EXPECT_EQ(score.mean_average_precision, 0);
  EXPECT_EQ(score.errors.translation_m, 1);
}

TEST(CentreDistance, OrderDoesNotMatterAndAFalseGuessNeverHelps) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const auto frames = random_centre_frames(seed);
    const double before = score_by_centre(frames).mean_average_precision;
    auto others = frames;
    std::reverse(others.begin(), others.end());
    for (CentreFrame& frame : others) std::reverse(frame.guesses.begin(), frame.guesses.end());
    EXPECT_NEAR(score_by_centre(others).mean_average_precision, before, 1e-12) << seed;
    others[0].guesses.push_back(centre_box(500, 0, 0.01 * (seed % 100)));
    EXPECT_LE(score_by_centre(others).mean_average_precision, before + 1e-12) << seed;
  }
}

TEST(CentreDistance, WithoutTruthsOrGuessesThereIsNothing) {
  const std::vector<CentreFrame> nothing = {{}}, unseen = {{{centre_box(0)}, {}}}, imagined = {{{}, {centre_box(0)}}};
  for (const auto& frames : {nothing, unseen, imagined}) {
    const CentreClassScore score = score_by_centre(frames);
    EXPECT_EQ(score.mean_average_precision, 0);
    EXPECT_EQ(summarize({&score, 1}).nuscenes_detection_score, 0);
  }
  EXPECT_EQ(summarize({}).nuscenes_detection_score, 0);
}

}  // namespace
}  // namespace hangil::evaluation
