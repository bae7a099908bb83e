// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/quantiles.hpp"

namespace hangil::evaluation {

// Confirmed tracks against labels: frame by frame as detections, and along each labelled object. Identity measures as
// CLEAR MOT (Bernardin and Stiefelhagen, 2008) and "mostly tracked" as Li, Huang and Nevatia (CVPR 2009) define them,
// over the frames in which the object counts.
struct TrackingResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/TrackingResult";
  std::uint32_t frame_count = 0, unanswered_frame_count = 0;
  ScoreSheet scores;
  std::uint32_t truth_id_count = 0, track_id_count = 0;
  std::uint32_t mostly_tracked_count = 0;  // found in at least 80 % of the frames
  std::uint32_t mostly_lost_count = 0;     // in at most 20 %
  std::uint32_t id_switch_count = 0;       // an object is found by another track than the last time
  std::uint32_t fragmentation_count = 0;   // an object is found again after frames in which it was missed
  Quantiles velocity_error_mps;            // length of the difference, of objects whose velocity is known
  std::uint32_t invalid_box_count = 0;
  std::string note;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("frame_count", self.frame_count);
    visit("unanswered_frame_count", self.unanswered_frame_count);
    visit("scores", self.scores);
    visit("truth_id_count", self.truth_id_count);
    visit("track_id_count", self.track_id_count);
    visit("mostly_tracked_count", self.mostly_tracked_count);
    visit("mostly_lost_count", self.mostly_lost_count);
    visit("id_switch_count", self.id_switch_count);
    visit("fragmentation_count", self.fragmentation_count);
    visit("velocity_error_mps", self.velocity_error_mps);
    visit("invalid_box_count", self.invalid_box_count);
    visit("note", self.note);
  }
};

TrackingResult evaluate_tracking(const std::vector<EvaluatedFrame>& frames, const CameraView* view,
                                 const Protocol& protocol);

}  // namespace hangil::evaluation
