// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_settings.hpp"

#include <filesystem>

#include "base/config.hpp"
#include "simulation/scenario_loop_config.hpp"

namespace hangil::cli {

namespace {

// The keys of the file: those of the world, the seed, and what the planner may do.
struct SettingsFile {
  std::int64_t seed = 0;
  bool keep_lane = false;
  simulation::ScenarioLoopConfig world;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("seed", seed, {0, 1e15}, "", "of everything random");
    visitor.field("keep_lane", keep_lane, "the planner never leaves its lane");
    world.visit(visitor);
  }
};

}  // namespace

base::Result<ScenarioSettings> settings_of(const std::string& scenario_file) {
  const auto path = std::filesystem::path(scenario_file).parent_path() / "settings.yaml";
  ScenarioSettings settings;
  if (!std::filesystem::exists(path)) return settings;
  const auto yaml = base::load_yaml(path.string());
  if (!yaml) return yaml.error();
  std::vector<base::ConfigProblem> problems;
  const auto read = base::read_config<SettingsFile>(&*yaml, problems);
  if (!problems.empty()) return base::Error{problems.front().text()};
  for (const base::YamlMember& member : yaml->members) {
    if (member.key == "seed")
      settings.seed = static_cast<std::uint64_t>(read.seed);
    else if (member.key == "keep_lane")
      settings.keeps_lane = read.keep_lane;
    else
      settings.world.push_back(member.key + "=" + member.value.scalar);
  }
  return settings;
}

}  // namespace hangil::cli
