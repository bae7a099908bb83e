// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>

#include "evaluation/object_history.hpp"
#include "math/footprint.hpp"
#include "messages/command.hpp"
#include "messages/safety_report.hpp"
#include "messages/trajectory.hpp"

namespace hangil::evaluation {

// What was planned, and in what world.
struct PlanningInput {
  std::vector<base::Time> frame_stamps;
  std::span<const recording::Stamped<messages::Trajectory>> trajectories;  // as they left the planner
  std::span<const recording::Stamped<messages::SafetyReport>> reports;     // about these trajectories
  std::span<const recording::Stamped<messages::SafetyReport>> command_reports;
  std::span<const recording::Stamped<messages::Command>> commands;
  const math::PoseBuffer* poses = nullptr;   // may be null
  const ObjectHistory* obstacles = nullptr;  // may be null
  math::Footprint vehicle;
};

// What one plan comes to; for the summary and for picking the frames worth a look.
struct PlanFacts {
  base::Time stamp;
  bool is_sound = false, is_rejected = false;
  double least_distance_m = HUGE_VAL, time_to_collision_s = HUGE_VAL;          // objects behind the rear axle left out
  double contact_s = HUGE_VAL;                                                 // when the plan first touches an object
  double acceleration_mps2 = 0, jerk_mps3 = 0, lateral_acceleration_mps2 = 0;  // greatest absolute values
};

std::vector<PlanFacts> plan_facts(const PlanningInput& input);
// Finite, at least two points, time going forward.
bool is_well_formed(const messages::Trajectory& plan);

}  // namespace hangil::evaluation
