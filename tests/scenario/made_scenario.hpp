// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scenario/scenario_run.hpp"

// Small scenarios made for tests, on a straight road of three lanes a side and 3.5 m a lane.
namespace hangil::tests {

// Texts that go into a scenario file.
struct MadeScenario {
  std::string parameters;     // ParameterDeclaration elements
  std::string variables;      // VariableDeclaration elements
  std::string more_entities;  // ScenarioObject elements beside Ego and Other
  std::string
      init;  // Private elements; empty: Ego at s = 50 m with 20 m/s, Other at s = 100 m with 10 m/s, both in lane -2
  std::string stories;  // Story elements
  std::string signals;  // TrafficSignalController elements
  std::string stop;     // ConditionGroup elements of the stop trigger
  std::string road = "road.xodr";

  std::string text() const;
};

// A folder of its own under the test's temporary directory, with road.xodr in it.
std::string made_folder(const std::string& name);
std::string write_file(const std::string& folder, const std::string& name, const std::string& text);
std::string straight_road(double length_m);

// Pieces of text.
std::string scenario_object(const std::string& name);
std::string placed(const std::string& entity, int lane, double s_m, double speed_mps);
// A story of one event that starts at this time.
std::string at_time(double time_s, const std::string& actor, const std::string& private_action,
                    const std::string& name = "one");
std::string when_time(double time_s, const std::string& edge = "none", double delay_s = 0);
std::string speed_action(const std::string& shape, const std::string& dimension, double value, double target_mps);

// Reads and plays until the time (or the end); throws no error away.
struct PlayedScenario {
  std::shared_ptr<const scenario::Scenario> scenario;
  std::optional<scenario::ScenarioRun> run;
  std::string trouble;

  const scenario::EntityState& state(const std::string& name) const {
    return run->world().entity(*run->entity_named(name));
  }
};
PlayedScenario start_made(const MadeScenario& made, const scenario::RunOptions& options = {});
// False: it has ended before.
bool play_until(PlayedScenario& played, double time_s);

}  // namespace hangil::tests
