// SPDX-License-Identifier: Apache-2.0
#include "simulation/speed_profile.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::simulation {

namespace {

constexpr double kRamp_s = 0.8;

Advance moved_on(const Advance& from, double jerk_mps3, double lead_s) {
  const double half = lead_s * lead_s / 2;
  return {from.way_m + from.speed_mps * lead_s + from.acceleration_mps2 * half + jerk_mps3 * half * lead_s / 3,
          from.speed_mps + from.acceleration_mps2 * lead_s + jerk_mps3 * half,
          from.acceleration_mps2 + jerk_mps3 * lead_s};
}

}  // namespace

SpeedProfile::SpeedProfile(double start_mps, std::span<const SpeedChange> changes) : knots_{{0, {0, start_mps, 0}}} {
  for (const SpeedChange& one : changes) change(one);
}

SpeedProfile::SpeedProfile(double start_mps, std::initializer_list<SpeedChange> changes)
    : SpeedProfile(start_mps, std::span(changes.begin(), changes.size())) {}

void SpeedProfile::add(double time_s, double acceleration_mps2) {
  const Knot& last = knots_.back();
  const double lead_s = time_s - last.time_s;
  if (lead_s <= 0) return;
  const double jerk = (acceleration_mps2 - last.state.acceleration_mps2) / lead_s;
  Knot knot{time_s, moved_on(last.state, jerk, lead_s)};
  knot.state.acceleration_mps2 = acceleration_mps2;
  knots_.push_back(knot);
}

// A trapezoid of acceleration: ramp up, hold, ramp down. Its area is the change of speed.
void SpeedProfile::change(const SpeedChange& wanted) {
  const double start_s = std::max(wanted.time_s, knots_.back().time_s);
  add(start_s, 0);
  const double difference = wanted.speed_mps - knots_.back().state.speed_mps;
  const double hold_s = std::max(0.0, std::abs(difference) / wanted.acceleration_mps2 - kRamp_s);
  const double peak = difference / (hold_s + kRamp_s);
  add(start_s + kRamp_s, peak);
  add(start_s + kRamp_s + hold_s, peak);
  add(start_s + 2 * kRamp_s + hold_s, 0);
  knots_.back().state.speed_mps = wanted.speed_mps;  // exactly: a stop is a stop
}

Advance SpeedProfile::at(double time_s) const {
  auto next = std::upper_bound(knots_.begin(), knots_.end(), time_s,
                               [](double time, const Knot& knot) { return time < knot.time_s; });
  const Knot& from = next == knots_.begin() ? *next : *(next - 1);
  if (next == knots_.begin() || next == knots_.end()) return moved_on(from.state, 0, time_s - from.time_s);
  const double jerk = (next->state.acceleration_mps2 - from.state.acceleration_mps2) / (next->time_s - from.time_s);
  return moved_on(from.state, jerk, time_s - from.time_s);
}

}  // namespace hangil::simulation
