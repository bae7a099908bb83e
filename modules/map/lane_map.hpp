// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "map/lane_finder.hpp"

namespace hangil::map {

// Lanes with what finds them by place: what modules keep of a map they were told.
struct LaneMap {
  explicit LaneMap(LaneGraph lanes) : graph(std::move(lanes)), finder(graph) {}

  const GraphLane& lane(int index) const { return graph.lanes[static_cast<std::size_t>(index)]; }

  LaneGraph graph;
  LaneFinder finder;
};

}  // namespace hangil::map
