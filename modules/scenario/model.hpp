// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/action_model.hpp"
#include "scenario/condition_model.hpp"
#include "scenario/entity_model.hpp"
#include "scenario/signal_model.hpp"
#include "scenario/storyboard_model.hpp"

namespace hangil::scenario {

// A scenario with every parameter replaced: immutable plain values.
struct Scenario {
  std::string file;
  int major_version = 1, minor_version = 0;
  std::string road_file;  // of RoadNetwork's LogicFile, as written; empty: none
  base::SourcePlace road_place;
  std::vector<EntityDefinition> entities;
  std::vector<ParameterAssignment> parameters;
  std::vector<ParameterAssignment> variables;  // with their first values
  std::vector<SignalController> signal_controllers;
  Storyboard storyboard;
  bool has_off_road_condition = false;  // else nobody needs to know at every step who is off the road
};

}  // namespace hangil::scenario
