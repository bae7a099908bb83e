// SPDX-License-Identifier: Apache-2.0
#include "lidar/absorb.hpp"

#include <cmath>

namespace hangil::lidar {

namespace {

using messages::Object;
using messages::ObjectClass;

bool is_vehicle(const Object& object) {
  return object.object_class == ObjectClass::kCar || object.object_class == ObjectClass::kVan;
}

bool may_be_part(const Object& object) { return is_vehicle(object) || object.object_class == ObjectClass::kUnknown; }

bool is_centre_inside(const messages::Box3& part, const messages::Box3& whole) {
  const double dx = part.x_m - whole.x_m, dy = part.y_m - whole.y_m;
  const double c = std::cos(whole.yaw_rad), s = std::sin(whole.yaw_rad);
  return std::abs(c * dx + s * dy) < whole.length_m / 2 && std::abs(c * dy - s * dx) < whole.width_m / 2;
}

bool is_near(const messages::Box3& a, const messages::Box3& b) {
  constexpr double kReach_m = 4;
  return std::abs(a.x_m - b.x_m) < kReach_m && std::abs(a.y_m - b.y_m) < kReach_m;
}

}  // namespace

void absorb_parts(std::vector<Object>& objects) {
  constexpr std::uint32_t kGone = 0;
  for (Object& whole : objects) {
    if (!is_vehicle(whole) || whole.point_count == kGone) continue;
    for (Object& part : objects) {
      const bool is_better = whole.existence_probability > part.existence_probability;
      if (!is_better || part.point_count == kGone || !may_be_part(part) || !is_near(part.box, whole.box)) continue;
      if (!is_centre_inside(part.box, whole.box)) continue;
      whole.point_count += part.point_count;
      part.point_count = kGone;
    }
  }
  std::erase_if(objects, [](const Object& object) { return object.point_count == kGone; });
}

}  // namespace hangil::lidar
