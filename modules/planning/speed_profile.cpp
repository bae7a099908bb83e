// SPDX-License-Identifier: Apache-2.0
#include "planning/speed_profile.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

math::Polynomial5 steady(double place_m, double speed_mps) { return {{place_m, speed_mps, 0, 0, 0, 0}}; }

math::Polynomial5 constant_jerk(const math::Jet& start, double jerk_mps3) {
  return {{start.value, start.first, start.second / 2, jerk_mps3 / 6, 0, 0}};
}

// Adds constant jerk for `duration_s`; moves `time_s` and `state` to its end.
void add_phase(SpeedProfile& profile, double& time_s, math::Jet& state, double jerk_mps3, double duration_s) {
  if (duration_s <= 0) return;
  const math::Polynomial5 piece = constant_jerk(state, jerk_mps3);
  profile.add(time_s, piece);
  time_s += duration_s;
  state = piece.jet(duration_s);
}

}  // namespace

SpeedProfile reach_speed(const math::Jet& start, double end_mps, double duration_s) {
  SpeedProfile profile;
  const math::Polynomial5 piece = quartic(start, {0, end_mps, 0}, duration_s);
  profile.add(0, piece);
  profile.add(duration_s, steady(piece.value(duration_s), end_mps));
  return profile;
}

SpeedProfile reach_place(const math::Jet& start, double target_m, double target_mps, double duration_s) {
  SpeedProfile profile;
  profile.add(0, quintic(start, {target_m, target_mps, 0}, duration_s));
  profile.add(duration_s, steady(target_m, target_mps));
  return profile;
}

// The speed lost while fading from deceleration p is p^2 / 2J, while growing from a0 to it (p^2 - a0^2) / 2J.
SpeedProfile brake(const math::Jet& start, double braking_mps2, double jerk_mps3) {
  SpeedProfile profile;
  math::Jet state = start;
  double time_s = 0;
  const double a0 = start.second, lost_by_fading = a0 * a0 / (2 * jerk_mps3);
  if (a0 < 0 && start.first <= lost_by_fading) {
    if (start.first > 0) add_phase(profile, time_s, state, a0 * a0 / (2 * start.first), 2 * start.first / -a0);
  } else if (start.first > 0) {
    const double peak = std::min(braking_mps2, std::sqrt(jerk_mps3 * start.first + a0 * a0 / 2));
    const double grow_jerk = a0 > -peak ? -jerk_mps3 : jerk_mps3;
    add_phase(profile, time_s, state, grow_jerk, std::abs(a0 + peak) / jerk_mps3);
    const double to_lose = state.first - peak * peak / (2 * jerk_mps3);
    state.second = -peak;
    add_phase(profile, time_s, state, 0, to_lose / peak);
    add_phase(profile, time_s, state, jerk_mps3, peak / jerk_mps3);
  }
  profile.add(time_s, steady(state.value, 0));
  return profile;
}

}  // namespace hangil::planning
