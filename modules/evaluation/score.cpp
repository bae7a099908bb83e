// SPDX-License-Identifier: Apache-2.0
#include "evaluation/score.hpp"

#include <algorithm>

namespace hangil::evaluation {

namespace {

Score finished(Score score, std::string name) {
  score.name = std::move(name);
  score.recall_ratio = ratio(score.found_count, score.truth_count);
  score.precision_ratio = ratio(score.right_count, score.box_count);
  return score;
}

bool is_empty(const Score& score) { return score.truth_count == 0 && score.box_count == 0; }

}  // namespace

double ratio(double part, double whole) { return whole > 0 ? part / whole : kNoValue; }

void ScoreTally::add(const EvaluatedFrame& frame, const FrameMatch& match) {
  for (std::size_t i = 0; i < frame.truth.objects.size(); ++i) {
    if (match.is_counted[i] != 0) count_truth(frame.truth.objects[i], match.box_of_truth[i] >= 0);
  }
  for (std::size_t i = 0; i < frame.answer.boxes.size(); ++i) {
    const BoxFate fate = match.box_fates[i];
    if (fate != BoxFate::kIgnored) count_box(frame.answer.boxes[i], fate == BoxFate::kRight);
  }
}

std::size_t ScoreTally::band(double distance_m) const {
  const double share = distance_m / protocol_.max_distance_m * static_cast<double>(kBandCount);
  return std::min(static_cast<std::size_t>(std::max(share, 0.0)), kBandCount - 1);
}

void ScoreTally::count_truth(const messages::TruthObject& object, bool is_found) {
  const auto group = static_cast<std::size_t>(object.object_class);
  for (Score* score : {&total_, &by_class_[group], &by_distance_[band(distance_m(object.box))]}) {
    score->truth_count += 1;
    score->found_count += is_found ? 1 : 0;
  }
}

void ScoreTally::count_box(const Candidate& box, bool is_right) {
  const auto group = std::min(static_cast<std::size_t>(box.object_class), by_class_.size() - 1);
  for (Score* score : {&total_, &by_class_[group], &by_distance_[band(distance_m(box.box))]}) {
    score->box_count += 1;
    score->right_count += is_right ? 1 : 0;
  }
}

ScoreSheet ScoreTally::sheet() const {
  ScoreSheet sheet{finished(total_, "all"), {}, {}};
  for (std::size_t i = 0; i < by_class_.size(); ++i) {
    if (is_empty(by_class_[i])) continue;
    sheet.by_class.push_back(
        finished(by_class_[i], std::string(messages::class_name(static_cast<messages::ObjectClass>(i)))));
  }
  const auto edge = [&](std::size_t i) {
    return std::to_string(static_cast<int>(protocol_.max_distance_m * static_cast<double>(i) / kBandCount));
  };
  for (std::size_t i = 0; i < kBandCount; ++i) {
    if (!is_empty(by_distance_[i])) {
      sheet.by_distance.push_back(finished(by_distance_[i], edge(i) + " to " + edge(i + 1) + " m"));
    }
  }
  return sheet;
}

}  // namespace hangil::evaluation
