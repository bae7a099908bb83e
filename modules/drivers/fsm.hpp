// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/reaction.hpp"
#include "drivers/scene.hpp"

namespace hangil::drivers {

// The fuzzy safety model (Mattas et al., "Fuzzy surrogate safety metrics for real-time assessment of rear-end
// collision risk", Accident Analysis and Prevention 148, 2020), the performance model of UN R157 series 01.
struct FsmConfig {
  double response_s = 0.75;
  double comfortable_mps2 = 4;       // ego brakes gently, b_min
  double max_deceleration_mps2 = 6;  // ego brakes hard, b_max
  double leader_deceleration_mps2 = 7;
  double standstill_gap_m = 2;  // kept at least, off every distance (d1)
  double margin_m = 2;          // beyond the safe distance (d2)
  double lateral_margin_s = 0.1;
};

struct Fsm {
  FsmConfig config;
  Reaction reaction;
};

// 0 safe to 1 unsafe, should the leader brake hard (proactive) and as both move now (critical).
double proactive_fuzzy_ratio(const FsmConfig& config, double speed_mps, double gap_m, double leader_speed_mps);
double critical_fuzzy_ratio(const FsmConfig& config, double speed_mps, double acceleration_mps2, double gap_m,
                            double leader_speed_mps);
// The deceleration it asks for against this one, 0 when none.
double demanded_deceleration_mps2(const FsmConfig& config, const Scene& scene, const Neighbour& other);
Decision step(Fsm& driver, const Scene& scene, double dt_s);

}  // namespace hangil::drivers
