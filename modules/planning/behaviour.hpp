// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "math/frenet.hpp"
#include "planning/future_boxes.hpp"
#include "planning/planner_config.hpp"
#include "planning/route.hpp"

namespace hangil::planning {

// A place ahead of which the rear axle stays; it may move on steadily.
struct PlaceAhead {
  double s_m = 0, s_mps = 0;
};

// What to do about speed, for the trajectory stage: all that a behaviour planner with a map would also say.
struct SpeedGoal {
  std::string behaviour = "cruise";  // "follow", "stop"
  double start_s_m = 0;
  std::optional<PlaceAhead> target;  // behind a leader or at the goal, when it asks for less speed than the road
  std::vector<double> most_m2ps2;    // square of the wanted speed every metre from the start, at least two
  double braking_mps2 = 1.5;         // before a standing target

  // Wanted where the vehicle is at arc length s.
  double wanted_mps(double s_m) const;
};

// `relevant` are the futures near the ego; an object counts as leader when it is on the reference ahead and either
// moves along it or leaves no room to pass within the corridor.
SpeedGoal decide(const Route& route, const math::FrenetState& start, const std::vector<RelevantFuture>& relevant,
                 base::Duration prediction_step, const PlannerConfig& config);

}  // namespace hangil::planning
