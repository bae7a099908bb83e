// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "math/box2.hpp"
#include "messages/box3.hpp"

namespace hangil::messages {

inline bool is_finite(const Box3& box) {
  return std::isfinite(box.x_m + box.y_m + box.z_m + box.yaw_rad + box.length_m + box.width_m + box.height_m);
}

// The box seen from above.
inline math::Box2 footprint_of(const Box3& box) { return {{box.x_m, box.y_m, box.yaw_rad}, box.length_m, box.width_m}; }

// Intersection over union of two upright boxes, 0 to 1; 0 when a number is not finite.
inline double intersection_over_union_3d(const Box3& a, const Box3& b) {
  if (!is_finite(a) || !is_finite(b)) return 0;
  const double top = std::min(a.z_m + a.height_m / 2, b.z_m + b.height_m / 2);
  const double bottom = std::max(a.z_m - a.height_m / 2, b.z_m - b.height_m / 2);
  if (top <= bottom) return 0;
  const double common = math::intersection_area_m2(footprint_of(a), footprint_of(b)) * (top - bottom);
  const double all = a.length_m * a.width_m * a.height_m + b.length_m * b.width_m * b.height_m - common;
  return all > 0 ? common / all : 0;
}

}  // namespace hangil::messages
