// SPDX-License-Identifier: Apache-2.0
#include "evaluation/kitti_detection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluation/camera_view.hpp"
#include "messages/box3_overlap.hpp"

namespace hangil::evaluation {

namespace {

enum class Standing { kCounts, kIgnored, kAbsent };

double height_px(const messages::ImageBox& box) { return std::abs(box.bottom_px - box.top_px); }

Standing standing_of(const KittiTruth& truth, const KittiDifficulty& difficulty) {
  if (truth.role == KittiRole::kOther) return Standing::kAbsent;
  const bool is_beyond = truth.occlusion > difficulty.most_occlusion ||
                         truth.truncation_ratio > difficulty.most_truncation_ratio ||
                         height_px(truth.image_box) <= difficulty.least_height_px;
  return is_beyond || truth.role == KittiRole::kNeighbour ? Standing::kIgnored : Standing::kCounts;
}

double image_overlap(const messages::ImageBox& a, const messages::ImageBox& b) {
  const auto area = [](const messages::ImageBox& box) {
    return double{box.right_px - box.left_px} * double{box.bottom_px - box.top_px};
  };
  const double common = covered_ratio(a, b) * area(a);
  return common > 0 ? common / (area(a) + area(b) - common) : 0;
}

double overlap_of(const KittiTruth& truth, const KittiGuess& guess, KittiOverlap kind) {
  if (kind == KittiOverlap::kImage) return image_overlap(guess.image_box, truth.image_box);
  if (!messages::is_finite(truth.box) || !messages::is_finite(guess.box)) return 0;
  if (kind == KittiOverlap::kVolume) return messages::intersection_over_union_3d(truth.box, guess.box);
  return math::intersection_over_union(messages::footprint_of(truth.box), messages::footprint_of(guess.box));
}

struct Counts {
  int right = 0, wrong = 0;
};

// One frame, ready to be matched at any score.
class MatchableFrame {
 public:
  MatchableFrame(const KittiFrame& frame, const KittiRule& rule) : frame_(frame), rule_(rule) {
    for (const KittiTruth& truth : frame.truths) {
      const Standing standing = standing_of(truth, rule.difficulty);
      if (standing == Standing::kAbsent) continue;
      is_counted_.push_back(standing == Standing::kCounts);
      for (const KittiGuess& guess : frame.guesses) overlaps_.push_back(overlap_of(truth, guess, rule.overlap));
    }
    for (const KittiGuess& guess : frame.guesses) {
      is_low_.push_back(height_px(guess.image_box) < rule.difficulty.least_height_px);
    }
  }

  int truth_count() const { return static_cast<int>(std::count(is_counted_.begin(), is_counted_.end(), true)); }

  // The scores of what is found when each label takes the surest guess.
  void add_scores(std::vector<double>& scores) const {
    std::vector<char> is_taken(frame_.guesses.size(), false);
    for (std::size_t t = 0; t < is_counted_.size(); ++t) {
      int best = -1;
      for (std::size_t g = 0; g < frame_.guesses.size(); ++g) {
        if (is_taken[g] || !fits(t, g)) continue;
        if (best < 0 || frame_.guesses[g].score > score(best)) best = static_cast<int>(g);
      }
      if (best < 0) continue;
      is_taken[static_cast<std::size_t>(best)] = true;
      if (is_counted_[t] && !is_low_[static_cast<std::size_t>(best)]) scores.push_back(score(best));
    }
  }

  // Of guesses from `least_score` on, each label takes the one that overlaps most, a low one only for want of others.
  void count(double least_score, Counts& counts) const {
    std::vector<char> is_taken(frame_.guesses.size(), false);
    for (std::size_t g = 0; g < is_taken.size(); ++g) is_taken[g] = !(frame_.guesses[g].score >= least_score);
    for (std::size_t t = 0; t < is_counted_.size(); ++t) {
      const int best = best_fit(t, is_taken);
      if (best < 0) continue;
      is_taken[static_cast<std::size_t>(best)] = true;
      if (is_counted_[t] && !is_low_[static_cast<std::size_t>(best)]) ++counts.right;
    }
    for (std::size_t g = 0; g < is_taken.size(); ++g) {
      if (!is_taken[g] && !is_low_[g] && !is_in_ignored_region(frame_.guesses[g])) ++counts.wrong;
    }
  }

