// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/digest.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/interrupt.hpp"
#include "cli/scenario_commands.hpp"
#include "cli/scenario_judging.hpp"
#include "cli/text_file.hpp"
#include "verdict/result_file.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  ScenarioDrive drive;
  std::string report;
  bool as_json = false;
};

// Scenario files below the paths given, in order of name.
base::Result<std::vector<std::string>> scenario_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      const bool is_catalog = entry.path().string().find("/catalogs/") != std::string::npos;
      if (entry.path().extension() == ".xosc" && !is_catalog) found.push_back(entry.path().string());
    }
    if (found.empty()) return base::Error{path + ": no scenario (.xosc) in this folder"};
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

std::string name_of(const std::string& file) { return std::filesystem::path(file).stem().string(); }

// One scenario driven and judged; what cannot be driven is an ERROR, not the end of the others.
verdict::ScenarioResult judged(const ScenarioDrive& drive) {
  const auto seed = static_cast<std::int64_t>(drive.seed);
  const auto expectations = expectations_of(drive.scenario_file);
  if (!expectations) return verdict::failed_run(name_of(drive.scenario_file), seed, expectations.error().message);
  const auto outcome = drive_scenario(drive);
  if (!outcome) return verdict::failed_run(name_of(drive.scenario_file), seed, outcome.error().message);
  auto result = verdict::judge(name_of(drive.scenario_file), seed, trace_of(*outcome), *expectations);
  result.trace_hash = base::digest_text(outcome->trace_hash);
  return result;
}

base::Status write_reports(const std::string& folder, const std::vector<verdict::ScenarioResult>& results) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::Error{folder + ": cannot be made: " + error.message()};
  if (const auto json = write_text_file(folder + "/results.json", verdict::to_json(results)); !json) return json;
  return write_text_file(folder + "/junit.xml", verdict::to_junit(results, "hangil scenario run"));
}

void print_line(const verdict::ScenarioResult& result) {
  fmt::print("{:12} {:36} {:6.2f} s  {}\n", result.verdict, result.scenario, result.duration_s, result.reason);
  std::fflush(stdout);
}

void print_totals(const std::vector<verdict::ScenarioResult>& results) {
  const auto count = [&](std::string_view word) {
    return std::count_if(results.begin(), results.end(), [&](const auto& one) { return one.verdict == word; });
  };
  fmt::print("{} PASS, {} FAIL, {} INCONCLUSIVE, {} ERROR\n", count("PASS"), count("FAIL"), count("INCONCLUSIVE"),
             count("ERROR"));
}

int run_all(const Options& options) {
  const auto files = scenario_files(options.paths);
  if (!files) return fail(files.error().message);
  if (!options.drive.output.empty() && files->size() != 1) return fail("--output is for one scenario", kUsage);
  std::vector<verdict::ScenarioResult> results;
  for (const std::string& file : *files) {
    if (interrupted()) break;
    ScenarioDrive drive = options.drive;
    drive.scenario_file = file;
    results.push_back(judged(drive));
    if (!options.as_json) print_line(results.back());
  }
  if (options.as_json)
    fmt::print("{}\n", verdict::to_json(results));
  else
    print_totals(results);
  if (!options.report.empty()) {
    if (const auto written = write_reports(options.report, results); !written) return fail(written.error().message);
  }
  return interrupted() ? kFailed : verdict::exit_code_of(results);
}

}  // namespace

void add_scenario_run(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("run", "Drive scenarios in closed loop: a pipeline at the wheel of ego");
  auto options = std::make_shared<Options>();
  ScenarioDrive& drive = options->drive;
  drive.pipeline_file = config_dir() + "/pipelines/planning.yaml";
  drive.vehicle_file = config_dir() + "/vehicles/car.yaml";
  command->add_option("paths", options->paths, "Scenario files (.xosc) or folders of them")->required();
  command->add_option("--pipeline,-p", drive.pipeline_file, "Pipeline file with a module scenario_world");
  command->add_option("--output,-o", drive.output, "Write the driven recording of one scenario here");
  command->add_option("--ego-entity", drive.ego_entity, "The entity to drive; else Ego, else hero");
  command->add_option("--vehicle", drive.vehicle_file, "Vehicle file with ego's dynamics");
  command->add_option("--maps", drive.maps, "Folder of NAME.xodr files, for scenarios that name a map");
  command->add_option("--parameter", drive.parameters, "NAME=VALUE instead of the declared value; again for more");
  command->add_option("--set", drive.overrides, "module.key=value, may be given again");
  command->add_option("--time-limit", drive.time_limit_s, "Ends a scenario that does not end itself (s)")
      ->check(CLI::Range(0.1, 36'000.0));
  command->add_option("--workers,-w", drive.worker_count, "Worker threads")->check(CLI::Range(1, 256));
  command->add_option("--seed", drive.seed, "Seed of everything random");
  command->add_option("--report", options->report, "Folder for results.json and junit.xml");
  command->add_flag("--json", options->as_json, "Print the results as JSON");
  command->callback([=, &exit_code] { exit_code = run_all(*options); });
}

}  // namespace hangil::cli
