// SPDX-License-Identifier: Apache-2.0
#include "control/dynamic_bicycle.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::control {

namespace {

constexpr double kGravityMps2 = 9.81;
constexpr double kStepS = 0.002;
constexpr double kCrawlMps = 2.0;  // slip angles mean nothing at a standstill

// What friction leaves sideways beside what drive or brakes take of an axle's load.
double side_grip_n(double load_n, double along_n, double friction_ratio) {
  const double most_n = friction_ratio * load_n;
  return std::sqrt(std::max(0.0, most_n * most_n - along_n * along_n));
}

// What drive and brakes give after `dt`: lag, then limits of jerk, power train and friction.
double next_drive_mps2(const BicycleState& state, double wanted_mps2, const DynamicBicycleModel& model, double dt) {
  const double braking_mps2 = std::min(model.max_braking_mps2, model.friction_ratio * kGravityMps2);
  const double demand = std::clamp(wanted_mps2, -braking_mps2, model.max_acceleration_mps2);
  const double change =
      lagged(state.acceleration_mps2, demand, model.bicycle.acceleration_lag_s, dt) - state.acceleration_mps2;
  return state.acceleration_mps2 + std::clamp(change, -model.max_jerk_mps3 * dt, model.max_jerk_mps3 * dt);
}

struct SideForces {
  double front_n, rear_n;
};

SideForces side_forces(const DynamicBicycleState& state, const DynamicBicycleModel& model) {
  const BicycleState& motion = state.motion;
  const double b = model.mass_ahead_m, a = model.bicycle.wheelbase_m - b, weight_n = model.mass_kg * kGravityMps2;
  const double speed = motion.speed_mps, along_n = model.mass_kg * motion.acceleration_mps2;
  const double front_share = b / model.bicycle.wheelbase_m, rear_share = a / model.bicycle.wheelbase_m;
  const double front_angle = motion.steering_rad - std::atan2(state.slip_mps + a * state.yaw_rate_radps, speed);
  const double rear_angle = -std::atan2(state.slip_mps - b * state.yaw_rate_radps, speed);
  return {tyre_force_n(front_angle, model.front_stiffness_nprad,
                       side_grip_n(front_share * weight_n, front_share * along_n, model.friction_ratio)),
          tyre_force_n(rear_angle, model.rear_stiffness_nprad,
                       side_grip_n(rear_share * weight_n, rear_share * along_n, model.friction_ratio))};
}

// One step of the body on its tyres, semi-implicit: forces of the old state, motion with the new one.
void slide(DynamicBicycleState& state, const DynamicBicycleModel& model, double dt) {
  BicycleState& motion = state.motion;
  const SideForces force = side_forces(state, model);
  const double b = model.mass_ahead_m, a = model.bicycle.wheelbase_m - b;
  const double steered_n = force.front_n * std::cos(motion.steering_rad);
  const double along_mps2 = motion.acceleration_mps2 - force.front_n * std::sin(motion.steering_rad) / model.mass_kg +
                            state.yaw_rate_radps * state.slip_mps;
  const double before_mps = motion.speed_mps, before_rate = state.yaw_rate_radps, before_slip = state.slip_mps;
  state.slip_mps += ((steered_n + force.rear_n) / model.mass_kg - before_rate * before_mps) * dt;
  state.yaw_rate_radps += (a * steered_n - b * force.rear_n) / model.yaw_inertia_kgm2 * dt;
  motion.speed_mps = std::max(0.0, before_mps + along_mps2 * dt);
  const double turn = (before_rate + state.yaw_rate_radps) / 2 * dt;
  const double ahead_m = (before_mps + motion.speed_mps) / 2 * dt;
  const double aside_m = ((before_slip + state.slip_mps) / 2) * dt - b * turn;  // at the rear axle
  const double half_c = std::cos(turn / 2), half_s = std::sin(turn / 2);
  motion.pose =
      motion.pose * math::Pose2{ahead_m * half_c - aside_m * half_s, ahead_m * half_s + aside_m * half_c, turn};
}

void roll(DynamicBicycleState& state, const DynamicBicycleModel& model, double before_curvature_radpm, double dt) {
  roll_along(state.motion, before_curvature_radpm, model.bicycle, dt);
  state.yaw_rate_radps = state.motion.speed_mps * state.motion.curvature_radpm(model.bicycle);
  state.slip_mps = state.yaw_rate_radps * model.mass_ahead_m;
}

void advance_once(DynamicBicycleState& state, const Actuation& wanted, const DynamicBicycleModel& model, double dt) {
  BicycleState& motion = state.motion;
  const double before_curvature_radpm = motion.curvature_radpm(model.bicycle);
  motion.steering_rad = next_steering_rad(motion.steering_rad, wanted.steering_rad, model.bicycle, dt);
  motion.acceleration_mps2 = next_drive_mps2(motion, wanted.acceleration_mps2, model, dt);
  if (motion.speed_mps < kCrawlMps) {
    roll(state, model, before_curvature_radpm, dt);
  } else {
    slide(state, model, dt);
  }
  if (motion.speed_mps == 0 && wanted.acceleration_mps2 <= 0) motion.acceleration_mps2 = 0;
}

}  // namespace

double tyre_force_n(double slip_angle_rad, double stiffness_nprad, double most_n) {
  const double slip = std::tan(std::clamp(slip_angle_rad, -1.5, 1.5));
  const double linear_n = stiffness_nprad * std::abs(slip);
  if (linear_n >= 3 * most_n) return std::copysign(most_n, slip);
  const double ratio = linear_n / (3 * most_n);
  return std::copysign(linear_n * (1 - ratio + ratio * ratio / 3), slip);
}

DynamicBicycleState advance(DynamicBicycleState state, const Actuation& wanted, const DynamicBicycleModel& model,
                            double duration_s) {
  const int steps = std::max(1, static_cast<int>(std::ceil(duration_s / kStepS)));
  for (int i = 0; i < steps; ++i) advance_once(state, wanted, model, duration_s / steps);
  return state;
}

}  // namespace hangil::control
