// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_reading.hpp"

#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::simulation {

namespace {

std::vector<scenario::ParameterAssignment> assignments(const std::string& text) {
  std::vector<scenario::ParameterAssignment> found;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(';', from), text.size()), equals = text.find('=', from);
    if (equals < to) found.push_back({text.substr(from, equals - from), text.substr(equals + 1, to - equals - 1)});
    from = to + 1;
  }
  return found;
}

}  // namespace

base::Result<StagedScenario> read_staged(const std::string& file, const std::string& parameters,
                                         const std::string& maps) {
  scenario::ScenarioLibrary library;
  auto read = scenario::read_scenario(library, file, assignments(parameters));
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
