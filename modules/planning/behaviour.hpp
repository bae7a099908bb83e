// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "math/frenet.hpp"
#include "messages/driving_reasons.hpp"
#include "planning/constraint.hpp"
#include "planning/future_boxes.hpp"
#include "planning/planner_config.hpp"
#include "planning/road_ahead.hpp"
#include "planning/route.hpp"

namespace hangil::planning {

// What to do about speed, for the trajectory stage, and why.
struct SpeedGoal {
  std::string behaviour = "cruise";  // "follow, leader 3", "stop, red light 1"
  double start_s_m = 0;
  std::vector<Constraint> constraints;  // every place to stay behind
  std::optional<std::size_t> binding;   // of them the one that asks for most
  double free_mps = 0;                  // wanted where nothing binds
  std::string speed_reason;             // what bounds the speed here: "mission", "speed limit", "bend"
  bool is_behind_object = false;        // what binds is a road user ahead, not a rule
  std::optional<PlaceAhead> target;     // behind a leader or at the goal, when it asks for less speed than the road
  std::vector<double> most_m2ps2;       // square of the wanted speed every metre from the start, at least two
  double braking_mps2 = 1.5;            // before a standing target

  // Wanted where the vehicle is at arc length s.
  double wanted_mps(double s_m) const;
};

// `relevant` are the futures near the ego; an object counts as leader when it is on the reference ahead and either
// moves along it or leaves no room to pass within the corridor.
// `road` are the places that rules of the road ask to stop at, and its speed limits hold where it is given.
SpeedGoal decide(const Route& route, const math::FrenetState& start, const std::vector<RelevantFuture>& relevant,
                 base::Duration prediction_step, const PlannerConfig& config, const RoadAhead* road = nullptr,
                 std::vector<Constraint> road_constraints = {});

// The same as a message, for people and recordings.
messages::DrivingReasons reasons_of(const SpeedGoal& goal, const messages::Header& header);

}  // namespace hangil::planning