 private:
  double score(int guess) const { return frame_.guesses[static_cast<std::size_t>(guess)].score; }
  double overlap(std::size_t truth, std::size_t guess) const {
    return overlaps_[truth * frame_.guesses.size() + guess];
  }
  bool fits(std::size_t truth, std::size_t guess) const { return overlap(truth, guess) > rule_.least_overlap; }

  int best_fit(std::size_t truth, const std::vector<char>& is_taken) const {
    int best = -1;
    double most = 0;
    bool is_best_low = false;
    for (std::size_t g = 0; g < is_taken.size(); ++g) {
      if (is_taken[g] || !fits(truth, g)) continue;
      const bool is_better = is_low_[g] ? best < 0 : is_best_low || overlap(truth, g) > most;
      if (!is_better) continue;
      best = static_cast<int>(g), is_best_low = is_low_[g];
      most = is_low_[g] ? 0 : overlap(truth, g);
    }
    return best;
  }

  bool is_in_ignored_region(const KittiGuess& guess) const {
    if (rule_.overlap != KittiOverlap::kImage) return false;
    return std::any_of(frame_.ignore_regions.begin(), frame_.ignore_regions.end(), [&](const auto& region) {
      return covered_ratio(guess.image_box, region) > rule_.least_overlap;
    });
  }

  const KittiFrame& frame_;
  const KittiRule& rule_;
  std::vector<char> is_counted_;  // by label that is not absent; the others are ignored
  std::vector<double> overlaps_;  // by such label, then guess
  std::vector<char> is_low_;      // by guess
};

// Best precision at that recall or more, at 1/40, 2/40 ... 1.
double mean_precision(const std::vector<KittiPoint>& points) {
  constexpr int kRecallPoints = 40;
  double sum = 0;
  for (int k = 1; k <= kRecallPoints; ++k) {
    const double recall = static_cast<double>(k) / kRecallPoints;
    double best = 0;
    for (const KittiPoint& point : points) {
      if (point.recall >= recall - 1e-9) best = std::max(best, point.precision);
    }
    sum += best;
  }
  return sum / kRecallPoints;
}

}  // namespace

KittiPrecision kitti_precision(std::span<const KittiFrame> frames, const KittiRule& rule) {
  KittiPrecision result;
  std::vector<MatchableFrame> matchable;
  std::vector<double> scores;
  for (const KittiFrame& frame : frames) {
    matchable.emplace_back(frame, rule);
    result.truth_count += matchable.back().truth_count();
    matchable.back().add_scores(scores);
  }
  std::sort(scores.begin(), scores.end(), std::greater<>());
  scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
  for (const double score : scores) {
    Counts counts;
    for (const MatchableFrame& frame : matchable) frame.count(score, counts);
    if (counts.right == 0) continue;
    result.points.push_back({static_cast<double>(counts.right) / result.truth_count,
                             static_cast<double>(counts.right) / (counts.right + counts.wrong), score});
  }
  result.average_precision = mean_precision(result.points);
  return result;
}

std::vector<FrameErrors> kitti_errors(std::span<const KittiFrame> frames, const KittiRule& rule) {
  double best_f1 = 0, best_score = std::numeric_limits<double>::infinity();
  for (const KittiPoint& point : kitti_precision(frames, rule).points) {
    const double f1 = 2 * point.precision * point.recall / (point.precision + point.recall);
    if (f1 > best_f1) best_f1 = f1, best_score = point.score;
  }
  std::vector<FrameErrors> errors;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const MatchableFrame matchable(frames[i], rule);
    Counts counts;
    matchable.count(best_score, counts);
    errors.push_back({i, matchable.truth_count() - counts.right, counts.wrong});
  }
  return errors;
}

}  // namespace hangil::evaluation
