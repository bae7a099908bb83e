// SPDX-License-Identifier: Apache-2.0
#include "planning/start_state.hpp"

#include "messages/trajectory_at.hpp"

namespace hangil::planning {

namespace {

bool follows(const math::MotionState& ego, const messages::TrajectoryPoint& wanted) {
  const math::Point2 off =
      math::inverse({wanted.x_m, wanted.y_m, wanted.yaw_rad}) * math::Point2{ego.pose.x_m, ego.pose.y_m};
  return std::abs(off.x_m) < 1.0 && std::abs(off.y_m) < 0.3 &&
         std::abs(math::angle_difference_rad(ego.pose.yaw_rad, wanted.yaw_rad)) < 0.1 &&
         std::abs(ego.speed_mps - wanted.speed_mps) < 1.0;
}

}  // namespace

math::MotionState start_state(const math::MotionState& ego, base::Time stamp, const messages::Trajectory* previous,
                              double max_curvature_radpm) {
  if (previous != nullptr && !previous->points.empty()) {
    const double age_s = (stamp - previous->header.stamp).to_s();
    if (age_s >= 0 && age_s <= previous->points.back().time_s) {
      const messages::TrajectoryPoint now = messages::trajectory_at(previous->points, age_s);
      if (follows(ego, now)) {
        return {{now.x_m, now.y_m, now.yaw_rad}, now.curvature_radpm, now.speed_mps, now.acceleration_mps2};
      }
    }
  }
  math::MotionState start = ego;
  start.curvature_radpm = std::clamp(ego.curvature_radpm, -max_curvature_radpm, max_curvature_radpm);
  return start;
}

}  // namespace hangil::planning
