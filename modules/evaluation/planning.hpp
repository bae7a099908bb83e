// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/plan_facts.hpp"
#include "evaluation/quantiles.hpp"

namespace hangil::evaluation {

struct NamedCount {
  static constexpr std::string_view kType = "hangil_msgs/msg/NamedCount";
  std::string name;
  std::uint64_t count = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("count", self.count);
  }
};

// How far the plan is, after that time, from where the recorded vehicle was.
struct PathDeviation {
  static constexpr std::string_view kType = "hangil_msgs/msg/PathDeviation";
  double horizon_s = 0;
  Quantiles distance_m, lateral_m;  // lateral: across the driven heading, absolute

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("horizon_s", self.horizon_s);
    visit("distance_m", self.distance_m);
    visit("lateral_m", self.lateral_m);
  }
};

// Open loop: the vehicle moved as recorded, whatever was planned, and so did everybody else.
struct PlanningResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/PlanningResult";
  std::uint32_t frame_count = 0;
  std::uint32_t valid_frame_count = 0;  // with a well-formed trajectory between it and the next one
  double valid_ratio = kNoValue;
  std::uint32_t trajectory_count = 0, malformed_count = 0;
  std::uint32_t judged_count = 0, rejected_count = 0;  // by the validator
  std::vector<NamedCount> behaviours, findings;        // by name, details after a comma left out
  std::uint32_t command_count = 0, stopping_command_count = 0;
  std::uint32_t judged_command_count = 0, rejected_command_count = 0;
  std::vector<NamedCount> command_findings;
  Quantiles acceleration_mps2, jerk_mps3, lateral_acceleration_mps2;  // each plan's greatest absolute value
  std::string obstacles;                                              // what distances are to: "truth" or "tracks"
  // Of each plan's footprint to any object, where that really was by then and not behind the rear axle.
  Quantiles least_distance_m;
  double min_distance_m = kNoValue, min_time_to_collision_s = kNoValue;  // over all plans; null: nothing near
  std::uint32_t colliding_plan_count = 0;
  double earliest_contact_s = kNoValue;   // into any of these plans; each is replaced by the next frame's
  std::vector<PathDeviation> deviations;  // after 1, 2 and 3 s

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("frame_count", self.frame_count);
    visit("valid_frame_count", self.valid_frame_count);
    visit("valid_ratio", self.valid_ratio);
    visit("trajectory_count", self.trajectory_count);
    visit("malformed_count", self.malformed_count);
    visit("judged_count", self.judged_count);
    visit("rejected_count", self.rejected_count);
    visit("behaviours", self.behaviours);
    visit("findings", self.findings);
    visit("command_count", self.command_count);
    visit("stopping_command_count", self.stopping_command_count);
    visit("judged_command_count", self.judged_command_count);
    visit("rejected_command_count", self.rejected_command_count);
    visit("command_findings", self.command_findings);
    visit("acceleration_mps2", self.acceleration_mps2);
    visit("jerk_mps3", self.jerk_mps3);
    visit("lateral_acceleration_mps2", self.lateral_acceleration_mps2);
    visit("obstacles", self.obstacles);
    visit("least_distance_m", self.least_distance_m);
    visit("min_distance_m", self.min_distance_m);
    visit("min_time_to_collision_s", self.min_time_to_collision_s);
    visit("colliding_plan_count", self.colliding_plan_count);
    visit("earliest_contact_s", self.earliest_contact_s);
    visit("deviations", self.deviations);
  }
};

PlanningResult evaluate_planning(const PlanningInput& input);

}  // namespace hangil::evaluation
