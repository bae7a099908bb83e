// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "map/map.hpp"
#include "map/place.hpp"

namespace hangil::map {

// One road of a route, from where it is entered to where it is left; s falls where !is_along_s.
struct RouteLeg {
  int road = -1;
  bool is_along_s = true;
  double from_s_m = 0, to_s_m = 0;
  double start_m = 0;  // of the route, at from_s_m
  int lane_id = 0;     // where the leg is left

  double length_m() const { return is_along_s ? to_s_m - from_s_m : from_s_m - to_s_m; }
};

struct Route {
  std::vector<RouteLeg> legs;  // never empty; consecutive legs on the same road are one

  double length_m() const { return legs.back().start_m + legs.back().length_m(); }
};

// The shortest way past all places in their order, in the direction in which traffic drives where it begins (against
// it where that leads nowhere); lanes may be changed between drivable lanes of one direction, each change counting as
// 1 m. Where lanes do not lead there but roads do, lanes are left out of account. Lengths are those of reference lines.
// An error says between which two places there is no way. Fewer than two places are an error.
base::Result<Route> find_route(const Map& map, std::span<const LanePlace> places);

// path_m along the route, left_m to its left (so t changes sign where the route runs against s). Beyond its ends the
// first and last leg run on within their roads.
RoadPlace route_place(const Map& map, const Route& route, double path_m, double left_m);

struct RoutePlace {
  double path_m = 0, left_m = 0;
};
// The way back: where a place on one of the route's roads is; none where it is on other roads or outside of the legs
// by more than 1 mm. On a route that passes it twice, the first at or after from_path_m.
std::optional<RoutePlace> on_route(const Route& route, const RoadPlace& place, double from_path_m = 0);
// Whether s rises along the route there.
bool route_is_along_s(const Route& route, double path_m);

}  // namespace hangil::map
