// SPDX-License-Identifier: Apache-2.0
#include "fusion/fuse_objects.hpp"

#include <algorithm>

#include "fusion/existence.hpp"

namespace hangil::fusion {

namespace {

// Boxes of other sensors name a class by shape, or with a network that sees few: a picture knows better when it is
// sure.
constexpr double kGivenClassLogOdds = 0.5;
constexpr float kLeastProbability = 1e-6F;

double given_log_odds(float probability) {
  return log_odds(std::clamp(probability, kLeastProbability, 1 - kLeastProbability));
}

messages::ObjectClass fused_class(const messages::Object& object, const messages::ImageObject& box) {
  if (box.object_class == messages::ObjectClass::kUnknown) return object.object_class;
  if (object.object_class == messages::ObjectClass::kUnknown) return box.object_class;
  return given_log_odds(box.existence_probability) > kGivenClassLogOdds ? box.object_class : object.object_class;
}

}  // namespace

Sight sight_of(const ImageView& view, const messages::Box3& box, messages::ObjectClass object_class) {
  return {math::silhouette(view.optics, view.T_camera_ego,
                           {box.x_m, box.y_m, box.z_m, box.yaw_rad, box.length_m, box.width_m, box.height_m}),
          object_class, 0};
}

void ObjectFusion::fuse(const messages::Objects& objects, const ImageView& view, FusedObjects& fused) {
  fused.objects = objects;
  fused.sights.clear();
  for (const messages::Object& object : objects.objects) {
    fused.sights.push_back(sight_of(view, object.box, object.object_class));
  }
  find_hidden(fused.sights);
  const auto boxes = match_.solve(fused.sights, view.seen->objects, model_);
  fused.box_of_object.assign(boxes.begin(), boxes.end());
  fused.is_box_taken.assign(view.seen->objects.size(), 0);
  for (std::size_t i = 0; i < objects.objects.size(); ++i) {
    messages::Object& object = fused.objects.objects[i];
    double evidence = 0;
    if (boxes[i] == kUnassigned) {
      evidence = absence_evidence(model_, visibility_of(fused.sights[i]), object.object_class);
    } else {
      const auto box = static_cast<std::size_t>(boxes[i]);
      const messages::ImageObject& seen = view.seen->objects[box];
      fused.is_box_taken[box] = 1;
      evidence = box_evidence(model_, seen.existence_probability);
      object.object_class = fused_class(object, seen);
    }
    if (evidence == 0) continue;  // exactly as it came
    object.existence_probability =
        static_cast<float>(probability_of(given_log_odds(object.existence_probability) + evidence));
  }
}

}  // namespace hangil::fusion
