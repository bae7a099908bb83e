// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "map/map.hpp"
#include "map/place.hpp"

namespace hangil::map {

// What helps to tell roads apart that cross or lie on each other. None of it is needed.
struct LocateHints {
  std::optional<double> heading_rad;  // roads that run this way (or against it) are preferred
  std::optional<double> z_m;          // the road nearest in height is
  int road = -1;                      // as is this one
  bool is_drivable_only = false;      // the nearest drivable lane instead of the one that holds the point
  double reach_m = 100;               // nothing is found farther than this from every lane
};

// Where a point is on the roads. `lane` is the lane that holds it, or the outermost one on its side of the road
// nearest; beside_m is how far it lies outside of the lanes, 0 on them.
struct Located {
  LanePlace lane;
  double t_m = 0;
  double beside_m = 0;

  RoadPlace road_place() const { return {lane.road, lane.s_m, t_m}; }
};

// The nearest lane of all. Where several roads hold the point (junctions, bridges), the one that fits the hints, then
// the one whose lane's middle is nearest, then the one read first. Not found where there is none within reach.
std::optional<Located> locate(const Map& map, math::Point2 point, const LocateHints& hints = {});

// As locate, for a point that has moved a little since `previous`: stays on that road as long as it holds the point,
// without a search; otherwise locates it, preferring roads that fit the hints. A small multiple of road_pose in time.
std::optional<Located> relocate(const Map& map, const Located& previous, math::Point2 point,
                                const LocateHints& hints = {});

// On one given road, wherever the point is; null only where the road has no lane section.
Located locate_on(const Map& map, int road, math::Point2 point, bool is_drivable_only = false);

}  // namespace hangil::map
