// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "math/box2.hpp"

namespace hangil::math {

// What a vehicle covers on the ground. Poses are those of its rear axle's centre.
struct Footprint {
  double length_m = 4.77, width_m = 1.82, rear_overhang_m = 1.0;

  double centre_ahead_m() const { return length_m / 2 - rear_overhang_m; }  // of the rear axle
  double front_m() const { return length_m - rear_overhang_m; }             // front bumper ahead of the rear axle

  Box2 at(const Pose2& rear_axle) const {
    const Point2 centre = rear_axle * Point2{centre_ahead_m(), 0};
    return {{centre.x_m, centre.y_m, rear_axle.yaw_rad}, length_m, width_m};
  }

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("vehicle_length_m", length_m, {0.5, 30}, "m", "length over all");
    visitor.field("vehicle_width_m", width_m, {0.3, 4}, "m", "width without mirrors");
    visitor.field("rear_overhang_m", rear_overhang_m, {0, 10}, "m", "from the rear axle to the rear bumper");
  }
};

}  // namespace hangil::math
