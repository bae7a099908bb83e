// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/interrupt.hpp"
#include "cli/scenario_commands.hpp"
#include "cli/scenario_report.hpp"
#include "cli/scenario_suites.hpp"
#include "cli/scenario_sweep.hpp"
#include "verdict/result_file.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  ScenarioDrive drive;
  JobOptions jobs;
  std::string suite, folder, rules, report;
  std::uint64_t sample_count = 0, sample_seed = 0;
  bool as_json = false, retries_errors = false;
};

base::Result<std::vector<ScenarioJob>> jobs_of(const Options& options) {
  if (!options.suite.empty()) {
    return jobs_of_suite(options.suite, options.folder, options.sample_count, options.sample_seed, options.rules,
                         options.drive);
  }
  auto jobs = jobs_of_paths(options.paths, options.drive);
  if (!jobs) return jobs.error();
  for (ScenarioJob& job : *jobs) job.rules = options.rules;
  return jobs;
}

// Runs as they end, told in their order.
class RunKeeper {
 public:
  RunKeeper(const std::vector<ScenarioJob>& jobs, const Options& options)
      : jobs_(jobs), options_(options), runs_(jobs.size()), is_there_(jobs.size()) {}

  void take(std::size_t i, verdict::ScenarioResult result, std::string trace_json) {
    viewer::PageRun& kept = runs_[i];
    for (const sweep::SweptValue& one : jobs_[i].parameters) kept.parameters.emplace_back(one.name, one.value);
    kept.result = std::move(result), kept.trace_json = std::move(trace_json);
    is_there_[i] = true;
    for (; next_ < runs_.size() && is_there_[next_]; ++next_) tell(runs_[next_].result);
  }
  // Those that ended, in order.
  std::vector<viewer::PageRun> runs() const {
    std::vector<viewer::PageRun> ended;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (is_there_[i]) ended.push_back(runs_[i]);
    }
    return ended;
  }

 private:
  void tell(const verdict::ScenarioResult& result) const {
    if (options_.as_json) return;
    fmt::print("{}", result_line(result));
    std::fflush(stdout);
  }

  const std::vector<ScenarioJob>& jobs_;
  const Options& options_;
  std::vector<viewer::PageRun> runs_;
  std::vector<char> is_there_;
  std::size_t next_ = 0;
};

void print_end(const Options& options, const std::vector<ScenarioJob>& jobs,
               const std::vector<verdict::ScenarioResult>& results) {
  if (options.as_json) return fmt::print("{}\n", verdict::to_json(results));
  fmt::print("{}", totals_text(results));
  if (options.suite == "ncap2026" && results.size() == jobs.size()) fmt::print("{}", ncap_points_text(jobs, results));
}

std::string usage_problem(const Options& options) {
  if (options.suite.empty() == options.paths.empty()) return "give scenario files or folders, or --suite with --dir";
  if (!options.suite.empty() && options.folder.empty()) return "--suite " + options.suite + ": where is it? (--dir)";
  return "";
}

