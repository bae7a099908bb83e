// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "math/frenet.hpp"
#include "messages/signal_states.hpp"
#include "planning/constraint.hpp"
#include "planning/future_boxes.hpp"
#include "planning/planner_config.hpp"
#include "planning/road_ahead.hpp"
#include "planning/route.hpp"

namespace hangil::planning {

// What the rules of the road are applied to.
struct RoadSituation {
  const Route& route;
  const map::LaneMap& map;
  const RoadAhead& road;
  const messages::SignalStates* signals = nullptr;  // null: no light is known
  math::FrenetState start;
  const std::vector<RelevantFuture>& futures;
  base::Duration prediction_step;
};

// What has to be kept in mind between plans.
struct RulesMemory {
  std::vector<std::string> stopped_at;   // junctions whose stop sign has been obeyed
  std::vector<std::string> yielding_at;  // junctions and crosswalks where somebody goes first
};

// Places to stop at by lights, stop signs, rights of way and people on crosswalks; none where the vehicle can no longer
// stop comfortably or has passed. Gaps are judged by the futures of those who go first against when the vehicle would
// be there, driving on (gap acceptance; Highway Capacity Manual 6, ch. 20).
std::vector<Constraint> road_constraints(const RoadSituation& situation, const PlannerConfig& config,
                                         RulesMemory& memory);

}  // namespace hangil::planning
