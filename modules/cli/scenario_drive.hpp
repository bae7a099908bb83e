// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "messages/driving_reasons.hpp"
#include "messages/lane_place.hpp"
#include "messages/mission.hpp"
#include "messages/odometry.hpp"
#include "messages/scenario_event.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::cli {

// A scenario whose ego is driven by a pipeline.
struct ScenarioDrive {
  std::string scenario_file, pipeline_file;
  std::string ego_entity;                          // empty: Ego, else hero
  std::string maps;                                // folder of NAME.xodr files; may be empty
  std::string vehicle_file;                        // empty: default dynamics
  std::string output;                              // recording to write; empty: none
  std::vector<std::string> parameters, overrides;  // NAME=VALUE, module.key=value
  double time_limit_s = 0;  // 0: 120 s, or the time at which the file itself ends where that is later, up to 400 s
  bool keeps_lane = false;  // the planner never leaves its lane (UN R157 5.2.1)
  double ends_when_avoided_s = 0;  // key of module scenario_world
  int worker_count = 1;
  std::uint64_t seed = 0;  // 0: the one the scenario sets
};

// What happened, up to the end of the scenario.
struct ScenarioOutcome {
  std::string ego_name, end_reason;
  double ego_length_m = 0, ego_width_m = 0, ego_centre_ahead_m = 0;  // of the rear axle
  base::Time start, end;
  std::uint64_t trace_hash = 0;  // of every message of the run, as it was published
  std::vector<messages::Odometry> poses;
  std::vector<messages::TruthObjects> truth;
  std::vector<messages::ScenarioEvent> events;
  std::vector<messages::Mission> missions;
  std::vector<messages::LanePlace> places;  // of ego, one a truth
  std::vector<messages::DrivingReasons> reasons;
};

// Drives one scenario to its end in virtual time: the same outcome on any number of workers. Errors: scenario, road or
// pipeline cannot be read; the pipeline has no module `scenario_world`; a module that may not failed.
base::Result<ScenarioOutcome> drive_scenario(const ScenarioDrive& drive);

}  // namespace hangil::cli
