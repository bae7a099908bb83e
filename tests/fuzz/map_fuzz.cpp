// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdlib>
#include <string>

#include "map/advance.hpp"
#include "map/check.hpp"
#include "map/common_road.hpp"
#include "map/lane_finder.hpp"
#include "map/lanelet2.hpp"
#include "map/locate.hpp"
#include "map/open_drive.hpp"
#include "map/road_lanes.hpp"
#include "map/road_pose.hpp"

namespace {

using namespace hangil::map;

void require(bool holds) {
  if (!holds) std::abort();
}

void ask_lanes(const LaneGraph& graph) {
  for (const GraphLane& lane : graph.lanes) require(lane.centre.size() >= 2 && lane.left.size() >= 2);
  const LaneFinder finder(graph);
  (void)finder.nearest({1, 2}, 0.5);
  (void)check_lanes(graph);
}

// Whatever was accepted answers everything without a crash.
void ask(const Map& map) {
  double length_m = 0;
  for (const Road& road : map.roads()) length_m += road.length_m;
  if (length_m > 1e5) return;  // sound, but it would take too long here
  for (int i = 0; i < static_cast<int>(map.roads().size()); ++i) {
    const Road& road = map.road(i);
    (void)road_pose(road, road.length_m / 2, 1);
    const LaneSection& section = section_at(road, road.length_m / 2);
    for (const Lane& lane : section.lanes) {
      (void)advance(map, {i, lane.id, road.length_m / 2, 0}, true, 30);
      (void)advance(map, {i, lane.id, road.length_m / 2, 0}, false, 30);
    }
  }
  (void)locate(map, {0, 0});
  (void)check_map(map);
  ask_lanes(lane_graph(map, {.tolerance_m = 0.5, .spacing_max_m = 100}));
}

}  // namespace

// The first byte picks the reader, the rest is its file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 3) {
    case 0:
      if (const auto map = parse_open_drive(text, "f.xodr")) ask(*map);
      break;
    case 1:
      if (const auto graph = parse_lanelet2(text, "f.osm")) ask_lanes(*graph);
      break;
    default:
      if (const auto graph = parse_common_road(text, "f.xml")) ask_lanes(*graph);
  }
  return 0;
}
