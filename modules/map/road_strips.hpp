// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "map/road.hpp"
#include "map/strip_grid.hpp"

namespace hangil::map {

// Every road cut into strips of at most 20 m and 0.2 rad that hold all its lanes; owner = its place in `roads`.
std::vector<Strip> road_strips(const std::vector<Road>& roads);

}  // namespace hangil::map