base::Status drive_all(const Options& options, const std::vector<ScenarioJob>& jobs, RunKeeper& keeper) {
  std::vector<std::size_t> all(jobs.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return run_jobs(jobs, all, options.jobs, [&](std::size_t i, JudgedRun run) -> base::Status {
    keep_log(options.report, jobs[i].name, run.log);
    keeper.take(i, std::move(run.result), std::move(run.trace_json));
    return {};
  });
}

// A suite with a report keeps its results as a sweep does: killed, the same command goes on.
base::Status drive_suite(const Options& options, const std::vector<ScenarioJob>& jobs, RunKeeper& keeper) {
  ScenarioSweep sweep;
  sweep.suite = options.suite, sweep.report = options.report, sweep.rules = options.rules;
  sweep.drive = options.drive, sweep.jobs = options.jobs;
  sweep.points.count = options.sample_count, sweep.points.seed = options.sample_seed;
  const auto header = header_of(sweep, jobs);
  if (!header) return header.error();
  auto store = sweep::ResultStore::open(options.report, *header);
  if (!store) return store.error();
  if (options.retries_errors) {
    if (const auto forgotten = forget_errors(options.report, *header, *store); !forgotten) return forgotten;
  }
  const auto keep = [&](std::size_t i) {
    const auto& row = store->rows().at(static_cast<std::int64_t>(i));
    keeper.take(i, row.result, trace_of_run(options.report, row.index));
  };
  for (const auto& [index, row] : store->rows()) keep(static_cast<std::size_t>(index));
  const auto driven = drive_missing(sweep, jobs, missing_runs(jobs, *store), *store, keep);
  return driven && store->rows().size() == jobs.size() ? store->sort() : driven;
}

// The line over a report: what decides its results beside the scenarios.
std::string title_of(const Options& options) {
  if (options.suite == "alks") return "hangil scenario run --suite alks (ego is an ALKS: it keeps its lane)";
  return "hangil scenario run" + (options.suite.empty() ? "" : " --suite " + options.suite);
}

int run_all(const Options& options) {
  if (const std::string problem = usage_problem(options); !problem.empty()) return fail(problem, kUsage);
  const auto jobs = jobs_of(options);
  if (!jobs) return fail(jobs.error().message);
  if (!options.drive.output.empty() && jobs->size() != 1) return fail("--output is for one scenario", kUsage);
  RunKeeper keeper(*jobs, options);
  const bool is_kept = !options.suite.empty() && !options.report.empty();
  const auto ended = is_kept ? drive_suite(options, *jobs, keeper) : drive_all(options, *jobs, keeper);
  std::vector<verdict::ScenarioResult> results;
  for (const viewer::PageRun& run : keeper.runs()) results.push_back(run.result);
  print_end(options, *jobs, results);
  if (!options.report.empty() && !results.empty()) {
    const auto written = write_report(options.report, title_of(options), keeper.runs());
    if (!written) return fail(written.error().message);
  }
  if (!ended) return fail(ended.error().message, results.empty() ? kUsage : kFailed);
  return interrupted() ? kFailed : verdict::exit_code_of(results);
}

}  // namespace

void add_scenario_run(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("run", "Drive scenarios in closed loop: a pipeline at the wheel of ego");
  auto options = std::make_shared<Options>();
  ScenarioDrive& drive = options->drive;
  drive.pipeline_file = config_dir() + "/pipelines/planning.yaml";
  drive.vehicle_file = config_dir() + "/vehicles/car.yaml";
  command->add_option("paths", options->paths, "Scenario files (.xosc) or folders of them");
  command->add_option("--suite", options->suite, "A public suite instead")->check(CLI::IsMember({"alks", "ncap2026"}));
  command->add_option("--dir", options->folder, "The folder of the suite")->check(CLI::ExistingDirectory);
  command->add_option("--sample", options->sample_count, "Points of each logical scenario of the suite alks");
  command->add_option("--sample-seed", options->sample_seed, "Decides which points");
  command->add_option("--rules", options->rules, "Rules instead of those of the expectations")
      ->check(CLI::IsMember({"none", "r157", "eu2022-1426", "ncap2026", "nuplan"}));
  command->add_option("--pipeline,-p", drive.pipeline_file, "Pipeline file with a module scenario_world");
  command->add_option("--output,-o", drive.output, "Write the driven recording of one scenario here");
  command->add_option("--ego-entity", drive.ego_entity, "The entity to drive; else Ego, else hero");
  command->add_option("--vehicle", drive.vehicle_file, "Vehicle file with ego's dynamics");
  command->add_option("--maps", drive.maps, "Folder of NAME.xodr files, for scenarios that name a map");
  command->add_option("--parameter", drive.parameters, "NAME=VALUE instead of the declared value; again for more");
  command->add_option("--set", drive.overrides, "module.key=value, may be given again");
  command->add_option("--time-limit", drive.time_limit_s, "Ends a run (s); else 120, or the file's own end where later")
      ->check(CLI::Range(0.1, 36'000.0));
  command->add_option("--workers,-w", drive.worker_count, "Worker threads of each run")->check(CLI::Range(1, 256));
  options->jobs.process_count = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  command->add_option("--processes,-j", options->jobs.process_count, "Runs at the same time, each a process")
      ->check(CLI::Range(1, 1024));
  command->add_option("--process-time-limit", options->jobs.process_time_limit_s, "Ends a run that hangs (s)")
      ->check(CLI::Range(0.1, 1e6));
  command->add_option("--seed", drive.seed, "Seed of everything random");
  command->add_option("--report", options->report, "Folder for results.json, junit.xml, report.html and logs");
  command->add_flag("--retry-errors", options->retries_errors, "Of a suite that goes on: drive its errors again");
  command->add_flag("--all-traces", options->jobs.keeps_all_traces,
                    "Animate every run in the report, not only failures");
  command->add_flag("--json", options->as_json, "Print the results as JSON");
  command->callback([=, &exit_code] { exit_code = run_all(*options); });
}

}  // namespace hangil::cli
