// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "map/map.hpp"
#include "map/road_pose.hpp"

namespace hangil::scenario {

// A stretch of a route: along the road (direction +1, rising s) or against it (-1).
struct RouteLeg {
  int road = -1;
  int direction = 1;
  double from_s_m = 0, to_s_m = 0;

  double length_m() const { return (to_s_m - from_s_m) * direction; }
};

// A place in a lane and which way it is passed.
struct LaneSpot {
  map::LanePlace place;
  int direction = 1;  // +1: towards rising s

  bool is_on_road() const { return place.road >= 0; }
};

// Looking the way it is passed.
map::RoadPose pose_of(const map::Map& map, const LaneSpot& spot);
double t_of(const map::Map& map, const LaneSpot& spot);

// Moves along the lane by a distance along its own line (the offset kept), over section borders, road links and
// junctions: there the way of the route if it goes on from here, else the straightest. Backwards for negative
// distances. False: the road ended and it stands at the end.
bool travel(const map::Map& map, LaneSpot& spot, double distance_m, std::span<const RouteLeg> route);

// The same by metres of the roads' reference lines.
bool travel_along_s(const map::Map& map, LaneSpot& spot, double ds_m, std::span<const RouteLeg> route);

// The distance along roads from one spot to the other in the direction of `from`, negative behind; nothing when none
// is found within reach_m.
std::optional<double> travel_distance_m(const map::Map& map, const LaneSpot& from, const LaneSpot& to, double reach_m,
                                        std::span<const RouteLeg> route);

// The way by roads from one spot to another with the fewest metres; empty: none.
std::vector<RouteLeg> find_legs(const map::Map& map, const LaneSpot& from, const LaneSpot& to);

}  // namespace hangil::scenario
