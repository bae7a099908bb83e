// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "map/lane_graph.hpp"
#include "map/map.hpp"

namespace hangil::map {

enum class MapFault {
  kGap,          // the road or lane does not go on where the one before ends
  kKink,         // it goes on in another direction
  kOverlap,      // two roads lie on each other outside of junctions
  kMissingLink,  // something goes on there, but nothing says so
  kWrongLink,    // what is said to go on there is not there, or does not say so too
  kWidth,        // a lane has negative width
};
std::string_view map_fault_word(MapFault fault);

struct MapFinding {
  MapFault fault = MapFault::kGap;
  std::string road;  // id; of a lanelet for lane graphs
  double s_m = 0;
  int line = 0;  // of the road in its file, 0 where unknown
  std::string text;
};

// What differs by less is not reported.
struct MapTolerances {
  double gap_m = 0.05, height_m = 0.05, kink_rad = 0.03, overlap_m = 0.3;
};

// What is wrong with a road network, in order of roads: reference lines and profiles that break, links that dangle or
// contradict each other, lanes that do not meet the lanes they are said to lead to, roads that end where another begins
// without a link, lanes of negative width, roads that lie on each other though no junction joins them.
std::vector<MapFinding> check_map(const Map& map, const MapTolerances& tolerances = {});

// The same for lanes read as polylines: gaps and kinks between lanes that follow each other, bounds that cross.
std::vector<MapFinding> check_lanes(const LaneGraph& graph, const MapTolerances& tolerances = {});

}  // namespace hangil::map
