// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "map/lane_graph.hpp"

namespace hangil::map {

// Reads the lanelets of a CommonRoad scenario (2018b, 2020a; XML): bounds, successors, neighbours, lane types, speed
// limits (of lanelets in 2018b, of signs 274 in 2020a), stop lines, lights, rights of way (signs 205 and 206, and
// "left yields to right" between the arms of an intersection) and crossings. Obstacles and planning problems are left
// aside. Errors name what is malformed, and references to lanelets that are not there, with file and line.
base::Result<LaneGraph> read_common_road(const std::string& path);
base::Result<LaneGraph> parse_common_road(std::string text, const std::string& file);

}  // namespace hangil::map
