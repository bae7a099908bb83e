// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "map/check.hpp"

// The checks of check_map, one function a concern; each appends what it finds.
namespace hangil::map::check {

void check_geometry(const Road& road, const MapTolerances& tolerances, std::vector<MapFinding>& findings);
void check_profiles(const Road& road, const MapTolerances& tolerances, std::vector<MapFinding>& findings);
void check_links(const Map& map, int road, const MapTolerances& tolerances, std::vector<MapFinding>& findings);
void check_lane_joints(const Map& map, int road, const MapTolerances& tolerances, std::vector<MapFinding>& findings);
void check_overlaps(const Map& map, const MapTolerances& tolerances, std::vector<MapFinding>& findings);

// "0.123 m", "1.5 degrees"
std::string metres(double value_m);
std::string degrees(double angle_rad);

}  // namespace hangil::map::check
