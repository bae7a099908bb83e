// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "map/lane_graph.hpp"

namespace hangil::map {

// A word on the picture, such as a road's id.
struct MapLabel {
  Point3 at;
  std::string text;
};

// The map seen from above as an SVG picture, north up: lanes by kind, markings, directions, crosswalks, stop lines,
// lights, labels and a scale. One metre is one unit.
std::string draw_svg(const LaneGraph& graph, const std::vector<MapLabel>& labels, const std::string& title);

}  // namespace hangil::map
