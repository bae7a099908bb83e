// SPDX-License-Identifier: Apache-2.0
#include "evaluation/protocol.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::evaluation {

using messages::ObjectClass;

namespace {

bool is_small(ObjectClass object_class) {
  return object_class == ObjectClass::kPedestrian || object_class == ObjectClass::kCyclist;
}

}  // namespace

bool is_evaluated_class(const messages::TruthObject& object) {
  switch (object.object_class) {
    case ObjectClass::kCar:
    case ObjectClass::kVan:
    case ObjectClass::kTruck:
    case ObjectClass::kCyclist:
      return true;
    case ObjectClass::kPedestrian:
      return object.label != "Person_sitting";
    default:
      return false;
  }
}

bool is_counted(const messages::TruthObject& object, bool is_limited_to_image, const Protocol& protocol) {
  return is_evaluated_class(object) && is_sound(object.box) && distance_m(object.box) <= protocol.max_distance_m &&
         object.point_count >= protocol.min_point_count && (object.is_in_image || !is_limited_to_image);
}

std::optional<double> match_score(const messages::TruthObject& object, const messages::Box3& box,
                                  const Protocol& protocol) {
  const double overlap = math::intersection_over_union(footprint(object.box), footprint(box));
  const double apart_m = std::hypot(object.box.x_m - box.x_m, object.box.y_m - box.y_m);
  const bool is_near = is_small(object.object_class) && apart_m <= protocol.max_small_distance_m;
  if (overlap < protocol.min_overlap_ratio && !is_near) return std::nullopt;
  return std::max(overlap, is_near ? 1 - apart_m : 0.0);
}

bool is_sound(const messages::Box3& box) {
  return std::isfinite(box.x_m + box.y_m + box.z_m + box.yaw_rad + box.length_m + box.width_m + box.height_m) &&
         box.length_m > 0 && box.width_m > 0 && box.height_m > 0;
}

math::Box2 footprint(const messages::Box3& box) { return {{box.x_m, box.y_m, box.yaw_rad}, box.length_m, box.width_m}; }

double distance_m(const messages::Box3& box) { return std::hypot(box.x_m, box.y_m); }

}  // namespace hangil::evaluation
