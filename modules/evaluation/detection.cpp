// SPDX-License-Identifier: Apache-2.0
#include "evaluation/detection.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "math/angles.hpp"

namespace hangil::evaluation {

using messages::ObjectClass;

namespace {

// Sums over all matched pairs.
struct Fit {
  double overlap = 0, centre_error_m = 0, yaw_error_rad = 0;
  std::uint32_t count = 0, unknown_count = 0;
};

double yaw_error_rad(double a, double b) {
  const double turn = std::abs(math::angle_difference_rad(a, b));
  return std::min(turn, std::numbers::pi - turn);
}

void add_fit(const EvaluatedFrame& frame, const FrameMatch& match, Fit& fit) {
  for (std::size_t i = 0; i < match.box_of_truth.size(); ++i) {
    if (match.box_of_truth[i] < 0) continue;
    const messages::Box3& truth = frame.truth.objects[i].box;
    const Candidate& found = frame.answer.boxes[static_cast<std::size_t>(match.box_of_truth[i])];
    fit.overlap += math::intersection_over_union(footprint(truth), footprint(found.box));
    fit.centre_error_m += std::hypot(truth.x_m - found.box.x_m, truth.y_m - found.box.y_m);
    fit.yaw_error_rad += yaw_error_rad(truth.yaw_rad, found.box.yaw_rad);
    fit.count += 1;
    fit.unknown_count += found.object_class == ObjectClass::kUnknown ? 1 : 0;
  }
}

using ClassCounts = std::map<std::pair<ObjectClass, ObjectClass>, std::uint32_t>;

void add_classes(const EvaluatedFrame& frame, const FrameMatch& match, ClassCounts& counts) {
  for (std::size_t i = 0; i < match.truth_of_box.size(); ++i) {
    if (match.truth_of_box[i] < 0) continue;
    const auto& truth = frame.truth.objects[static_cast<std::size_t>(match.truth_of_box[i])];
    ++counts[{truth.object_class, frame.answer.boxes[i].object_class}];
  }
}

void finish(const Fit& fit, const ClassCounts& counts, DetectionResult& result) {
  result.mean_overlap_ratio = ratio(fit.overlap, fit.count);
  result.mean_centre_error_m = ratio(fit.centre_error_m, fit.count);
  result.mean_yaw_error_rad = ratio(fit.yaw_error_rad, fit.count);
  result.unknown_found_count = fit.unknown_count;
  std::uint32_t same = 0, all = 0;
  for (const auto& [classes, count] : counts) {
    result.class_pairs.push_back(
        {std::string(messages::class_name(classes.first)), std::string(messages::class_name(classes.second)), count});
    same += classes.first == classes.second ? count : 0;
    all += count;
  }
  result.same_class_ratio = ratio(same, all);
}

}  // namespace

std::string precision_note(const std::vector<EvaluatedFrame>& frames, const CameraView* view) {
  const bool is_limited = std::any_of(frames.begin(), frames.end(),
                                      [](const EvaluatedFrame& frame) { return frame.truth.is_limited_to_image; });
  if (!is_limited || view != nullptr) return "";
  return "precision is unknown: labels end at the image's edge and the recording does not say where the camera looks";
}

DetectionResult evaluate_detection(const std::vector<EvaluatedFrame>& frames, const CameraView* view,
                                   const Protocol& protocol) {
  DetectionResult result;
  ScoreTally tally(protocol);
  Fit fit;
  ClassCounts counts;
  for (const EvaluatedFrame& frame : frames) {
    const FrameMatch match = match_frame(frame, view, protocol);
    tally.add(frame, match);
    add_fit(frame, match, fit);
    add_classes(frame, match, counts);
    result.frame_count += 1;
    result.unanswered_frame_count += frame.is_answered ? 0 : 1;
    result.invalid_box_count += frame.answer.invalid_count;
  }
  result.scores = tally.sheet();
  finish(fit, counts, result);
  result.note = precision_note(frames, view);
  return result;
}

}  // namespace hangil::evaluation
