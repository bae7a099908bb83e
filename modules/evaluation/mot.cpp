// SPDX-License-Identifier: Apache-2.0
#include "evaluation/mot.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "evaluation/camera_view.hpp"
#include "evaluation/mot_trajectory.hpp"
#include "evaluation/protocol.hpp"
#include "math/assignment.hpp"
#include "math/box2.hpp"

namespace hangil::evaluation {

namespace {

constexpr double kMinHeight_px = 25;
constexpr double kIgnoreOverlap_ratio = 0.5;  // of the estimate's image box inside an ignore region
constexpr int kRecallPointCount = 40;
constexpr double kEverything = -std::numeric_limits<double>::infinity();

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

// The confidences at which recall comes nearest to each of the 40 points, as the benchmark picks them; the first,
// recall 0, is left out.
std::vector<double> thresholds_of(std::vector<double> match_confidences, double truth_count) {
  std::sort(match_confidences.begin(), match_confidences.end(), std::greater<>());
  const std::size_t count = match_confidences.size();
  std::vector<double> thresholds;
  double aim = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double here = static_cast<double>(i + 1) / truth_count;
    const double next = static_cast<double>(i + 2) / truth_count;
    if (i + 1 < count && next - aim < aim - here) continue;
    thresholds.push_back(match_confidences[i]);
    aim += 1.0 / kRecallPointCount;
  }
  if (!thresholds.empty()) thresholds.erase(thresholds.begin());
  return thresholds;
}

}  // namespace

bool is_ignorable(const MotEstimate& estimate, const std::vector<messages::ImageBox>& ignore_regions) {
  const messages::ImageBox& box = estimate.image_box;
  if (box.bottom_px - box.top_px <= kMinHeight_px) return true;
  return std::any_of(ignore_regions.begin(), ignore_regions.end(), [&](const messages::ImageBox& region) {
    return covered_ratio(box, region) > kIgnoreOverlap_ratio;
  });
}

std::map<std::uint32_t, double> mean_confidences(const MotSequence& sequence) {
  std::map<std::uint32_t, std::pair<double, int>> sums;
  for (const MotFrame& frame : sequence) {
    for (const MotEstimate& estimate : frame.estimates) {
      auto& [sum, count] = sums[estimate.id];
      sum += estimate.confidence, ++count;
    }
  }
  std::map<std::uint32_t, double> means;
  for (const auto& [id, sum] : sums) means[id] = sum.first / sum.second;
  return means;
}

// Running sums over frames, and what the last frame's matching left.
struct MotEvaluation::Tally {
  MotScore score;
  double iou_sum = 0;
  std::vector<double> match_confidences;
  std::map<std::int32_t, MotTrajectory> trajectories;  // of the sequence at hand

  void add_found(const MotTruth& truth, std::uint32_t track_id, double confidence, double iou) {
    score.truth_count += !truth.is_ignored;
    score.true_positive_count += !truth.is_ignored;
    score.ignored_match_count += truth.is_ignored;
    iou_sum += iou;
    match_confidences.push_back(confidence);
    trajectories[truth.id].steps.push_back({track_id, truth.is_ignored});
  }

  void add_missed(const MotTruth& truth) {
    score.truth_count += !truth.is_ignored;
    score.false_negative_count += !truth.is_ignored;
    trajectories[truth.id].steps.push_back({MotTrajectory::kNoTrack, truth.is_ignored});
  }

  void finish_sequence() {
    for (const auto& [id, trajectory] : trajectories) add_trajectory(trajectory, score);
    trajectories.clear();
  }

  MotScore finished(double least_confidence, double recall) {
    score.least_confidence = least_confidence;
    const double truths = score.truth_count;
    const double wrong = score.false_negative_count + score.false_positive_count + score.id_switch_count;
    score.mota = truths > 0 ? 1 - wrong / truths : 0;
    score.smota = truths > 0 ? std::clamp(1 - (wrong - (1 - recall) * truths) / (recall * truths), 0.0, 1.0) : 0;
    score.motp = share(iou_sum, score.true_positive_count + score.ignored_match_count);
    score.recall = share(score.true_positive_count, score.true_positive_count + score.false_negative_count);
    score.precision = share(score.true_positive_count, score.true_positive_count + score.false_positive_count);
    return score;
  }
};

