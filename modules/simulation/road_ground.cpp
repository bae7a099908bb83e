// SPDX-License-Identifier: Apache-2.0
#include "simulation/road_ground.hpp"

#include <cmath>

#include "map/road_pose.hpp"

namespace hangil::simulation {

namespace {

constexpr double kEverywhereM = 1e9;
constexpr float kOnRoadM = -1;

MapArea square(math::Point2 middle, double half_m) {
  const double x_m = std::floor(middle.x_m - half_m), y_m = std::floor(middle.y_m - half_m);
  const double side_m = 2 * std::ceil(half_m);
  return {x_m, y_m, x_m + side_m, y_m + side_m};
}

// Height of the road where a place is, of the edge of its lanes where it is beside them.
double road_height_m(const map::Map& map, const map::Located& place) {
  const double t_m = place.t_m - std::copysign(place.beside_m, place.t_m);
  return map::road_pose(map.road(place.lane.road), place.lane.s_m, t_m).z_m;
}

}  // namespace

GroundSample RoadLand::at(double x_m, double y_m) {
  const math::Point2 point{x_m, y_m};
  const map::LocateHints hints{.z_m = z_m_, .reach_m = reach_m_};
  const auto place = last_ ? map::relocate(map_, *last_, point, hints) : map::locate(map_, point, hints);
  last_ = place;
  if (!place) return {static_cast<float>(z_m_), static_cast<float>(reach_m_)};  // no road at all
  const float edge_m = place->beside_m > 0 ? static_cast<float>(place->beside_m) : kOnRoadM;
  return {static_cast<float>(road_height_m(map_, *place)), edge_m};
}

GroundRaster road_ground(const map::Map& map, math::Point2 middle, double z_m, double half_m) {
  RoadLand land(map, z_m, 3 * half_m);  // from any corner to a road anywhere in the square
  return GroundRaster({{-kEverywhereM, 0, kAsphalt}, {0, 0, kGrass}}, square(middle, half_m), std::nullopt,
                      [&](double x_m, double y_m) { return land.at(x_m, y_m); });
}

GroundRaster level_ground(math::Point2 middle, double z_m, double half_m) {
  return GroundRaster({{-kEverywhereM, 0, kAsphalt}}, square(middle, half_m), 0.0, [&](double, double) {
    return GroundSample{static_cast<float>(z_m), kOnRoadM};
  });
}

}  // namespace hangil::simulation
