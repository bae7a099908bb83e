// SPDX-License-Identifier: Apache-2.0
#include "control/bicycle.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::control {

namespace {

math::Pose2 along_arc(const math::Pose2& pose, double curvature_radpm, double distance_m) {
  const double half = curvature_radpm * distance_m / 2;
  const double chord_m = distance_m * (std::abs(half) < 1e-6 ? 1 : std::sin(half) / half);
  return pose * math::Pose2{chord_m * std::cos(half), chord_m * std::sin(half), 2 * half};
}

BicycleState advance_once(BicycleState state, const Actuation& wanted, const BicycleModel& model, double dt) {
  const double before_radpm = state.curvature_radpm(model);
  state.steering_rad = next_steering_rad(state.steering_rad, wanted.steering_rad, model, dt);
  state.acceleration_mps2 = lagged(state.acceleration_mps2, wanted.acceleration_mps2, model.acceleration_lag_s, dt);
  roll_along(state, before_radpm, model, dt);
  if (state.speed_mps == 0 && wanted.acceleration_mps2 <= 0) state.acceleration_mps2 = 0;
  return state;
}

}  // namespace

double lagged(double value, double wanted, double lag_s, double dt) {
  return lag_s > 0 ? wanted + (value - wanted) * std::exp(-dt / lag_s) : wanted;
}

double next_steering_rad(double steering_rad, double wanted_rad, const BicycleModel& model, double dt) {
  const double most_turn = model.max_steering_rate_radps * dt;
  const double demand = std::clamp(wanted_rad, -model.max_steering_rad, model.max_steering_rad);
  const double turn = lagged(steering_rad, demand, model.steering_lag_s, dt) - steering_rad;
  return steering_rad + std::clamp(turn, -most_turn, most_turn);
}

void roll_along(BicycleState& state, double before_curvature_radpm, const BicycleModel& model, double dt) {
  const double speed = std::max(0.0, state.speed_mps + state.acceleration_mps2 * dt);
  const double curvature = (before_curvature_radpm + state.curvature_radpm(model)) / 2;
  state.pose = along_arc(state.pose, curvature, (state.speed_mps + speed) / 2 * dt);
  state.speed_mps = speed;
}

BicycleState advance(BicycleState state, const Actuation& wanted, const BicycleModel& model, double duration_s) {
  const int steps = std::max(1, static_cast<int>(std::ceil(duration_s / 0.005)));
  for (int i = 0; i < steps; ++i) state = advance_once(state, wanted, model, duration_s / steps);
  return state;
}

}  // namespace hangil::control
