// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/entity_model.hpp"
#include "scenario/findings.hpp"
#include "scenario/parameters.hpp"
#include "scenario/signal_model.hpp"

namespace hangil::scenario {

class ScenarioLibrary;

// Where the catalogs of one kind lie.
struct CatalogFolder {
  std::string kind;  // "VehicleCatalog"
  std::string path;
};

// A name for several entities.
struct EntitySelection {
  std::string name;
  std::vector<EntityIndex> members;
};

// What the readers of elements share while one scenario is read.
struct ReadContext {
  ScenarioLibrary& library;
  Findings& findings;
  const ParameterScope* scope = nullptr;
  const std::vector<CatalogFolder>* catalogs = nullptr;
  std::vector<std::string> entity_names;
  std::vector<std::string> variable_names;
  std::vector<SignalController> signal_controllers;
  std::vector<EntitySelection> selections;
  std::vector<EntityDefinition> generated;  // vehicles of traffic, after all others
  bool is_strict = true;        // false: what nobody reads is not reported (a variation of a scenario read before)
  bool is_left_handed = false;  // world positions as CARLA's own: y and angles to the right
  bool has_off_road_condition = false;
  int depth = 0;  // of positions in trajectories in positions
};

// Another scope while a scenario is read, as catalogs and maneuvers have.
class ScopeChange {
 public:
  ScopeChange(ReadContext& context, const ParameterScope& scope) : context_(context), before_(context.scope) {
    context.scope = &scope;
  }
  ~ScopeChange() { context_.scope = before_; }
  ScopeChange(const ScopeChange&) = delete;
  ScopeChange& operator=(const ScopeChange&) = delete;

 private:
  ReadContext& context_;
  const ParameterScope* before_;
};

}  // namespace hangil::scenario
