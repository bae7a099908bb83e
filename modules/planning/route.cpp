// SPDX-License-Identifier: Apache-2.0
#include "planning/route.hpp"

namespace hangil::planning {

base::Result<Route> route_of(const messages::Mission& mission) {
  if (!(mission.desired_speed_mps >= 0 && mission.desired_speed_mps <= 100)) {
    return base::Error{"mission: desired speed " + std::to_string(mission.desired_speed_mps) +
                       " m/s is not within 0 and 100"};
  }
  std::vector<math::Point2> points;
  for (const messages::PathPoint& point : mission.path) points.push_back({point.x_m, point.y_m});
  auto path = math::ReferencePath::make(points);
  if (!path) return base::Error{"mission: " + path.error().message};
  return Route{*std::move(path), mission.desired_speed_mps, mission.has_goal};
}

Route straight_ahead(const math::Pose2& pose) { return {math::ReferencePath::straight(pose), 0, false}; }

}  // namespace hangil::planning
