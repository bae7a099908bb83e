// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "drivers/scene.hpp"
#include "math/reference_path.hpp"
#include "verdict/trace.hpp"

namespace hangil::verdict {

// The others as a driver on this path sees them when its centre is at `ego_s_m`: gaps and speeds along and across it.
std::vector<drivers::Neighbour> neighbours_on_path(const ScenarioTrace& trace, std::size_t step,
                                                   const math::ReferencePath& path, double ego_s_m);
// The same for ego's recorded place and the straight line of its heading.
std::vector<drivers::Neighbour> neighbours_straight_ahead(const ScenarioTrace& trace, std::size_t step);

}  // namespace hangil::verdict
