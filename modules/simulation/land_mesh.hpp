// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/pose2.hpp"
#include "simulation/road_mesh.hpp"

namespace hangil::simulation {

// Grass within half_m of `middle`, a little below the roads and the edges of their lanes. As a LiDAR's ground it has
// one level: where roads cross over each other, that of the one nearest in height to z_m.
std::vector<GroundPatch> land_mesh(const map::Map& map, math::Point2 middle, double z_m, double half_m);

}  // namespace hangil::simulation
