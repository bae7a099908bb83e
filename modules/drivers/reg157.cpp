// SPDX-License-Identifier: Apache-2.0
#include "drivers/reg157.hpp"

#include <algorithm>

namespace hangil::drivers {

bool is_unsafe(const Reg157Config& config, const Scene& scene, const Neighbour& other) {
  const double closing_mps = scene.speed_mps - other.speed_mps;
  if (closing_mps <= 0 || !is_still_ahead(other) || other.lateral_gap_m > config.lateral_gap_m) return false;
  const double short_s = closing_mps / (2 * config.deceleration_mps2) + config.delay_s + config.margin_s;
  return time_to_contact_s(scene, other) <= short_s && is_seen(scene, other);
}

Decision step(Reg157& driver, const Scene& scene, double dt_s) {
  const Reg157Config& config = driver.config;
  const bool unsafe = std::any_of(scene.neighbours.begin(), scene.neighbours.end(),
                                  [&](const Neighbour& other) { return is_unsafe(config, scene, other); });
  const double step_mps3 = config.deceleration_mps2 / dt_s;  // at once
  return react(driver.reaction, unsafe, config.delay_s, config.deceleration_mps2, step_mps3, dt_s);
}

}  // namespace hangil::drivers
