// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluation/mot.hpp"

namespace hangil::evaluation {

namespace {

constexpr double kIsThatOne_iou = 0.5;

double best_overlap(const MotFrame& frame, const messages::Box3& box, bool is_ignored) {
  double best = 0;
  for (const MotTruth& truth : frame.truths) {
    if (truth.is_ignored == is_ignored) best = std::max(best, intersection_over_union_3d(truth.box, box));
  }
  return best;
}

// What follows an ignored truth, or what may be left out and follows none that counts, is taken away beforehand.
bool is_left_out(const MotFrame& frame, const MotEstimate& estimate) {
  const double counted = best_overlap(frame, estimate.box, false);
  if (counted >= kIsThatOne_iou) return false;
  return best_overlap(frame, estimate.box, true) >= std::max(kIsThatOne_iou, counted) ||
         is_ignorable(estimate, frame.ignore_regions);
}

HotaFrame hota_frame(const MotFrame& frame, const std::map<std::uint32_t, double>& confidences,
                     double least_confidence) {
  HotaFrame made;
  std::vector<const messages::Box3*> truths, estimates;
  for (const MotTruth& truth : frame.truths) {
    if (truth.is_ignored) continue;
    made.truth_ids.push_back(static_cast<std::uint32_t>(truth.id)), truths.push_back(&truth.box);
  }
  for (const MotEstimate& estimate : frame.estimates) {
    if (confidences.at(estimate.id) < least_confidence || is_left_out(frame, estimate)) continue;
    made.track_ids.push_back(estimate.id), estimates.push_back(&estimate.box);
  }
  for (const messages::Box3* truth : truths) {
    for (const messages::Box3* estimate : estimates) {
      made.likeness.push_back(intersection_over_union_3d(*truth, *estimate));
    }
  }
  return made;
}

}  // namespace

HotaScore mot_hota(std::span<const MotSequence> sequences, double least_confidence) {
  std::vector<HotaSequence> made;
  for (const MotSequence& sequence : sequences) {
    const auto confidences = mean_confidences(sequence);
    HotaSequence& frames = made.emplace_back();
    for (const MotFrame& frame : sequence) frames.push_back(hota_frame(frame, confidences, least_confidence));
  }
  return score_hota(made);
}

}  // namespace hangil::evaluation
