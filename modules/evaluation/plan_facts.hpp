// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>

#include "evaluation/object_history.hpp"
#include "messages/command.hpp"
#include "messages/safety_report.hpp"
#include "messages/trajectory.hpp"

namespace hangil::evaluation {

// The ego vehicle seen from above; the ego frame's origin is the middle of the rear axle.
struct VehicleShape {
  double length_m = 4.77, width_m = 1.82, rear_overhang_m = 1.0;
};
math::Box2 footprint(const VehicleShape& shape, const math::Pose2& T_map_ego);

// What was planned, and in what world.
struct PlanningInput {
  std::vector<base::Time> frame_stamps;
  std::span<const recording::Stamped<messages::Trajectory>> trajectories;  // as they left the planner
  std::span<const recording::Stamped<messages::SafetyReport>> reports;     // about these trajectories
  std::span<const recording::Stamped<messages::Command>> commands;
  const math::PoseBuffer* poses = nullptr;   // may be null
  const ObjectHistory* obstacles = nullptr;  // may be null
  VehicleShape vehicle;
};

// What one plan comes to; for the summary and for picking the frames worth a look.
struct PlanFacts {
  base::Time stamp;
  bool is_sound = false, is_rejected = false;
  double least_distance_m = HUGE_VAL, time_to_collision_s = HUGE_VAL;
  double acceleration_mps2 = 0, jerk_mps3 = 0, lateral_acceleration_mps2 = 0;  // greatest absolute values
};

std::vector<PlanFacts> plan_facts(const PlanningInput& input);
// Finite, at least two points, time going forward.
bool is_well_formed(const messages::Trajectory& plan);

}  // namespace hangil::evaluation
