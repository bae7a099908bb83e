// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "simulation/world.hpp"

namespace hangil::simulation {

// A flat convex face of a solid, counter-clockwise seen from outside, in the body's axes.
struct Face {
  std::span<const Eigen::Vector3d> corners;  // 3 to 12; valid during the call only
  Eigen::Vector3d normal;                    // length 1, points out
};
using FaceTaker = std::function<void(const Face&)>;

// The faces that a camera sees of a solid. Cylinders have 12 sides, ellipsoids 6 belts of 10.
void each_face(const Shape& shape, const FaceTaker& take);

}  // namespace hangil::simulation
