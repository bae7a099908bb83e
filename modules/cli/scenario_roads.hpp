// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cli/scenario_drive.hpp"
#include "verdict/trace.hpp"
#include "viewer/scenario_trace.hpp"

namespace hangil::cli {

// The bounds of lanes near ego's way, for a picture; empty where the scenario has no road.
std::vector<viewer::RoadLine> roads_around(const ScenarioDrive& drive, const verdict::ScenarioTrace& trace);

}  // namespace hangil::cli
