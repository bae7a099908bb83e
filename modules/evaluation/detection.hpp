// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/score.hpp"

namespace hangil::evaluation {

// How often boxes that claim one class were matched with labelled objects of another.
struct ClassPair {
  static constexpr std::string_view kType = "hangil_msgs/msg/ClassPair";
  std::string truth, claimed;
  std::uint32_t count = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("truth", self.truth);
    visit("claimed", self.claimed);
    visit("count", self.count);
  }
};

// Boxes against labels, one frame at a time.
struct DetectionResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/DetectionResult";
  std::uint32_t frame_count = 0;
  std::uint32_t unanswered_frame_count = 0;  // labelled frames without boxes: everything in them is missed
  ScoreSheet scores;
  double mean_overlap_ratio = kNoValue, mean_centre_error_m = kNoValue;  // of what was found
  double mean_yaw_error_rad = kNoValue;                                  // modulo half a turn, 0 to pi/2
  double same_class_ratio = kNoValue;                                    // of matched boxes of known class
  std::vector<ClassPair> class_pairs;
  std::uint32_t unknown_found_count = 0;  // objects found by a box of unknown class
  std::uint32_t invalid_box_count = 0;
  std::string note;  // what could not be judged, and why

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("frame_count", self.frame_count);
    visit("unanswered_frame_count", self.unanswered_frame_count);
    visit("scores", self.scores);
    visit("mean_overlap_ratio", self.mean_overlap_ratio);
    visit("mean_centre_error_m", self.mean_centre_error_m);
    visit("mean_yaw_error_rad", self.mean_yaw_error_rad);
    visit("same_class_ratio", self.same_class_ratio);
    visit("class_pairs", self.class_pairs);
    visit("unknown_found_count", self.unknown_found_count);
    visit("invalid_box_count", self.invalid_box_count);
    visit("note", self.note);
  }
};

// `view` may be null; then precision stays unknown where labels are limited to the image.
DetectionResult evaluate_detection(const std::vector<EvaluatedFrame>& frames, const CameraView* view,
                                   const Protocol& protocol);

// Why precision cannot be told, or nothing.
std::string precision_note(const std::vector<EvaluatedFrame>& frames, const CameraView* view);

}  // namespace hangil::evaluation
