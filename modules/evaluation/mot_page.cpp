// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "evaluation/mot_report.hpp"

namespace hangil::evaluation {

namespace {

constexpr std::size_t kWorstFrames = 6;

std::string name_of(const MotResult& result) {
  return fmt::format("{}, IoU {:.2f}", messages::class_name(result.object_class), result.min_iou);
}

// What is counted of a frame: tracks that are sure enough over their whole life.
MotFrame sure_part(const MotFrame& frame, const std::map<std::uint32_t, double>& confidences, double least) {
  MotFrame part{frame.truths, frame.ignore_regions, {}};
  for (const MotEstimate& estimate : frame.estimates) {
    if (confidences.at(estimate.id) >= least) part.estimates.push_back(estimate);
  }
  return part;
}

std::string frame_svg(const MotFrame& frame, const std::string& title) {
  std::vector<messages::Box3> truths, guesses;
  for (const MotTruth& truth : frame.truths) truths.push_back(truth.box);
  for (const MotEstimate& estimate : frame.estimates) guesses.push_back(estimate.box);
  return boxes_svg(truths, guesses, title);
}

Table summary_of(const std::vector<MotResult>& results) {
  Table table{"Tracking, at the threshold with the best MOTA",
              {"class, overlap", "sAMOTA", "AMOTA", "HOTA", "MOTA", "recall", "precision", "IDS", "FP", "FN"},
              {},
              ""};
  for (const MotResult& result : results) {
    const MotScore& best = result.summary.best;
    table.rows.push_back({name_of(result), percent_text(result.summary.samota, 2),
                          percent_text(result.summary.amota, 2), percent_text(result.hota.hota, 2),
                          percent_text(best.mota, 2), percent_text(best.recall, 2), percent_text(best.precision, 2),
                          std::to_string(best.id_switch_count), std::to_string(best.false_positive_count),
                          std::to_string(best.false_negative_count)});
  }
  return table;
}

PrecisionCurve curve_of(const MotResult& result) {
  PrecisionCurve curve{name_of(result), {}};
  for (const MotScore& score : result.summary.by_recall) {
    if (score.recall > 0) curve.points.push_back({score.recall, score.precision});
  }
  std::sort(curve.points.begin(), curve.points.end(), [](const auto& a, const auto& b) { return a.recall < b.recall; });
  return curve;
}

struct WorstOfSequence {
  FrameErrors errors;
  std::size_t sequence = 0;
};

// The worst frame of each sequence, the worst sequence first.
std::vector<WorstOfSequence> worst_by_sequence(const MotResult& result, std::span<const MotSequence> sequences) {
  std::vector<WorstOfSequence> worst;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto of = worst_of(mot_errors(sequences[i], result.min_iou, result.summary.best.least_confidence), 1);
    if (!of.empty()) worst.push_back({of.front(), i});
  }
  std::stable_sort(worst.begin(), worst.end(), [](const WorstOfSequence& a, const WorstOfSequence& b) {
    return a.errors.missed + a.errors.wrong > b.errors.missed + b.errors.wrong;
  });
  worst.resize(std::min(worst.size(), kWorstFrames));
  return worst;
}

}  // namespace

std::vector<FrameErrors> mot_errors(const MotSequence& sequence, double min_iou, double least_confidence) {
  const auto confidences = mean_confidences(sequence);
  std::vector<FrameErrors> errors;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const std::array<MotSequence, 1> one = {MotSequence{sure_part(sequence[i], confidences, least_confidence)}};
    const MotScore score = MotEvaluation(one, min_iou).score(-1e300);
    errors.push_back({i, score.false_negative_count, score.false_positive_count});
  }
  return errors;
}

std::string mot_page(const std::vector<MotResult>& results,
                     const std::vector<std::span<const MotSequence>>& sequences) {
  MetricPage page{"Tracking benchmark", "Hangil tracking",
                  "CLEAR MOT and AMOTA as AB3DMOT counts them, HOTA; worst frames: of the first class and overlap"};
  page.tables = {summary_of(results)}, page.json = mot_json(results), page.legend = worst_legend();
  page.charts = {{"Tracks by their confidence", {}}};
  for (const MotResult& result : results) page.charts[0].curves.push_back(curve_of(result));
  for (const auto& [errors, sequence] : worst_by_sequence(results.front(), sequences.front())) {
    const std::string title = "sequence " + results.front().sequence_names[sequence] + ", " + title_of(errors);
    const MotSequence& of = sequences.front()[sequence];
    const MotFrame part =
        sure_part(of[errors.frame], mean_confidences(of), results.front().summary.best.least_confidence);
    page.worst.push_back({title, frame_svg(part, title), ""});
  }
  return metric_page(page);
}

}  // namespace hangil::evaluation
