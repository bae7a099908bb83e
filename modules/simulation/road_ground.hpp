// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map.hpp"
#include "simulation/ground_raster.hpp"

namespace hangil::simulation {

// The ground of a map within half_m of `middle` in x and y, as a LiDAR meets it: asphalt with the road's elevation and
// cross slope on all lanes, grass beside them at the height of the lanes' edge. One level: where roads cross over each
// other, the one nearest in height to z_m. Samples lie on whole metres, so that grounds made around other places are
// the same where they overlap.
GroundRaster road_ground(const map::Map& map, math::Point2 middle, double z_m, double half_m);

// Level asphalt, for scenarios without roads.
GroundRaster level_ground(math::Point2 middle, double z_m, double half_m);

}  // namespace hangil::simulation
