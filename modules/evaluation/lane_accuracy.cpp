// SPDX-License-Identifier: Apache-2.0
#include "evaluation/lane_accuracy.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hangil::evaluation {

namespace {

constexpr double kNearPx = 20, kMatchedShare = 0.85;
constexpr double kForgivingCount = 4;  // lanes beyond which the worst is forgiven
constexpr std::size_t kMostExtraGuesses = 2;

// Columns a row by least squares: how far the lane leans from upright.
double lean_of(const std::vector<double>& lane, const std::vector<double>& rows) {
  double n = 0, row_sum = 0, column_sum = 0;
  for (std::size_t i = 0; i < lane.size(); ++i) {
    if (lane[i] < 0) continue;
    ++n, row_sum += rows[i], column_sum += lane[i];
  }
  if (n < 2) return 0;
  double rows_squared = 0, mixed = 0;
  for (std::size_t i = 0; i < lane.size(); ++i) {
    if (lane[i] < 0) continue;
    const double row = rows[i] - row_sum / n;
    rows_squared += row * row;
    mixed += row * (lane[i] - column_sum / n);
  }
  return rows_squared > 0 ? mixed / rows_squared : 0;
}

// Rows on which neither has a lane agree, too.
double share_near(const std::vector<double>& guess, const std::vector<double>& truth, double near_px) {
  if (truth.empty()) return 0;
  int count = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const bool is_guessed = guess[i] >= 0, is_there = truth[i] >= 0;
    count += is_guessed == is_there && (!is_there || std::abs(guess[i] - truth[i]) < near_px);
  }
  return count / static_cast<double>(truth.size());
}

double best_share(const LanePicture& picture, const std::vector<double>& truth) {
  // 1 / cos(atan(lean)): 20 px across the lane are so many along a row.
  const double near_px = kNearPx * std::hypot(1, lean_of(truth, picture.rows));
  double best = 0;
  for (const auto& guess : picture.guesses) best = std::max(best, share_near(guess, truth, near_px));
  return best;
}

}  // namespace

LaneScore score_lanes(const LanePicture& picture) {
  [[maybe_unused]] const auto fits = [&](const auto& lane) { return lane.size() == picture.rows.size(); };
  assert(std::all_of(picture.truths.begin(), picture.truths.end(), fits));
  assert(std::all_of(picture.guesses.begin(), picture.guesses.end(), fits));
  if (picture.guesses.size() > picture.truths.size() + kMostExtraGuesses) return {0, 0, 1};
  const auto truth_count = static_cast<double>(picture.truths.size());
  const auto guess_count = static_cast<double>(picture.guesses.size());
  double sum = 0, least = 1, matched = 0;
  for (const auto& truth : picture.truths) {
    const double share = best_share(picture, truth);
    sum += share;
    least = std::min(least, share);
    matched += share >= kMatchedShare ? 1 : 0;
  }
  double missed = truth_count - matched;
  if (truth_count > kForgivingCount) {
    sum -= least;
    if (missed > 0) --missed;
  }
  const double counted = std::max(1.0, std::min(kForgivingCount, truth_count));
  return {sum / counted, guess_count > 0 ? (guess_count - matched) / guess_count : 0, missed / counted};
}

LaneScore mean_of(std::span<const LaneScore> scores) {
  LaneScore mean;
  for (const LaneScore& score : scores) {
    mean.accuracy += score.accuracy / static_cast<double>(scores.size());
    mean.false_positives += score.false_positives / static_cast<double>(scores.size());
    mean.false_negatives += score.false_negatives / static_cast<double>(scores.size());
  }
  return mean;
}

}  // namespace hangil::evaluation
