// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/reaction.hpp"
#include "drivers/scene.hpp"

namespace hangil::drivers {

// The competent and careful human driver of UN R157 Annex 4 Appendix 3 (3.3 to 3.5), in two readings.
enum class CarefulReading {
  kRegulation,  // risk is seen when the other is more than 0.375 m off its lane's centre, and evaluated for 0.4 s
  kJrc,         // of the JRC grids: risk is seen at the first lateral overlap; 0.4 m/s2 (coasting) while reacting
};

struct CarefulHumanConfig {
  CarefulReading reading = CarefulReading::kRegulation;
  double evaluation_s = 0.4;      // kRegulation: from seeing the risk to knowing it
  double delay_s = 0.75;          // from knowing the risk to braking
  double coasting_mps2 = 0.4;     // kJrc: deceleration within the delay
  double critical_ttc_s = 2;      // of a cut-in
  double critical_headway_s = 2;  // of a leader that brakes, and of what a cut-out uncovers
};

struct CarefulHuman {
  CarefulHumanConfig config;
  Reaction reaction;
  bool is_settled = false;  // kJrc: a cut-in left more than the critical time, by which the JRC counts it as safe
};

Decision step(CarefulHuman& driver, const Scene& scene, double dt_s);

}  // namespace hangil::drivers
