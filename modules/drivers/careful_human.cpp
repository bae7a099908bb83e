// SPDX-License-Identifier: Apache-2.0
#include "drivers/careful_human.hpp"

#include <algorithm>

namespace hangil::drivers {

namespace {

// Something ego would run into that is not faster than ego.
bool is_closing_in(const Scene& scene, const Neighbour& other) {
  return other.gap_m > 0 && scene.speed_mps > other.speed_mps && is_seen(scene, other);
}

// It stood hidden until a leader within the critical headway went more than the wandering zone off its centre.
bool is_uncovered(const CarefulHumanConfig& config, const Scene& scene, const Neighbour& other) {
  return std::any_of(scene.neighbours.begin(), scene.neighbours.end(), [&](const Neighbour& leader) {
    return is_in_path(leader) && leader.gap_m > 0 && leader.gap_m < other.gap_m && other.speed_mps < leader.speed_mps &&
           leader.gap_m <= config.critical_headway_s * scene.speed_mps;
  });
}

bool is_braking_leader(const CarefulHumanConfig& config, const Scene& scene, const Neighbour& other) {
  return other.acceleration_mps2 < 0 && other.gap_m <= config.critical_headway_s * scene.speed_mps;
}

// What was in view all along is braked for at the latest when delay, ramp and full braking would leave 2 m.
bool is_last_moment(const CarefulHumanConfig& config, const Scene& scene, const Neighbour& other) {
  constexpr double kStandstillGap_m = 2, kRamp_s = kFullBraking_mps2 / kBrakingJerk_mps3;
  const double closing_mps = scene.speed_mps - other.speed_mps;
  const double needed_m = closing_mps * (config.evaluation_s + config.delay_s + kRamp_s / 2) +
                          closing_mps * closing_mps / (2 * kFullBraking_mps2) + kStandstillGap_m;
  return other.gap_m <= needed_m;
}

// Annex 4 App. 3: a leader that brakes, or what a leader's cut-out uncovers.
bool is_leader_critical(const CarefulHumanConfig& config, const Scene& scene, const Neighbour& other) {
  return is_braking_leader(config, scene, other) || is_uncovered(config, scene, other) ||
         is_last_moment(config, scene, other);
}

// Annex 4 App. 3, cut-in: outside the wandering zone of its own lane and on its way into ego's.
bool is_cut_in_critical(const CarefulHumanConfig& config, const Scene& scene, const Neighbour& other) {
  return other.lateral_speed_mps > 0 && other.lane_deviation_m > kVisibleDeviation_m &&
         time_to_contact_s(scene, other) <= config.critical_ttc_s;
}

bool is_unsafe(const CarefulHuman& driver, const Scene& scene, const Neighbour& other) {
  if (!is_closing_in(scene, other)) return false;
  if (is_cut_in_critical(driver.config, scene, other)) return true;
  if (!is_in_path(other)) return false;
  return driver.reaction.unsafe_s > 0 || is_leader_critical(driver.config, scene, other);
}

Decision step_regulation(CarefulHuman& driver, const Scene& scene, double dt_s) {
  const bool unsafe = std::any_of(scene.neighbours.begin(), scene.neighbours.end(),
                                  [&](const Neighbour& other) { return is_unsafe(driver, scene, other); });
  const double delay_s = driver.config.evaluation_s + driver.config.delay_s;
  return react(driver.reaction, unsafe, delay_s, kFullBraking_mps2, kBrakingJerk_mps3, dt_s);
}

// A cut-in is judged once, at the first overlap.
bool is_unsafe_jrc(CarefulHuman& driver, const Scene& scene, const Neighbour& other) {
  if (!is_in_path(other) || !is_closing_in(scene, other)) return false;
  if (driver.reaction.unsafe_s > 0) return true;
  const bool is_entering = other.lateral_speed_mps > 0;
  if (is_entering && time_to_contact_s(scene, other) > driver.config.critical_ttc_s) driver.is_settled = true;
  if (is_entering && !driver.is_settled) return true;
  return is_leader_critical(driver.config, scene, other);
}

Decision step_jrc(CarefulHuman& driver, const Scene& scene, double dt_s) {
  bool is_unsafe = false;
  for (const Neighbour& other : scene.neighbours) is_unsafe |= is_unsafe_jrc(driver, scene, other);
  Decision decision =
      react(driver.reaction, is_unsafe, driver.config.delay_s, kFullBraking_mps2, kBrakingJerk_mps3, dt_s);
  if (decision.phase == Phase::kReacting) {
    driver.reaction.deceleration_mps2 = driver.config.coasting_mps2;  // from which the brakes go on
    decision.acceleration_mps2 = -driver.config.coasting_mps2;
  }
  return decision;
}

}  // namespace

Decision step(CarefulHuman& driver, const Scene& scene, double dt_s) {
  return driver.config.reading == CarefulReading::kJrc ? step_jrc(driver, scene, dt_s)
                                                       : step_regulation(driver, scene, dt_s);
}

}  // namespace hangil::drivers
