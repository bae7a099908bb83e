// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "control/dynamic_bicycle.hpp"
#include "scenario/scenario_run.hpp"
#include "simulation/scenario_loop_config.hpp"

namespace hangil::simulation {

// The entity that is ego: the one named, else `Ego`, else `hero`.
base::Result<scenario::EntityIndex> ego_of(const scenario::Scenario& scenario, const std::string& wanted);

// Reads the scenario and its road and places everybody; `step` is that of the run.
base::Result<scenario::ScenarioRun> start_run(const ScenarioLoopConfig& config, base::Duration step);

// A vehicle file of configs/vehicles; defaults without a name.
base::Result<control::DynamicBicycleModel> read_vehicle(const std::string& file);

}  // namespace hangil::simulation
