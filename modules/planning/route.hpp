// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/reference_path.hpp"
#include "messages/mission.hpp"

namespace hangil::planning {

// Where to drive: what a map-aware router would also give. Behaviour and trajectory know nothing else of the mission.
struct Route {
  math::ReferencePath path;
  double desired_speed_mps = 0;  // 0: the planner's default
  bool has_goal = false;         // stop with the rear axle at the end of the path
};

// Refuses a path that is no line and a desired speed that is negative or not finite.
base::Result<Route> route_of(const messages::Mission& mission);
// Without a mission: straight on from where the vehicle is.
Route straight_ahead(const math::Pose2& pose);

}  // namespace hangil::planning
