// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/box2.hpp"

namespace hangil::math {

struct MovingBox {
  Box2 box;
  double vx_mps = 0, vy_mps = 0;  // in the box's frame of reference, without turning
};

// Seconds until the two rectangles touch if both keep their velocity: 0 when they overlap, infinity when they never
// meet. Exact: per axis the time in which the projections overlap (separating axes, Gottschalk 1996; moving boxes:
// Ericson, "Real-Time Collision Detection", 2005, section 5.5.8).
double time_to_collision_s(const MovingBox& a, const MovingBox& b);

}  // namespace hangil::math
