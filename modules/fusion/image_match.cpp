// SPDX-License-Identifier: Apache-2.0
#include "fusion/image_match.hpp"

#include <algorithm>

#include "fusion/motion_model.hpp"

namespace hangil::fusion {

namespace {

constexpr double kMostClassDistance = 9;  // squared, normalised: a car and a van match, a car and a pedestrian do not
constexpr double kClassWeight = 0.02;     // of a class distance against overlap

constexpr double kNarrow_ratio = 0.75;  // narrow silhouettes lose more overlap to the same shift

double least_overlap(const math::PixelBox& expected, const CameraModel& model) {
  const bool is_narrow = expected.height_px() > expected.width_px();
  return model.least_overlap_ratio * (is_narrow ? kNarrow_ratio : 1);
}

double covered_ratio(const math::PixelBox& box, const math::PixelBox& by) {
  const math::PixelBox common = {std::max(box.left_px, by.left_px), std::max(box.top_px, by.top_px),
                                 std::min(box.right_px, by.right_px), std::min(box.bottom_px, by.bottom_px)};
  return box.area_px2() > 0 ? common.area_px2() / box.area_px2() : 0;
}

}  // namespace

void find_hidden(std::span<Sight> sights) {
  for (Sight& sight : sights) {
    sight.hidden_ratio = 0;
    if (!sight.silhouette) continue;
    for (const Sight& other : sights) {
      if (!other.silhouette || other.silhouette->depth_m >= sight.silhouette->depth_m) continue;
      sight.hidden_ratio = std::max(sight.hidden_ratio, covered_ratio(sight.silhouette->box, other.silhouette->box));
    }
  }
}

Visibility visibility_of(const Sight& sight) {
  if (!sight.silhouette) return {.visible_ratio = 0};
  return {sight.silhouette->box.height_px(), sight.hidden_ratio, sight.silhouette->visible_ratio()};
}

math::PixelBox pixel_box(const messages::ImageObject& object) {
  return {object.x_min_px, object.y_min_px, object.x_max_px, object.y_max_px};
}

std::span<const int> ImageMatch::solve(std::span<const Sight> sights, std::span<const messages::ImageObject> boxes,
                                       const CameraModel& model) {
  costs_.clear(static_cast<int>(boxes.size()));
  for (const Sight& sight : sights) {
    for (std::size_t i = 0; i < boxes.size() && sight.silhouette; ++i) {
      if (!is_sound(boxes[i])) continue;
      const double apart = class_distance(sight.object_class, boxes[i].object_class);
      if (apart > kMostClassDistance) continue;
      const double overlap = math::intersection_over_union(sight.silhouette->box, pixel_box(boxes[i]));
      if (overlap >= least_overlap(sight.silhouette->box, model)) {
        costs_.add(static_cast<int>(i), 1 - overlap + kClassWeight * apart);
      }
    }
    costs_.end_row();
  }
  // Above every cost that a pair can have, so that as many as can have a box.
  return assignment_.solve(costs_, 2);
}

}  // namespace hangil::fusion
