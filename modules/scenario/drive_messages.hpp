// SPDX-License-Identifier: Apache-2.0
#pragma once

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
messages::Mission mission(World& world, const Motion& motion, EntityIndex ego, base::Time stamp, double length_m);
// All that a finished run has logged, in order of time.
std::vector<messages::ScenarioEvent> scenario_events(const ScenarioRun& run, base::Time start);

}  // namespace hangil::scenario
