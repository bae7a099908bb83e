// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/road_mesh.hpp"

namespace hangil::simulation {

// Lane markings (solid, broken and double, white and yellow), stop lines and crosswalks of a map. Broken ones are 3 m
// long with gaps of 6 m, twice as much where more than 100 km/h are allowed.
void add_road_paint(const map::Map& map, std::vector<GroundPatch>& patches);

}  // namespace hangil::simulation
