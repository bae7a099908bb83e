// SPDX-License-Identifier: Apache-2.0
#include "drivers/fsm.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hangil::drivers {

namespace {

// 1 up to the unsafe distance, 0 from the safe one, linear between.
double fuzzy_ratio(double distance_m, double unsafe_m, double safe_m) {
  constexpr double kRounding_m = 1e-6;  // at the safe distance itself nothing is asked for
  if (distance_m >= safe_m - kRounding_m) return 0;
  if (distance_m <= unsafe_m) return 1;
  return (safe_m - distance_m) / (safe_m - unsafe_m);
}

// Lateral check: it enters ego's path before ego has passed it.
bool may_meet(const FsmConfig& config, const Scene& scene, const Neighbour& other) {
  if (is_in_path(other)) return true;
  if (other.lateral_speed_mps <= 0) return false;
  const double closing_mps = scene.speed_mps - other.speed_mps;
  if (closing_mps <= 0) return false;
  const double passing_s = (other.gap_m + scene.length_m + other.length_m) / closing_mps;
  return other.lateral_gap_m / other.lateral_speed_mps <= passing_s + config.lateral_margin_s;
}

}  // namespace

double proactive_fuzzy_ratio(const FsmConfig& config, double speed_mps, double gap_m, double leader_speed_mps) {
  const double u = speed_mps, distance_m = gap_m - config.standstill_gap_m;
  const double reaction_m = u * config.response_s;
  const double leader_m = leader_speed_mps * leader_speed_mps / (2 * config.leader_deceleration_mps2);
  const double safe_m = reaction_m + u * u / (2 * config.comfortable_mps2) - leader_m + config.margin_m;
  const double unsafe_m = reaction_m + u * u / (2 * config.max_deceleration_mps2) - leader_m;
  return fuzzy_ratio(distance_m, unsafe_m, safe_m);
}

double critical_fuzzy_ratio(const FsmConfig& config, double speed_mps, double acceleration_mps2, double gap_m,
                            double leader_speed_mps) {
  const double closing_mps = speed_mps - leader_speed_mps, rho = config.response_s;
  if (closing_mps <= 0) return 0;
  const double a = std::max(acceleration_mps2, -config.comfortable_mps2);
  const double later_mps = closing_mps + a * rho;
  if (later_mps < 0) return gap_m < closing_mps * closing_mps / std::abs(2 * a) ? 1 : 0;
  const double reaction_m = (closing_mps + a * rho / 2) * rho;
  const double safe_m = reaction_m + later_mps * later_mps / (2 * config.comfortable_mps2);
  const double unsafe_m = reaction_m + later_mps * later_mps / (2 * config.max_deceleration_mps2);
  return fuzzy_ratio(gap_m, unsafe_m, safe_m);
}

double demanded_deceleration_mps2(const FsmConfig& config, const Scene& scene, const Neighbour& other) {
  if (!is_still_ahead(other) || !is_seen(scene, other) || !may_meet(config, scene, other)) return 0;
  const double critical =
      critical_fuzzy_ratio(config, scene.speed_mps, scene.acceleration_mps2, other.gap_m, other.speed_mps);
  if (critical > 0) {
    return critical * (config.max_deceleration_mps2 - config.comfortable_mps2) + config.comfortable_mps2;
  }
  return proactive_fuzzy_ratio(config, scene.speed_mps, other.gap_m, other.speed_mps) * config.comfortable_mps2;
}

Decision step(Fsm& driver, const Scene& scene, double dt_s) {
  double demand_mps2 = 0;
  for (const Neighbour& other : scene.neighbours) {
    demand_mps2 = std::max(demand_mps2, demanded_deceleration_mps2(driver.config, scene, other));
  }
  const double target_mps2 = std::min(demand_mps2, kFullBraking_mps2);
  return react(driver.reaction, demand_mps2 > 0, driver.config.response_s, target_mps2, kBrakingJerk_mps3, dt_s);
}

}  // namespace hangil::drivers
