// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "messages/predictions.hpp"
#include "planning/planner_config.hpp"
#include "planning/route.hpp"

namespace hangil::planning {

// An object as the route sees it: its middle, half its extent along and across, and its speed along.
struct ObjectOnRoute {
  double s_m = 0, d_m = 0, half_along_m = 0, half_across_m = 0, along_mps = 0;
};

// Searched up to `ahead_m` from start_s_m on. Its speed is that of its most probable future.
ObjectOnRoute object_on_route(const Route& route, double start_s_m, double ahead_m,
                              const messages::PredictedObject& object, base::Duration step);

// On the way of a vehicle that keeps to the reference; what stands or comes towards us only if it cannot be passed
// within the corridor.
bool is_in_the_way(const ObjectOnRoute& object, const PlannerConfig& config);

}  // namespace hangil::planning
