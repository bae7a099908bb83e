// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "drivers/cut_in.hpp"
#include "drivers/leader_cases.hpp"

namespace hangil::drivers {

// The points on which the Joint Research Centre compared the performance models of UN R157 (Mattas et al., "Driver
// models for the definition of safety requirements of automated vehicles in international regulations", Accident
// Analysis and Prevention 174, 2022).
enum class JrcGrid { kCutInSlow, kCutInFast, kCutOut, kCarFollowing };

std::string_view name_of(JrcGrid grid);
// Ego up to 60 km/h and 70 to 130 km/h, by pairs of speeds, then gap, then lateral speed.
std::vector<CutInCase> cut_in_cases(JrcGrid grid);
// 10 to 130 km/h, standing car 2 to 147 m ahead, 0.1 to 2.9 m/s.
std::vector<CutOutCase> cut_out_cases();
// 0.05 to 0.95 g, 12 to 128 km/h.
std::vector<BrakingLeaderCase> braking_leader_cases();

struct JrcCount {
  int case_count = 0, collision_count = 0;
  int rear_count = 0;  // of the collisions of cut-in grids, those in which ego hits the other
};
JrcCount count_collisions(const Driver& driver, JrcGrid grid);

}  // namespace hangil::drivers
