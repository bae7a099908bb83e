// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "planning/future_boxes.hpp"
#include "planning/lateral_paths.hpp"
#include "planning/planner_config.hpp"

namespace hangil::planning {

// One speed profile at one step, with the reference there, relative to an origin.
struct ProfileStep {
  float x_m, y_m, tangent_x, tangent_y, curvature_radpm, curvature_rate_radpm2;
  float travelled_m, s_mps, s_mps2;  // along the reference since the start
  float wanted_mps;  // there, but not more than at the start: no place ahead makes it worth lingering before
};

// All speed profiles, profile by profile, `step_count` steps each.
struct ProfileSteps {
  int profile_count = 0, step_count = kStepCount;
  std::vector<ProfileStep> steps;
  std::vector<float> price;    // of a profile's own jerk and acceleration
  std::vector<char> is_valid;  // an invalid profile's candidates are not looked at
};

// What no candidate may exceed (the start's own excess allowed for).
struct CandidateLimits {
  float curvature_radpm, lateral_acceleration_mps2, corridor_half_width_m;
};

// Of every candidate: profile * lane_count + lane.
struct Scores {
  std::vector<float> cost;
  std::vector<int> contact_step;   // first step that touches a future; step_count: none
  std::vector<int> is_infeasible;  // exceeds a limit, or its profile is invalid

  bool is_free(std::size_t candidate, int step_count) const {
    return is_infeasible[candidate] == 0 && contact_step[candidate] >= step_count;
  }

  std::vector<float> last_lateral_mps2;  // scratch
  std::vector<int> near;                 // scratch
};

// Contacts count from here on: what touches a vehicle that stays where it is, it cannot avoid by planning.
inline constexpr float kStayingM = 0.3F;

// Every path with every profile: states in the plane, limits, price per second, and contacts with the boxes of at least
// `hard_probability`; all boxes raise the price by their nearness. Costs nothing but arithmetic once the vectors are
// warm: no allocation, no call. Lanes side by side, steps one after the other, so each sum has a fixed order.
void evaluate_candidates(const LateralLanes& lanes, const ProfileSteps& profiles, const BoxesByStep& boxes,
                         const PlannerConfig& config, const CandidateLimits& limits, float hard_probability,
                         Scores& scores);

}  // namespace hangil::planning
