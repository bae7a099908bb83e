// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/reaction.hpp"
#include "drivers/scene.hpp"

namespace hangil::drivers {

// The system that just meets UN R157 5.2.5.2: it must avoid a cut-in whose time to collision at the intrusion exceeds
// v_rel / (2 * 6 m/s2) + 0.35 s, so it brakes with 6 m/s2 0.35 s after a gap is that short.
struct Reg157Config {
  double delay_s = 0.35;
  double deceleration_mps2 = 6;
  double margin_s = 0.1;       // added to the time to collision that counts as short
  double lateral_gap_m = 0.5;  // what is further aside is no cut-in yet
};

struct Reg157 {
  Reg157Config config;
  Reaction reaction;
};

bool is_unsafe(const Reg157Config& config, const Scene& scene, const Neighbour& other);
Decision step(Reg157& driver, const Scene& scene, double dt_s);

}  // namespace hangil::drivers
