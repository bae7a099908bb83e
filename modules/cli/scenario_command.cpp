// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/scenario_commands.hpp"
#include "scenario/assignments.hpp"
#include "scenario/distribution.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::cli {

namespace {

struct CheckOptions {
  std::vector<std::string> files;
  std::vector<std::string> parameters, maps;
};

struct ExpandOptions {
  std::string file;
  std::uint64_t shown_count = 20;
  bool shows_all = false;
};

std::string counts_text(const scenario::Findings& findings) {
  std::size_t unsupported = 0, without_effect = 0, errors = 0;
  for (const scenario::Finding& finding : findings) {
    errors += finding.severity == scenario::Severity::kError;
    unsupported += finding.severity == scenario::Severity::kUnsupported;
    without_effect += finding.severity == scenario::Severity::kNoEffect;
  }
  return fmt::format("{} errors, {} unsupported, {} without effect", errors, unsupported, without_effect);
}

// Whether it can be played.
bool check_scenario(scenario::ScenarioLibrary& library, scenario::MapLibrary& maps, const std::string& file,
                    const std::vector<scenario::ParameterAssignment>& parameters) {
  auto read = scenario::read_scenario(library, file, parameters);
  if (!read) return fail(read.error().message), false;
  if (const auto map = maps.map_of(read->scenario); !map) {
    const std::string& text = map.error().message;  // begins with the place
    const std::size_t rest = read->scenario.road_place.text().size() + 2;
    read->findings.push_back({scenario::Severity::kError, read->scenario.road_place, "RoadNetwork", text.substr(rest)});
  }
  for (const scenario::Finding& finding : read->findings) fmt::print("{}\n", finding.text());
  for (const scenario::ConstraintViolation& violation : read->violations) {
    fmt::print("{}: constraint: parameter '{}' = {}: {}\n", file, violation.parameter, violation.value, violation.what);
  }
  fmt::print("{}: {} entities, {}\n", file, read->scenario.entities.size(), counts_text(read->findings));
  return !scenario::has_errors(read->findings);
}

int check(const CheckOptions& options) {
  scenario::ScenarioLibrary library;
  scenario::MapLibrary maps;
  for (const std::string& text : options.maps) maps.add(text);
  const auto parameters = scenario::parse_assignments(options.parameters);
  if (!parameters) return fail(parameters.error().message, kUsage);
  bool all_well = true;
  for (const std::string& file : options.files) all_well = check_scenario(library, maps, file, *parameters) && all_well;
  return all_well ? kClean : kFailed;
}

void print_points(const scenario::Distribution& distribution, const scenario::ExpandedPoints& points,
                  std::uint64_t most) {
  std::uint64_t shown = 0;
  for (const std::uint64_t index : points.allowed) {
    if (shown++ == most) break;
    fmt::print("{}:", index);
    for (const auto& [name, value] : scenario::point(distribution, index)) fmt::print(" {}={}", name, value);
    fmt::print("\n");
  }
  if (points.allowed.size() > most) fmt::print("... and {} more (--all)\n", points.allowed.size() - most);
}

int expand(const ExpandOptions& options) {
  scenario::ScenarioLibrary library;
  const auto read = scenario::read_distribution(library, options.file);
  if (!read) return fail(read.error().message);
  if (scenario::has_errors(read->findings)) return fail(scenario::errors_of(read->findings).message);
  for (const scenario::Finding& finding : read->findings) fmt::print("{}\n", finding.text());
  const auto points = scenario::expand(library, read->distribution);
  if (!points) return fail(points.error().message);
  print_points(read->distribution, *points, options.shows_all ? points->allowed.size() : options.shown_count);
  fmt::print("{}: {} points of {}, {} allowed by its constraints, {} not\n", options.file,
             scenario::point_count(read->distribution), read->distribution.scenario_file, points->allowed.size(),
             points->violating_count);
  for (const auto& [name, count] : points->violating_by_parameter) fmt::print("  {} not by {}\n", count, name);
  return kClean;
}

void add_check(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("check", "Name every element that is not supported, and what happens instead");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("file", options->files, "OpenSCENARIO XML files (.xosc)")->required();
  command->add_option("--parameter,-p", options->parameters, "NAME=VALUE instead of the declared value");
  command->add_option("--map", options->maps, "NAME=FILE.xodr for a map that is named, or a folder of NAME.xodr files");
  command->callback([=, &exit_code] { exit_code = check(*options); });
}

void add_expand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("expand", "The points of a parameter value distribution, constraints applied");
  auto options = std::make_shared<ExpandOptions>();
  command->add_option("file", options->file, "ParameterValueDistribution (.xosc)")->required();
  command->add_option("--first", options->shown_count, "How many points to list");
  command->add_flag("--all", options->shows_all, "List every point");
  command->callback([=, &exit_code] { exit_code = expand(*options); });
}

}  // namespace

void add_scenario(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("scenario", "Check, expand, play and drive OpenSCENARIO files; compare results");
  command->require_subcommand(1);
  add_check(*command, exit_code);
  add_expand(*command, exit_code);
  add_scenario_play(*command, exit_code);
  add_scenario_compare(*command, exit_code);
  add_scenario_run(*command, exit_code);
  add_scenario_sweep(*command, exit_code);
}

}  // namespace hangil::cli
