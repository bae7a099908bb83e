// SPDX-License-Identifier: Apache-2.0
#include "map/route.hpp"

#include <algorithm>

#include "map/route_search.hpp"

namespace hangil::map {

namespace {

constexpr double kOnLeg_m = 1e-3;

const RouteLeg& leg_at(const Route& route, double path_m) {
  std::size_t i = route.legs.size() - 1;
  while (i > 0 && path_m < route.legs[i].start_m) --i;
  return route.legs[i];
}

void append(Route& route, const std::vector<RouteLeg>& legs) {
  for (RouteLeg leg : legs) {
    if (!route.legs.empty()) {
      RouteLeg& last = route.legs.back();
      if (last.road == leg.road && last.is_along_s == leg.is_along_s && last.to_s_m == leg.from_s_m) {
        last.to_s_m = leg.to_s_m;
        last.lane_id = leg.lane_id;
        continue;
      }
      leg.start_m = last.start_m + last.length_m();
    }
    route.legs.push_back(leg);
  }
}

std::string place_text(const Map& map, const LanePlace& place) {
  return "road " + map.road(place.road).id + " lane " + std::to_string(place.lane_id) + " s " +
         std::to_string(place.s_m);
}

}  // namespace

base::Result<Route> find_route(const Map& map, std::span<const LanePlace> places) {
  if (places.size() < 2) return base::Error{"a route needs two places or more"};
  Route route;
  std::optional<bool> direction;  // the way it goes where the leg before ended
  for (std::size_t i = 1; i < places.size(); ++i) {
    const auto legs = search_route(map, places[i - 1], places[i], direction);
    if (!legs) {
      return base::Error{"no way leads from " + place_text(map, places[i - 1]) + " to " + place_text(map, places[i])};
    }
    append(route, *legs);
    direction = legs->back().is_along_s;
  }
  return route;
}

RoadPlace route_place(const Map& map, const Route& route, double path_m, double left_m) {
  const RouteLeg& leg = leg_at(route, path_m);
  const double along = path_m - leg.start_m, s = leg.is_along_s ? leg.from_s_m + along : leg.from_s_m - along;
  return {leg.road, std::clamp(s, 0.0, map.road(leg.road).length_m), leg.is_along_s ? left_m : -left_m};
}

bool route_is_along_s(const Route& route, double path_m) { return leg_at(route, path_m).is_along_s; }

std::optional<RoutePlace> on_route(const Route& route, const RoadPlace& place, double from_path_m) {
  for (const RouteLeg& leg : route.legs) {
    const double along = leg.is_along_s ? place.s_m - leg.from_s_m : leg.from_s_m - place.s_m;
    const bool is_on = leg.road == place.road && along >= -kOnLeg_m && along <= leg.length_m() + kOnLeg_m;
    if (is_on && leg.start_m + along >= from_path_m - kOnLeg_m) {
      return RoutePlace{leg.start_m + along, leg.is_along_s ? place.t_m : -place.t_m};
    }
  }
  return std::nullopt;
}

}  // namespace hangil::map
