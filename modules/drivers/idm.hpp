// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "drivers/reaction.hpp"
#include "drivers/scene.hpp"

namespace hangil::drivers {

// Parameters of Treiber, Hennecke and Helbing, "Congested traffic states in empirical observations and microscopic
// simulations", Phys. Rev. E 62 (2000), table I.
struct IdmConfig {
  double desired_speed_mps = 33.3;
  double time_headway_s = 1.6;
  double acceleration_mps2 = 0.73;
  double deceleration_mps2 = 1.67;
  double exponent = 4;
  double standstill_gap_m = 2;
  double max_deceleration_mps2 = kFullBraking_mps2;  // the paper has none; a car has

  void visit(base::ConfigVisitor& visitor);
};

// The intelligent driver model: follows the nearest road user in its path, else takes its desired speed.
struct Idm {
  IdmConfig config;
};

// Equations 3 and 4 of the paper; without a leader the gap is infinite.
double idm_acceleration_mps2(const IdmConfig& config, double speed_mps, double gap_m, double leader_speed_mps);

Decision step(Idm& driver, const Scene& scene, double dt_s);

}  // namespace hangil::drivers
