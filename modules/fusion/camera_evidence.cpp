// SPDX-License-Identifier: Apache-2.0
#include "fusion/camera_evidence.hpp"

#include <algorithm>
#include <cmath>

#include "fusion/existence.hpp"

namespace hangil::fusion {

namespace {

constexpr double kMostHidden_ratio = 0.3, kLeastVisible_ratio = 0.8;

bool has_a_picture_class(messages::ObjectClass object_class) {
  return object_class != messages::ObjectClass::kUnknown && object_class != messages::ObjectClass::kOther;
}

}  // namespace

double box_evidence(const CameraModel& model, float existence_probability) {
  constexpr double kLeast = 1e-4;
  const double p = std::clamp<double>(existence_probability, kLeast, 1 - kLeast);
  return std::clamp(log_odds(p) - model.false_box_log_odds, -model.most_log_odds, model.most_log_odds);
}

double absence_evidence(const CameraModel& model, const Visibility& visibility, messages::ObjectClass object_class) {
  if (visibility.height_px < model.least_height_px || visibility.hidden_ratio > kMostHidden_ratio ||
      visibility.visible_ratio < kLeastVisible_ratio || !has_a_picture_class(object_class)) {
    return 0;
  }
  return std::log(1 - model.detection_probability);
}

bool is_sound(const messages::ImageObject& object) {
  return std::isfinite(object.x_min_px + object.y_min_px + object.x_max_px + object.y_max_px) &&
         object.x_max_px > object.x_min_px && object.y_max_px > object.y_min_px && object.existence_probability >= 0 &&
         object.existence_probability <= 1;
}

}  // namespace hangil::fusion
