// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "map/advance.hpp"
#include "map/lane_graph.hpp"
#include "map/map.hpp"

namespace hangil::map {

// Places in LaneGraph::lanes by road, section and place within the section; -1 for lanes left out.
struct RoadLaneIndex {
  std::vector<std::vector<std::vector<int>>> lanes;
  int at(int road, int section, int place) const;  // -1 also where `place` is none
};

// The place of a lane in its section; -1 where there is none.
int place_of(const Road& road, int section, int lane_id);
int section_entered(const Map& map, const Continuation& way);

// Stop lines, lights, crosswalks and rights of way of an OpenDRIVE map, on the lanes already there.
void add_furniture(const Map& map, const RoadLaneIndex& index, LaneGraph& graph);

}  // namespace hangil::map