MotEvaluation::MotEvaluation(std::span<const MotSequence> sequences, double min_iou) {
  for (const MotSequence& sequence : sequences) add_sequence(sequence, min_iou);
}

void MotEvaluation::add_sequence(const MotSequence& sequence, double min_iou) {
  const auto confidence_of_track = mean_confidences(sequence);
  std::vector<Frame>& frames = sequences_.emplace_back(sequence.size());
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const MotFrame& given = sequence[i];
    frames[i].frame = &given;
    for (const MotEstimate& estimate : given.estimates) {
      frames[i].confidences.push_back(confidence_of_track.at(estimate.id));
      frames[i].is_ignorable.push_back(is_ignorable(estimate, given.ignore_regions));
    }
    for (std::size_t t = 0; t < given.truths.size(); ++t) {
      for (std::size_t e = 0; e < given.estimates.size(); ++e) {
        const double iou = intersection_over_union_3d(given.truths[t].box, given.estimates[e].box);
        if (iou >= min_iou) frames[i].pairs.push_back({static_cast<int>(t), static_cast<int>(e), iou});
      }
    }
  }
}

void MotEvaluation::match(const Frame& frame, double least_confidence, Tally& tally) {
  const std::size_t rows = frame.frame->truths.size(), columns = frame.frame->estimates.size();
  std::vector<double> cost(rows * columns, math::kForbiddenPair);
  for (const Pair& pair : frame.pairs) {
    const auto row = static_cast<std::size_t>(pair.truth), column = static_cast<std::size_t>(pair.estimate);
    if (frame.confidences[column] >= least_confidence) cost[row * columns + column] = 1 - pair.iou;
  }
  const auto column_of_row = math::assign(cost, static_cast<int>(rows), static_cast<int>(columns));
  std::vector<char> is_matched(columns, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const MotTruth& truth = frame.frame->truths[row];
    if (column_of_row[row] < 0) {
      tally.add_missed(truth);
      continue;
    }
    const auto column = static_cast<std::size_t>(column_of_row[row]);
    is_matched[column] = 1;
    tally.add_found(truth, frame.frame->estimates[column].id, frame.confidences[column],
                    1 - cost[row * columns + column]);
  }
  for (std::size_t column = 0; column < columns; ++column) {
    const bool is_counted = frame.confidences[column] >= least_confidence && !frame.is_ignorable[column];
    tally.score.false_positive_count += is_counted && !is_matched[column];
  }
}

void MotEvaluation::count(const std::vector<Frame>& sequence, double least_confidence, Tally& tally) const {
  for (const Frame& frame : sequence) match(frame, least_confidence, tally);
  tally.finish_sequence();
}

MotScore MotEvaluation::score(double least_confidence, double recall) const {
  Tally tally;
  for (const auto& sequence : sequences_) count(sequence, least_confidence, tally);
  return tally.finished(least_confidence, recall);
}

MotScore MotEvaluation::score_of_sequence(std::size_t sequence, double least_confidence) const {
  Tally tally;
  count(sequences_[sequence], least_confidence, tally);
  return tally.finished(least_confidence, 1);
}

MotSummary MotEvaluation::sweep() const {
  Tally everything;
  for (const auto& sequence : sequences_) count(sequence, kEverything, everything);
  const double truth_count = everything.score.truth_count + everything.score.ignored_match_count;
  MotSummary summary;
  summary.best = everything.finished(kEverything, 1);
  double best_mota = 0;
  for (const double threshold : thresholds_of(everything.match_confidences, truth_count)) {
    summary.recalls.push_back(static_cast<double>(summary.recalls.size() + 1) / kRecallPointCount);
    summary.by_recall.push_back(score(threshold, summary.recalls.back()));
    const MotScore& here = summary.by_recall.back();
    summary.samota += here.smota / kRecallPointCount;
    summary.amota += here.mota / kRecallPointCount;
    summary.amotp += here.motp / kRecallPointCount;
    if (here.mota > best_mota) best_mota = here.mota, summary.best = here;
  }
  return summary;
}

}  // namespace hangil::evaluation
