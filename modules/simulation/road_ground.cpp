// SPDX-License-Identifier: Apache-2.0
#include "simulation/road_ground.hpp"

#include <cmath>

#include "map/locate.hpp"
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

GroundRaster road_ground(const map::Map& map, math::Point2 middle, double z_m, double half_m) {
  const map::LocateHints hints{.z_m = z_m, .reach_m = 3 * half_m};  // from any corner to a road anywhere in the square
  std::optional<map::Located> last;
  const auto sample = [&](double x_m, double y_m) {
    const math::Point2 point{x_m, y_m};
    const auto place = last ? map::relocate(map, *last, point, hints) : map::locate(map, point, hints);
    last = place;
    if (!place) return GroundSample{static_cast<float>(z_m), static_cast<float>(hints.reach_m)};  // no road at all
    const float edge_m = place->beside_m > 0 ? static_cast<float>(place->beside_m) : kOnRoadM;
    return GroundSample{static_cast<float>(road_height_m(map, *place)), edge_m};
  };
  return GroundRaster({{-kEverywhereM, 0, kAsphalt}, {0, 0, kGrass}}, square(middle, half_m), std::nullopt, sample);
}

GroundRaster level_ground(math::Point2 middle, double z_m, double half_m) {
  return GroundRaster({{-kEverywhereM, 0, kAsphalt}}, square(middle, half_m), 0.0, [&](double, double) {
    return GroundSample{static_cast<float>(z_m), kOnRoadM};
  });
}

}  // namespace hangil::simulation
