// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "messages/trajectory.hpp"
#include "planning/evaluate.hpp"
#include "planning/planner_config.hpp"
#include "planning/route.hpp"
#include "planning/speed_profile.hpp"

namespace hangil::planning {

// One way across with one way along.
struct Candidate {
  LateralPath path;
  SpeedProfile profile;
};

inline constexpr double kPointStepS = 0.1;  // between published points

// The motion at `time_s` after the start, exact.
math::MotionState motion_at(const Candidate& candidate, const Route& route, double time_s);

// Published points every kPointStepS from 0 up to `until_s`.
std::vector<messages::TrajectoryPoint> points_of(const Candidate& candidate, const Route& route, double until_s);

// The futures that a candidate must not touch.
struct HardFutures {
  const std::vector<RelevantFuture>* futures = nullptr;
  base::Duration prediction_step;
  KeptDistance kept;
  double least_probability = 0;
};

// In doubles, at every published point: the vehicle's corners stay in the corridor, and its box touches no hard future
// once it has moved, but for the kernel's rounding of 2 cm. `corridor_half_width_m` as the kernel got it.
bool is_really_free(const Candidate& candidate, const Route& route, const HardFutures& hard,
                    double corridor_half_width_m, const PlannerConfig& config);

}  // namespace hangil::planning
