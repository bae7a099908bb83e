// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "math/pose2.hpp"
#include "planning/lane_match.hpp"

namespace hangil::planning {

// A stretch of the route, by arc length.
struct Stretch {
  double from_s_m = 0, to_s_m = 0;
};

inline constexpr double kRoomStepM = 5;

struct LimitAhead : Stretch {
  double most_mps = 0;
};

// A light that governs the route: the vehicle's front waits before wait_s_m while it is not green.
struct LightAhead {
  std::string id;
  double wait_s_m = 0;
};

struct CrosswalkAhead : Stretch {
  std::string id;
};

// Where the route crosses or joins the ways of others. Who comes in `priority_lanes` goes first.
struct JunctionAhead : Stretch {
  std::string id;                   // of the first lane within
  double wait_s_m = 0;              // a stop line, or where the junction begins
  bool must_stop = false;           // a stop sign
  std::string rule;                 // "stop sign", "give way", "oncoming traffic", "from the right"
  std::vector<int> priority_lanes;  // sorted; those within and those that lead there
  std::string light;                // that governs it; empty: none
};

// What the map says of a route: plain values along its arc length, made once for a route.
struct RoadAhead {
  std::vector<RouteLane> lanes;
  std::vector<LimitAhead> limits;
  std::vector<LightAhead> lights;
  std::vector<CrosswalkAhead> crosswalks;
  std::vector<JunctionAhead> junctions;
  std::vector<double> lane_room_m;  // every kRoomStepM: from the route to the nearer bound of its lane; infinite: none

  double limit_mps(double s_m) const;  // infinite: none
  // The least room on a stretch; infinite where the route is in no lane.
  double room_m(const Stretch& stretch) const;
};

RoadAhead road_ahead(const map::LaneMap& map, const math::ReferencePath& path);

}  // namespace hangil::planning
