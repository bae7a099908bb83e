// SPDX-License-Identifier: Apache-2.0
#include "evaluation/mot_report.hpp"

#include <fmt/format.h>

#include "base/json.hpp"

namespace hangil::evaluation {

namespace {

std::string counts_line(const MotScore& score) {
  return fmt::format("{:6.2f} {:6.2f} {:6.2f} {:6.2f} {:5} {:5} {:6} {:6} {:6} {:7} {:4}/{:<4}", 100 * score.mota,
                     100 * score.motp, 100 * score.recall, 100 * score.precision, score.id_switch_count,
                     score.fragmentation_count, score.true_positive_count, score.false_positive_count,
                     score.false_negative_count, score.ignored_match_count, score.mostly_tracked_count,
                     score.trajectory_count);
}

std::string members(const MotScore& score) {
  std::string text;
  const auto add = [&](std::string_view name, double value) {
    text += fmt::format(",\"{}\":{}", name, base::json_number(value));
  };
  add("mota", score.mota), add("motp", score.motp), add("recall", score.recall), add("precision", score.precision);
  add("ids", score.id_switch_count), add("frag", score.fragmentation_count), add("truths", score.truth_count);
  add("tp", score.true_positive_count), add("fp", score.false_positive_count);
  add("ignored_matches", score.ignored_match_count);
  add("fn", score.false_negative_count), add("trajectories", score.trajectory_count);
  add("mostly_tracked", score.mostly_tracked_count), add("mostly_lost", score.mostly_lost_count);
  return text;
}

std::string json_of(const MotResult& result) {
  std::string text = fmt::format(
      "{{\"class\":{},\"min_iou\":{},\"samota\":{},\"amota\":{},\"amotp\":{},\"hota\":{},\"deta\":{},\"assa\":{}{},"
      "\"sequences\":[",
      base::json_quote(messages::class_name(result.object_class)), base::json_number(result.min_iou),
      base::json_number(result.summary.samota), base::json_number(result.summary.amota),
      base::json_number(result.summary.amotp), base::json_number(result.hota.hota),
      base::json_number(result.hota.detection), base::json_number(result.hota.association),
      members(result.summary.best));
  for (std::size_t i = 0; i < result.by_sequence.size(); ++i) {
    text += fmt::format("{}{{\"sequence\":{}{}}}", i > 0 ? "," : "", base::json_quote(result.sequence_names[i]),
                        members(result.by_sequence[i]));
  }
  return text + "]}";
}

}  // namespace

MotResult evaluate_mot(std::span<const MotSequence> sequences, const std::vector<std::string>& sequence_names,
                       messages::ObjectClass object_class, double min_iou) {
  const MotEvaluation evaluation(sequences, min_iou);
  MotResult result{object_class, min_iou, evaluation.sweep(), {}, sequence_names, {}};
  result.hota = mot_hota(sequences, result.summary.best.least_confidence);
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    result.by_sequence.push_back(evaluation.score_of_sequence(i, result.summary.best.least_confidence));
  }
  return result;
}

std::string mot_table(std::span<const MotResult> results) {
  const char* counts = "  MOTA   MOTP recall  prec.   IDS  FRAG     TP     FP     FN ignored mostly tracked";
  std::string text = fmt::format("{:10} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {}\n", "class", "3D IoU", "sAMOTA",
                                 "AMOTA", "AMOTP", "HOTA", "DetA", "AssA", counts);
  for (const MotResult& result : results) {
    text += fmt::format("{:10} {:7.2f} {:6.2f} {:6.2f} {:6.2f} {:6.2f} {:6.2f} {:6.2f} {}\n",
                        messages::class_name(result.object_class), result.min_iou, 100 * result.summary.samota,
                        100 * result.summary.amota, 100 * result.summary.amotp, 100 * result.hota.hota,
                        100 * result.hota.detection, 100 * result.hota.association, counts_line(result.summary.best));
  }
  text += fmt::format("\nby sequence, at the threshold of the best MOTA of all together\n{:10} {:>7} {:>20} {}\n",
                      "class", "3D IoU", "sequence", counts);
  for (const MotResult& result : results) {
    for (std::size_t i = 0; i < result.by_sequence.size(); ++i) {
      text += fmt::format("{:10} {:7.2f} {:>20} {}\n", messages::class_name(result.object_class), result.min_iou,
                          result.sequence_names[i], counts_line(result.by_sequence[i]));
    }
    text += fmt::format("{:10} {:7.2f} {:>20} {}\n", messages::class_name(result.object_class), result.min_iou, "sum",
                        counts_line(result.summary.best));
  }
  return text;
}

std::string mot_json(std::span<const MotResult> results) {
  std::string text = "{\"mot\":[";
  for (std::size_t i = 0; i < results.size(); ++i) text += (i > 0 ? "," : "") + json_of(results[i]);
  return text + "]}";
}

}  // namespace hangil::evaluation
