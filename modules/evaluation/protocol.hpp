// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "math/box2.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::evaluation {

// What counts and what matches, for detections and tracks alike. Distances are from the ego frame's origin (rear axle).
struct Protocol {
  double max_distance_m = 40;
  std::uint32_t min_point_count = 10;
  double min_overlap_ratio = 0.3;                  // BEV intersection over union
  double max_small_distance_m = 0.5;               // between centres, instead, for pedestrians and cyclists
  double min_ignored_image_ratio = 0.5;            // part of a box's image that lies in regions nobody labelled
  base::Duration max_stamp_difference{5'000'000};  // between a truth frame and the answer to it
};

// Car, van, truck, cyclist and pedestrian; KITTI's sitting persons are neither asked for nor held against anybody.
bool is_evaluated_class(const messages::TruthObject& object);

// Must be found: of an evaluated class, near enough, with enough points, in the image where labels end there.
bool is_counted(const messages::TruthObject& object, bool is_limited_to_image, const Protocol& protocol);

// How well a box fits a labelled object, in (0, 1]; nothing when it does not match. Classes are not compared.
std::optional<double> match_score(const messages::TruthObject& object, const messages::Box3& box,
                                  const Protocol& protocol);

// Finite, and with sizes above zero.
bool is_sound(const messages::Box3& box);
// The box seen from above.
math::Box2 footprint(const messages::Box3& box);
// From the frame's origin, seen from above.
double distance_m(const messages::Box3& box);

}  // namespace hangil::evaluation
