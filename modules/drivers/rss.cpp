// SPDX-License-Identifier: Apache-2.0
#include "drivers/rss.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::drivers {

double safe_distance_m(const RssConfig& config, double speed_mps, double leader_speed_mps) {
  const double rho = config.response_s, a = config.max_acceleration_mps2, b = config.deceleration_mps2;
  const double reached_mps = speed_mps + rho * a;
  return speed_mps * rho + a * rho * rho / 2 + reached_mps * reached_mps / (2 * b) -
         leader_speed_mps * leader_speed_mps / (2 * b);
}

double safe_lateral_distance_m(const RssConfig& config, double lateral_speed_mps) {
  const double rho = config.response_s, a = config.lateral_acceleration_mps2;
  const double reached_mps = lateral_speed_mps + a * rho;
  return config.lateral_margin_m + std::abs((2 * lateral_speed_mps + a * rho) * rho / 2) +
         reached_mps * reached_mps / (2 * a);
}

bool is_unsafe(const RssConfig& config, const Scene& scene, const Neighbour& other) {
  if (!is_still_ahead(other) || !is_seen(scene, other)) return false;
  return other.gap_m < safe_distance_m(config, scene.speed_mps, other.speed_mps) &&
         other.lateral_gap_m < safe_lateral_distance_m(config, other.lateral_speed_mps);
}

Decision step(Rss& driver, const Scene& scene, double dt_s) {
  const bool unsafe = std::any_of(scene.neighbours.begin(), scene.neighbours.end(),
                                  [&](const Neighbour& other) { return is_unsafe(driver.config, scene, other); });
  return react(driver.reaction, unsafe, driver.config.response_s, kFullBraking_mps2, kBrakingJerk_mps3, dt_s);
}

}  // namespace hangil::drivers
