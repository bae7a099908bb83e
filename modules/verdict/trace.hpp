// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "math/time_to_collision.hpp"

namespace hangil::verdict {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// One entity at one time: the centre of its box in the map, and how it moves along its heading.
struct EntityStep {
  math::Pose2 pose;
  double speed_mps = 0, acceleration_mps2 = 0;
  bool is_present = true;  // entities appear and vanish
};

// What is known of the lane an entity is in; NaN where it is not.
struct LaneStep {
  int lane_id = 0;
  double centre_offset_m = kUnknown;
  double tyre_to_marking_m = kUnknown;  // from the outer tyre edge to the outer edge of the marking; negative: across
  double lane_width_m = kUnknown, speed_limit_mps = kUnknown;
};

struct TracedEntity {
  std::string id, entity_class;  // "car", "pedestrian", ...
  double length_m = 0, width_m = 0;
  bool is_ego = false;
  std::vector<EntityStep> steps;  // one a time of the trace
  std::vector<LaneStep> lanes;    // the same, or empty when no lanes are known
};

struct TraceEvent {
  double time_s = 0;
  std::string name;
};

struct TracedCollision {
  double time_s = 0;
  std::string first_id, second_id;
};

enum class GoalState { kNone, kReached, kMissed };

// A run of a scenario as plain values.
struct ScenarioTrace {
  std::vector<double> times_s;  // ascending
  std::vector<TracedEntity> entities;
  std::vector<TraceEvent> events;
  std::vector<TracedCollision> collisions;
  GoalState goal = GoalState::kNone;
  int deadline_miss_count = 0;
  bool has_timed_out = false;  // ended by the global time limit
};

// Exactly one ego, equal lengths, times ascending, numbers finite; else what is wrong and where.
base::Status check(const ScenarioTrace& trace);
const TracedEntity& ego_of(const ScenarioTrace& trace);
math::MovingBox moving_box(const TracedEntity& entity, std::size_t step);

}  // namespace hangil::verdict
