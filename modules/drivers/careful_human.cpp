// SPDX-License-Identifier: Apache-2.0
#include "drivers/careful_human.hpp"

#include <algorithm>

namespace hangil::drivers {

namespace {

// Something ego would run into that is not faster than ego.
bool is_closing_in(const Scene& scene, const Neighbour& other) {
  return other.gap_m > 0 && scene.speed_mps > other.speed_mps && is_seen(scene, other);
}

bool is_cutting_in(const Neighbour& other) {
  return other.lateral_gap_m > 0 && other.lateral_speed_mps > 0 && other.lane_deviation_m > kVisibleDeviation_m;
}

// Annex 4 App. 3, 3.4: time to collision for a cut-in, time headway for a leader that brakes or was uncovered.
bool is_critical(const CarefulHumanConfig& config, const Scene& scene, const Neighbour& other) {
  if (!is_closing_in(scene, other)) return false;
  const bool is_near = other.gap_m <= config.critical_headway_s * scene.speed_mps;
  if (is_in_path(other)) return time_to_contact_s(scene, other) <= config.critical_ttc_s || is_near;
  return is_cutting_in(other) && time_to_contact_s(scene, other) <= config.critical_ttc_s;
}

Decision step_regulation(CarefulHuman& driver, const Scene& scene, double dt_s) {
  const bool is_unsafe = std::any_of(scene.neighbours.begin(), scene.neighbours.end(),
                                     [&](const Neighbour& other) { return is_critical(driver.config, scene, other); });
  const double delay_s = driver.config.evaluation_s + driver.config.delay_s;
  return react(driver.reaction, is_unsafe, delay_s, kFullBraking_mps2, kBrakingJerk_mps3, dt_s);
}

Decision step_jrc(CarefulHuman& driver, const Scene& scene, double dt_s) {
  bool is_unsafe = false;
  for (const Neighbour& other : scene.neighbours) {
    if (!is_in_path(other) || !is_closing_in(scene, other)) continue;
    const bool is_first_look = driver.reaction.unsafe_s == 0;
    if (is_first_look && time_to_contact_s(scene, other) > driver.config.critical_ttc_s) driver.is_settled = true;
    is_unsafe |= !driver.is_settled;
  }
  Decision decision =
      react(driver.reaction, is_unsafe, driver.config.delay_s, kFullBraking_mps2, kBrakingJerk_mps3, dt_s);
  if (decision.phase == Phase::kReacting) decision.acceleration_mps2 = -driver.config.coasting_mps2;
  return decision;
}

}  // namespace

Decision step(CarefulHuman& driver, const Scene& scene, double dt_s) {
  return driver.config.reading == CarefulReading::kJrc ? step_jrc(driver, scene, dt_s)
                                                       : step_regulation(driver, scene, dt_s);
}

}  // namespace hangil::drivers
