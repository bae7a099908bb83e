// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/footprint.hpp"

namespace hangil::planning {

inline constexpr int kStepCount = 31;  // states of a candidate, the present one included

// Price of what passengers dislike, per second; only ratios matter.
struct CostWeights {
  float speed_error = 1.0F, acceleration = 0.4F, jerk = 0.15F;
  float offset = 1.0F, lateral_acceleration = 0.3F, lateral_jerk = 0.1F;
  float nearness = 60.0F;  // of an object touching the margin, falling to 0 over clearance_m
  float clearance_m = 1.0F;
};

struct PlannerConfig {
  math::Footprint vehicle;
  CostWeights weights;
  std::int64_t candidate_count = 810;
  double step_s = 0.2;
  double desired_speed_mps = 13.9;
  double corridor_half_width_m = 2.5;
  bool keep_lane = false;
  double margin_m = 0.3;
  double standstill_gap_m = 2.5;
  double time_gap_s = 1.5;
  double acceleration_mps2 = 2.0;
  double comfortable_braking_mps2 = 2.5;
  double emergency_braking_mps2 = 8.0;
  double lateral_acceleration_mps2 = 2.5;
  double max_curvature_radpm = 0.19;

  double horizon_s() const { return step_s * (kStepCount - 1); }

  void visit(base::ConfigVisitor& visitor) {
    vehicle.visit(visitor);
    visitor.field("candidate_count", candidate_count, {1, 100'000}, "", "driving candidates without a work allowance");
    visitor.field("step_s", step_s, {0.1, 0.5}, "s", "time between the 31 states of a candidate");
    visitor.field("desired_speed_mps", desired_speed_mps, {0, 40}, "m/s", "where the mission gives none");
    visitor.field("corridor_half_width_m", corridor_half_width_m, {1, 10}, "m", "the whole vehicle stays within");
    visitor.field("keep_lane", keep_lane, "never leave the route's lane, as an ALKS must not (UN R157 5.2.1)");
    visitor.field("margin_m", margin_m, {0, 2}, "m", "kept to objects beyond their uncertainty");
    visitor.field("standstill_gap_m", standstill_gap_m, {0.5, 10}, "m", "to a standing object ahead");
    visitor.field("time_gap_s", time_gap_s, {0.5, 5}, "s", "to a moving object ahead");
    visitor.field("acceleration_mps2", acceleration_mps2, {0.5, 4}, "m/s2", "most when speeding up");
    visitor.field("comfortable_braking_mps2", comfortable_braking_mps2, {0.5, 5}, "m/s2", "of a planned stop");
    visitor.field("emergency_braking_mps2", emergency_braking_mps2, {3, 10}, "m/s2", "of the hardest stop");
    visitor.field("lateral_acceleration_mps2", lateral_acceleration_mps2, {0.5, 6}, "m/s2", "speed in curves");
    visitor.field("max_curvature_radpm", max_curvature_radpm, {0.02, 0.5}, "rad/m", "of the vehicle's full lock");
  }
};

}  // namespace hangil::planning
