// SPDX-License-Identifier: Apache-2.0
#include "control/follow.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::control {

namespace {

using Points = std::span<const messages::TrajectoryPoint>;

bool is_finite(const EgoState& ego) {
  return std::isfinite(ego.pose.x_m + ego.pose.y_m + ego.pose.yaw_rad + ego.speed_mps);
}

// The validator lets the stop take the place of the motion.
bool is_the_stop(const messages::Trajectory& trajectory) {
  if (trajectory.points.size() != trajectory.stop_points.size() || trajectory.points.empty()) return false;
  const auto &a = trajectory.points.back(), &b = trajectory.stop_points.back();
  return a.x_m == b.x_m && a.y_m == b.y_m && a.time_s == b.time_s;
}

double rate_limited(double wanted_rad, double dt_s, const ControllerState& state, const LateralConfig& config) {
  if (!state.stamp) return wanted_rad;
  const double most = config.max_steering_rate_radps * dt_s;
  return std::clamp(wanted_rad, state.steering_rad - most, state.steering_rad + most);
}

messages::Command blind_braking(const EgoState& ego, const ControllerConfig& config, const ControllerState& state) {
  return {{ego.stamp, "ego"}, state.steering_rad, -config.blind_braking_mps2, 0, true};
}

}  // namespace

messages::Command follow(const messages::Trajectory* trajectory, const EgoState& ego, const ControllerConfig& config,
                         ControllerState& state) {
  if (trajectory == nullptr || !is_finite(ego)) return blind_braking(ego, config, state);
  const double age_s = (ego.stamp - trajectory->header.stamp).to_s();
  const bool is_stale = age_s > config.stale_after_s || trajectory->points.empty();
  const Points points = is_stale ? trajectory->stop_points : trajectory->points;
  if (points.empty()) return blind_braking(ego, config, state);

  const double dt_s = state.stamp ? std::clamp((ego.stamp - *state.stamp).to_s(), 0.0, 0.2) : 0;
  const double wanted_rad = steering_rad(points, ego.pose, ego.speed_mps, config.lateral);
  const LongitudinalDemand demand =
      longitudinal_demand(points, age_s, ego.pose, ego.speed_mps, dt_s, state.integral_mps2, config.longitudinal);
  messages::Command command;
  command.header = {ego.stamp, "ego"};
  command.steering_angle_rad = rate_limited(wanted_rad, dt_s, state, config.lateral);
  command.acceleration_mps2 = demand.acceleration_mps2;
  command.target_speed_mps = demand.target_speed_mps;
  command.is_stopping = is_stale || is_the_stop(*trajectory);
  state.stamp = ego.stamp;
  state.steering_rad = command.steering_angle_rad;
  return command;
}

}  // namespace hangil::control
