// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "evaluation/metric_page.hpp"
#include "evaluation/mot.hpp"
#include "evaluation/worst_frames.hpp"
#include "messages/object_class.hpp"

namespace hangil::evaluation {

// One class at one overlap, over all sequences and for each alone at the same threshold.
struct MotResult {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  double min_iou = 0;
  MotSummary summary;
  HotaScore hota;  // at the threshold of the best MOTA; by 3D IoU from 0.05 to 0.95, whatever min_iou
  std::vector<std::string> sequence_names;
  std::vector<MotScore> by_sequence;
};

MotResult evaluate_mot(std::span<const MotSequence> sequences, const std::vector<std::string>& sequence_names,
                       messages::ObjectClass object_class, double min_iou);

// For people: a line a class and overlap, then a line a sequence. Rates in percent.
std::string mot_table(std::span<const MotResult> results);

// {"mot": [{"class": "car", "min_iou": 0.25, "samota": ..., "sequences": [...]}, ...]}. Rates are ratios.
std::string mot_json(std::span<const MotResult> results);

// Missed and false of each frame of a sequence, of tracks at least so sure.
std::vector<FrameErrors> mot_errors(const MotSequence& sequence, double min_iou, double least_confidence);

// The results as a page: a table, precision by recall, and the worst frames of all sequences seen from above, one of a
// sequence. `sequences` are by result.
std::string mot_page(const std::vector<MotResult>& results, const std::vector<std::span<const MotSequence>>& sequences);

}  // namespace hangil::evaluation
