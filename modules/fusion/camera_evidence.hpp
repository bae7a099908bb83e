// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "messages/image_objects.hpp"
#include "messages/object_class.hpp"

namespace hangil::fusion {

// How a camera's detector behaves: when it finds what is there, and what its boxes and its silence are worth.
struct CameraModel {
  double detection_probability = 0.9;
  double false_box_log_odds = 0;
  double most_log_odds = 3;
  double least_height_px = 25;
  double least_overlap_ratio = 0.45;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("camera_detection_probability", detection_probability, {0, 0.999}, "",
                  "that an object in full view has a box in the picture");
    visitor.field("camera_false_box_log_odds", false_box_log_odds, {-10, 10}, "",
                  "taken off the log-odds of a picture's box before it counts");
    visitor.field("camera_most_log_odds", most_log_odds, {0, 10}, "", "most that one box of a picture can say");
    visitor.field("camera_least_height_px", least_height_px, {1, 1000}, "px",
                  "of an object whose absence from a picture says something");
    visitor.field("camera_least_overlap_ratio", least_overlap_ratio, {0.05, 0.95}, "",
                  "IoU of a box in a picture with what it is a picture of");
  }
};

// What a box in a picture says of the existence of what it is a picture of, in log-odds.
double box_evidence(const CameraModel& model, float existence_probability);

// What its absence says (0 or less): nothing where the object is too small, mostly hidden or mostly out of the picture,
// or of a class that no detector of pictures has.
struct Visibility {
  double height_px = 0;      // of its silhouette
  double hidden_ratio = 0;   // of it behind nearer objects
  double visible_ratio = 1;  // of it in the picture
};
double absence_evidence(const CameraModel& model, const Visibility& visibility, messages::ObjectClass object_class);

// A box that can be used: finite, not empty, with a probability.
bool is_sound(const messages::ImageObject& object);

}  // namespace hangil::fusion
