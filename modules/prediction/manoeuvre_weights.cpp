// SPDX-License-Identifier: Apache-2.0
#include "prediction/manoeuvre_weights.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::prediction {

namespace {

double square(double value) { return value * value; }

// Likelihood that a standing object would not show this speed.
double moving_probability(double speed_mps, double sigma_mps, double standing_mps) {
  return 1 - std::exp(-square(speed_mps) / (2 * (square(sigma_mps) + square(standing_mps))));
}

// Share of the yaw rate's square that is not noise; a velocity that is uncertain tells little about turning.
double turning_probability(const ObjectMotion& motion, double sigma_mps, double noise_radps) {
  const double heading_sigma = sigma_mps / std::max(motion.speed_mps, 0.5);
  const double noise = square(noise_radps) * (1 + square(heading_sigma / 0.3));
  return square(motion.yaw_rate_radps) / (square(motion.yaw_rate_radps) + noise);
}

// The habit, and up to 0.5 more for one that already brakes.
double stopping_probability(double acceleration_mps2, const ClassHabits& habits) {
  const double braking = std::clamp((-acceleration_mps2 - 0.5) / (2 * habits.braking_mps2), 0.0, 0.5);
  return habits.stop_probability + (1 - habits.stop_probability) * braking;
}

}  // namespace

ManoeuvreWeights weigh(const ObjectMotion& motion, double velocity_sigma_mps, const ClassHabits& habits) {
  const double moving = moving_probability(motion.speed_mps, velocity_sigma_mps, habits.standing_speed_mps);
  const double turning = turning_probability(motion, velocity_sigma_mps, habits.turn_rate_noise_radps);
  const double going = moving * (1 - stopping_probability(motion.acceleration_mps2, habits));
  return {going * (1 - turning), going * turning, 1 - going};
}

}  // namespace hangil::prediction
