// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "messages/mission.hpp"
#include "messages/odometry.hpp"
#include "messages/scenario_event.hpp"
#include "messages/truth_objects.hpp"
#include "scenario/scenario_run.hpp"

// A played scenario as the messages a recorded drive would hold: ego frame = rear axle on the ground, as the
// standard's.
namespace hangil::scenario {

messages::Odometry odometry(const World& world, EntityIndex ego, base::Time stamp);
// Everybody else within range, by the index of the entity.
messages::TruthObjects truth_objects(const World& world, EntityIndex ego, base::Time stamp, double range_m);
// The way that ego is to go: its trajectory, or its lane along its route, every two metres.
struct Way {
  static constexpr double kSpacingM = 2;
  std::vector<messages::PathPoint> path;
  std::vector<LaneSpot> spots;  // of each point; empty for a trajectory
};
Way way_ahead(World& world, const Motion& motion, EntityIndex ego, double length_m);
messages::Mission mission(World& world, const Motion& motion, EntityIndex ego, base::Time stamp, double length_m);

// Tells what a run logs, each thing once.
class EventTeller {
 public:
  // What is new since the last call, in order of time; `end` when the run has ended.
  std::vector<messages::ScenarioEvent> tell(const ScenarioRun& run, base::Time start);

 private:
  std::array<std::size_t, 8> told_{};  // of each kind of log
  bool has_told_end_ = false;
};

}  // namespace hangil::scenario
