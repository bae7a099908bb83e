// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "planning/road_ahead.hpp"

namespace hangil::planning {

// Who goes first in a junction that the route passes in lanes[first] to lanes[last], all within it: fills rule,
// must_stop and priority_lanes. Signs before lights that are off; a left turn gives way to those who come towards it;
// without any sign, who comes from the right goes first.
void tell_priority(const map::LaneMap& map, const std::vector<RouteLane>& lanes, std::size_t first, std::size_t last,
                   JunctionAhead& junction);

}  // namespace hangil::planning
