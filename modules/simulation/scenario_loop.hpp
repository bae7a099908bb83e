// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>

#include "map/lane_graph.hpp"
#include "messages/signal_states.hpp"
#include "simulation/avoidance.hpp"
#include "simulation/ego_place.hpp"
#include "simulation/ego_vehicle.hpp"
#include "simulation/scenario_loop_config.hpp"

namespace hangil::simulation {

// A scenario whose ego somebody else drives: the world of a closed loop. Steps of 10 ms; every 100 ms the objects are
// sensed. Deterministic for a configuration, a seed and the commands given.
class ScenarioLoop {
 public:
  struct Tick {
    messages::Odometry pose;
    std::optional<messages::Mission> mission;  // at the start and when the scenario changes what ego is to do
    std::optional<map::LaneGraph> map;         // at the start
    std::optional<messages::SignalStates> signals;
    std::optional<messages::TruthObjects> truth;
    std::optional<messages::LanePlace> place;
    std::optional<messages::Objects> objects;     // with the stamp of their measurement
    std::vector<messages::ScenarioEvent> events;  // the last one has kind `end` when the run has ended
  };

  // Reads scenario, road and vehicle. Errors name file and line.
  static base::Result<ScenarioLoop> load(const ScenarioLoopConfig& config, std::uint64_t seed);

  // Moves the world to `now` (the first call is its start) under `command`, and tells what is there. Nothing once the
  // run has ended.
  base::Result<std::optional<Tick>> advance_to(base::Time now, const messages::Command* command);

 private:
  ScenarioLoop(const ScenarioLoopConfig& config, std::uint64_t seed, scenario::ScenarioRun run,
               scenario::EntityIndex ego, const control::DynamicBicycleModel& model);

  // What the scenario asks of ego: a new mission follows when any of it changes.
  struct Task {
    int lateral_element = -2;
    std::size_t leg_count = 0;
    double speed_mps = 0;
    bool operator==(const Task&) const = default;
  };

  base::Status step_once(const messages::Command* command);
  void place_on_road();
  bool is_taken_over() const;
  Task task() const;
  Tick tick(base::Time now);
  bool is_sensing_time() const;
  bool is_frame_lost(base::Time now) const;
  void tell_map(base::Time now, Tick& tick);
  void tell_objects(base::Time now, Tick& tick);
  void tell_mission(base::Time now, Tick& tick);

  ScenarioLoopConfig config_;
  std::uint64_t seed_;
  scenario::ScenarioRun run_;
  scenario::EntityIndex ego_;
  EgoVehicle vehicle_;
  Avoidance avoidance_;
  bool waits_for_activation_, has_ended_ = false, has_told_map_ = false;
  std::optional<base::Time> start_;
  base::Duration elapsed_;
  scenario::EventTeller teller_;
  EgoPlace place_;
  std::deque<messages::Objects> pending_;  // sensed, not yet published
  std::optional<Task> task_;
};

}  // namespace hangil::simulation
