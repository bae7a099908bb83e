// SPDX-License-Identifier: Apache-2.0
#include "scenario/synchronize.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::scenario {

namespace {

constexpr double kAtRest_mps = 1e-6;

// Constant acceleration that covers the distance in the time.
double even_speed(double speed_mps, double distance_m, double time_s, double dt_s) {
  const double acceleration = 2 * (distance_m - speed_mps * time_s) / (time_s * time_s);
  return speed_mps + acceleration * std::min(dt_s, time_s);
}

// To a standstill and later from it, both equally steep.
double stopping_speed(double v, double final_mps, double distance_m, double time_s, double dt_s) {
  if (v > kAtRest_mps) {
    const double braking_s = 2 * v * distance_m / (v * v + final_mps * final_mps);
    return std::max(0.0, v - v * dt_s / std::max(braking_s, dt_s));
  }
  const double rising_s = 2 * distance_m / final_mps, moving_s = rising_s - time_s + dt_s;  // at the end of this step
  return moving_s <= 0 ? 0 : final_mps * std::min(1.0, moving_s / rising_s);
}

// On one ramp to the final speed, from the speed at which that covers the distance in time.
double setting_off_speed(double final_mps, double mean_mps, double time_s, double dt_s) {
  const double first_mps = 2 * mean_mps - final_mps;
  return first_mps + (final_mps - first_mps) * std::min(1.0, dt_s / time_s);
}

// The first of two ramps of equal steepness a, over x: v + a x = v', v' - a (T - x) = final, and the distance between.
double ramped_speed(double v, double final_mps, double distance_m, double time_s, double dt_s,
                    double max_acceleration_mps2) {
  const double mean_mps = distance_m / time_s, needed_mps = mean_mps - (v + final_mps) / 2;
  const double root =
      std::sqrt(std::max(0.0, mean_mps * mean_mps - mean_mps * (v + final_mps) + (v * v + final_mps * final_mps) / 2));
  const double apex_mps = needed_mps >= 0 ? mean_mps + root : mean_mps - root;
  if (apex_mps < 0) return stopping_speed(v, final_mps, distance_m, time_s, dt_s);
  const double steepness = (2 * apex_mps - v - final_mps) / time_s;
  if (v <= kAtRest_mps && steepness > max_acceleration_mps2)
    return setting_off_speed(final_mps, mean_mps, time_s, dt_s);
  const double first_s = steepness != 0 ? (apex_mps - v) / steepness : 0;
  if (first_s < dt_s) return v + (final_mps - v) * std::min(1.0, dt_s / time_s);  // on the second ramp
  return std::max(0.0, v + steepness * dt_s);
}

}  // namespace

double synchronized_speed_mps(const SynchronizeInput& input, double dt_s) {
  const double v = input.speed_mps;
  if (!input.final_speed_mps) {
    return input.time_left_s <= dt_s ? v : std::max(0.0, even_speed(v, input.distance_m, input.time_left_s, dt_s));
  }
  const double final_mps = *input.final_speed_mps;
  const double distance_m = input.distance_m - input.steady_distance_m;
  const double time_s = input.time_left_s - (final_mps > 0 ? input.steady_distance_m / final_mps : 0);
  if (distance_m <= 0 || time_s <= dt_s) return final_mps;
  if (final_mps <= 0) return std::max(0.0, even_speed(v, distance_m, time_s, dt_s));
  return ramped_speed(v, final_mps, distance_m, time_s, dt_s, input.max_acceleration_mps2);
}

}  // namespace hangil::scenario
