// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_start.hpp"

#include "simulation/scenario_reading.hpp"

namespace hangil::simulation {

void ScenarioLoopConfig::visit(base::ConfigVisitor& visitor) {
  visitor.field("scenario_file", scenario_file, "OpenSCENARIO file (.xosc)");
  visitor.field("ego_entity", ego_entity, "the entity that is driven; empty: Ego, else hero");
  visitor.field("parameters", parameters, "values instead of the declared ones: NAME=VALUE;NAME=VALUE");
  visitor.field("maps", maps, "folder of NAME.xodr files for scenarios that name a map");
  visitor.field("vehicle_file", vehicle_file, "vehicle's dynamics (configs/vehicles); empty: defaults");
  visitor.field("time_limit_s", time_limit_s, {0.1, 36'000}, "s", "ends a scenario that does not end itself");
  visitor.field("ends_when_avoided_s", ends_when_avoided_s, {0, 60}, "s",
                "ends the run when what ego closed in on has been avoided for so long; 0: off");
  visitor.field("sensor_latency_s", sensor_latency_s, {0, 2}, "s", "from measuring objects to publishing them");
  visitor.field("frame_dropout_ratio", frame_dropout_ratio, {0, 1}, "", "frames of objects that never come");
  visitor.field("blind_from_s", blind_from_s, {0, 36'000}, "s", "no frame of objects comes from here on ...");
  visitor.field("blind_for_s", blind_for_s, {0, 36'000}, "s", "... for so long");
  sensor.visit(visitor);
}

base::Result<control::DynamicBicycleModel> read_vehicle(const std::string& file) {
  if (file.empty()) return control::DynamicBicycleModel{};
  const auto yaml = base::load_yaml(file);
  if (!yaml) return yaml.error();
  std::vector<base::ConfigProblem> problems;
  const auto model = base::read_config<control::DynamicBicycleModel>(&*yaml, problems);
  if (!problems.empty()) return base::Error{problems.front().text()};
  return model;
}

base::Result<scenario::ScenarioRun> start_run(const ScenarioLoopConfig& config, base::Duration step) {
  const auto staged = read_staged(config.scenario_file, config.parameters, config.maps);
  if (!staged) return staged.error();
  return scenario::ScenarioRun::start(staged->scenario, staged->map,
                                      {step, base::Duration::seconds(config.time_limit_s)});
}

base::Result<scenario::EntityIndex> ego_of(const scenario::Scenario& scenario, const std::string& wanted) {
  const std::vector<std::string> names = wanted.empty() ? std::vector<std::string>{"Ego", "hero"} : std::vector{wanted};
  for (const std::string& name : names) {
    for (std::size_t i = 0; i < scenario.entities.size(); ++i) {
      if (scenario.entities[i].name == name) return static_cast<scenario::EntityIndex>(i);
    }
  }
  return base::Error{scenario.file + ": no entity '" + names.front() + "' to drive; name one with --ego-entity"};
}

}  // namespace hangil::simulation
