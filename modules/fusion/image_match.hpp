// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "fusion/camera_evidence.hpp"
#include "fusion/gated_assignment.hpp"
#include "math/pinhole.hpp"
#include "messages/image_objects.hpp"

namespace hangil::fusion {

// A body as a picture shows it, if it does.
struct Sight {
  std::optional<math::Silhouette> silhouette;
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  double hidden_ratio = 0;  // of it behind nearer sights
};

// Fills in hidden_ratio: the largest part that a single nearer silhouette covers.
void find_hidden(std::span<Sight> sights);

Visibility visibility_of(const Sight& sight);

// Bodies and the boxes of one picture, one to one, such that their overlaps sum to the most; pairs below
// least_overlap_ratio, and of classes that are never mistaken for each other, are not made. Keep one to avoid
// allocation.
class ImageMatch {
 public:
  // The box of each sight, or kUnassigned. Valid until the next call. Boxes that are not sound are passed over.
  std::span<const int> solve(std::span<const Sight> sights, std::span<const messages::ImageObject> boxes,
                             const CameraModel& model);

 private:
  AssignmentCosts costs_;
  GatedAssignment assignment_;
};

math::PixelBox pixel_box(const messages::ImageObject& object);

}  // namespace hangil::fusion
