// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_reading.hpp"

#include <algorithm>

#include "scenario/assignments.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::simulation {

namespace {

// "a=1;b=2"
base::Result<std::vector<scenario::ParameterAssignment>> assignments(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(';', from), text.size());
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return scenario::parse_assignments(parts);
}

}  // namespace

base::Result<StagedScenario> read_staged(const std::string& file, const std::string& parameters,
                                         const std::string& maps) {
  scenario::ScenarioLibrary library;
  const auto assigned = assignments(parameters);
  if (!assigned) return assigned.error();
  auto read = scenario::read_scenario(library, file, *assigned);
  if (!read) return read.error();
  if (scenario::has_errors(read->findings)) return scenario::errors_of(read->findings);
  StagedScenario staged{std::make_shared<const scenario::Scenario>(std::move(read->scenario)), nullptr};
  scenario::MapLibrary library_of_maps;
  if (!maps.empty()) library_of_maps.add_folder(maps);
  auto map = library_of_maps.map_of(*staged.scenario);
  if (!map) return map.error();
  staged.map = *std::move(map);
  return staged;
}

}  // namespace hangil::simulation
