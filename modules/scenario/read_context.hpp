// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/findings.hpp"
#include "scenario/parameters.hpp"

namespace hangil::scenario {

class ScenarioLibrary;
using EntityIndex = int;  // into Scenario::entities

// Where the catalogs of one kind lie.
struct CatalogFolder {
  std::string kind;  // "VehicleCatalog"
  std::string path;
};

// What the readers of elements share while one scenario is read.
struct ReadContext {
  ScenarioLibrary& library;
  Findings& findings;
  const ParameterScope* scope = nullptr;
  const std::vector<CatalogFolder>* catalogs = nullptr;
  std::vector<std::string> entity_names;
  std::vector<std::string> variable_names;
  bool is_strict = true;  // false: what nobody reads is not reported (a variation of a scenario read before)
  int depth = 0;          // of positions in trajectories in positions
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
