// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "fusion/camera_evidence.hpp"

namespace hangil::fusion {

// What the tracker may expect of its boxes. The defaults suit boxes around LiDAR clusters at 10 Hz: noisy headings,
// sizes that show only the near side.
struct TrackerConfig {
  double position_sigma_m = 0.3;
  double yaw_sigma_rad = 0.3;
  bool has_partial_boxes = true;
  double detection_probability = 0.8;
  double false_box_log_odds = 0;
  double gate_sigma = 4;
  double confirm_probability = 0.9;
  double drop_probability = 0.05;
  double max_coast_s = 1;
  CameraModel camera;  // of pictures' boxes

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("position_sigma_m", position_sigma_m, {0.01, 5}, "m", "error of a near box's centre, 1 sigma");
    visitor.field("yaw_sigma_rad", yaw_sigma_rad, {0.01, 2}, "rad",
                  "error of a box's heading, 1 sigma, modulo a half turn");
    visitor.field("has_partial_boxes", has_partial_boxes,
                  "boxes cover what was seen, not the whole object: sizes grow, near corners are trusted");
    visitor.field("detection_probability", detection_probability, {0.05, 0.999}, "",
                  "that an object which is there gives a box in a frame");
    visitor.field("false_box_log_odds", false_box_log_odds, {-10, 10}, "",
                  "taken off the log-odds of a box's existence before it counts");
    visitor.field("gate_sigma", gate_sigma, {1, 20}, "", "largest normalised distance of a box from its track");
    visitor.field("confirm_probability", confirm_probability, {0.1, 0.9999}, "",
                  "existence from which a track is confirmed");
    visitor.field("drop_probability", drop_probability, {0.0001, 0.5}, "", "existence below which a track is dropped");
    visitor.field("max_coast_s", max_coast_s, {0, 10}, "s", "longest time that a track is kept without a box");
  }
};

// For boxes of trained detectors: whole objects in space, exact to a decimetre, with an existence worth its name, and
// pictures in which little is missed.
inline TrackerConfig tracker_config_for_detector() {
  return {.position_sigma_m = 0.1,
          .yaw_sigma_rad = 0.1,
          .has_partial_boxes = false,
          .detection_probability = 0.75,
          .gate_sigma = 4.5,
          .confirm_probability = 0.8,
          .drop_probability = 0.02,
          .camera = {.detection_probability = 0.95}};
}

}  // namespace hangil::fusion
