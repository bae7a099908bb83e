// SPDX-License-Identifier: Apache-2.0
#include "drivers/idm.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hangil::drivers {

void IdmConfig::visit(base::ConfigVisitor& visitor) {
  visitor.field("desired_speed_mps", desired_speed_mps, {0.1, 100}, "m/s", "speed on a free road");
  visitor.field("time_headway_s", time_headway_s, {0.1, 10}, "s", "kept to the leader beside the standstill gap");
  visitor.field("acceleration_mps2", acceleration_mps2, {0.1, 10}, "m/s2", "from standstill on a free road");
  visitor.field("deceleration_mps2", deceleration_mps2, {0.1, 10}, "m/s2", "comfortable braking");
  visitor.field("exponent", exponent, {1, 20}, "", "how late acceleration fades before the desired speed");
  visitor.field("standstill_gap_m", standstill_gap_m, {0.1, 20}, "m", "bumper to bumper in a jam");
  visitor.field("max_deceleration_mps2", max_deceleration_mps2, {0.1, 15}, "m/s2", "what the brakes can do");
}

double idm_acceleration_mps2(const IdmConfig& config, double speed_mps, double gap_m, double leader_speed_mps) {
  const double free_ratio = std::pow(speed_mps / config.desired_speed_mps, config.exponent);
  const double braking = 2 * std::sqrt(config.acceleration_mps2 * config.deceleration_mps2);
  const double dynamic_m = speed_mps * config.time_headway_s + speed_mps * (speed_mps - leader_speed_mps) / braking;
  const double desired_gap_m = config.standstill_gap_m + std::max(0.0, dynamic_m);
  constexpr double kTouching_m = 0.01;
  const double gap_ratio = desired_gap_m / std::max(gap_m, kTouching_m);
  const double acceleration_mps2 = config.acceleration_mps2 * (1 - free_ratio - gap_ratio * gap_ratio);
  return std::max(acceleration_mps2, -config.max_deceleration_mps2);
}

Decision step(Idm& driver, const Scene& scene, double /*dt_s*/) {
  double gap_m = std::numeric_limits<double>::infinity(), leader_speed_mps = 0;
  for (const Neighbour& other : scene.neighbours) {
    if (!is_in_path(other) || !is_still_ahead(other) || other.gap_m >= gap_m) continue;
    gap_m = other.gap_m;
    leader_speed_mps = other.speed_mps;
  }
  const double acceleration_mps2 = idm_acceleration_mps2(driver.config, scene.speed_mps, gap_m, leader_speed_mps);
  return {acceleration_mps2, acceleration_mps2 < 0 ? Phase::kBraking : Phase::kDriving};
}

}  // namespace hangil::drivers
