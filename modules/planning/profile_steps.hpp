// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "planning/behaviour.hpp"
#include "planning/evaluate.hpp"
#include "planning/speed_profile.hpp"

namespace hangil::planning {

// Tabulates profiles for the kernel, relative to `origin`. Invalid: driving backwards, or accelerations beyond the
// limits (the start's own allowed). `may_brake_mps2` is the hardest braking allowed. Memory is reused.
void fill_steps(std::span<const SpeedProfile> profiles, const Route& route, const SpeedGoal& goal, math::Point2 origin,
                double may_brake_mps2, const PlannerConfig& config, ProfileSteps& steps);

// Widens each step's extent by where the reference is then for any valid profile, in the route's frame.
void extend(const ProfileSteps& steps, math::Point2 origin, std::vector<Extent>& extents);

}  // namespace hangil::planning
