// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/locate.hpp"
#include "simulation/ground_raster.hpp"

namespace hangil::simulation {

// The land of a map, place by place: the height of the road there, or of the edge of its lanes beside it, and the
// distance to that edge. Places near the last one asked for are found quickly.
class RoadLand {
 public:
  // Where roads cross over each other, the one nearest in height to z_m; nothing farther than reach_m from a place.
  RoadLand(const map::Map& map, double z_m, double reach_m) : map_(map), z_m_(z_m), reach_m_(reach_m) {}
  GroundSample at(double x_m, double y_m);

 private:
  const map::Map& map_;
  double z_m_, reach_m_;
  std::optional<map::Located> last_;
};

// The ground of a map within half_m of `middle` in x and y, as a LiDAR meets it: asphalt with the road's elevation and
// cross slope on all lanes, grass beside them at the height of the lanes' edge. One level: where roads cross over each
// other, the one nearest in height to z_m. Samples lie on whole metres, so that grounds made around other places are
// the same where they overlap.
GroundRaster road_ground(const map::Map& map, math::Point2 middle, double z_m, double half_m);

// Level asphalt, for scenarios without roads.
GroundRaster level_ground(math::Point2 middle, double z_m, double half_m);

}  // namespace hangil::simulation
