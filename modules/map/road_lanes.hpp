// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/lane_graph.hpp"
#include "map/map.hpp"

namespace hangil::map {

struct LaneGraphShape {
  double tolerance_m = 0.05;  // of the polylines, across
  double spacing_max_m = 25;  // between two points
};

// The lanes of an OpenDRIVE map, every lane of every section (but lane 0 and those without width), in order of road,
// section and place from the left. A lane follows another where traffic drives on from it.
LaneGraph lane_graph(const Map& map, const LaneGraphShape& shape = {});

// The outline of an object on its road, counter-clockwise as the file has it; empty for objects without extent.
std::vector<Point3> object_outline(const Road& road, const RoadObject& object);

}  // namespace hangil::map
