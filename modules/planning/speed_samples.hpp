// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "planning/behaviour.hpp"
#include "planning/candidate_grid.hpp"
#include "planning/evaluate.hpp"
#include "planning/speed_profile.hpp"

namespace hangil::planning {

// Driving profiles for the grid: speeds between hard braking and the wanted speed, reached within a third, two thirds
// and the whole of the horizon, behind a road user also the speed without it; with a target, a third of them run to it.
// `start` is (s, ds/dt, d2s/dt2).
std::vector<SpeedProfile> driving_profiles(const math::Jet& start, const SpeedGoal& goal, const CandidateGrid& grid,
                                           const PlannerConfig& config);

// Stopping profiles, gentlest first: comfortable braking, two levels between, emergency braking.
std::vector<SpeedProfile> stopping_profiles(const math::Jet& start, const PlannerConfig& config);
// Braking of each of them, m/s2.
double stop_braking_mps2(int profile, const PlannerConfig& config);

// Hardest braking of a driving profile.
double hard_braking_mps2(const PlannerConfig& config);

}  // namespace hangil::planning
