// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <filesystem>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_commands.hpp"
#include "cli/scenario_report.hpp"
#include "cli/scenario_sweep.hpp"
#include "cli/text_file.hpp"
#include "sweep/slurm.hpp"
#include "verdict/result_file.hpp"

namespace hangil::cli {

namespace {

struct Options {
  ScenarioSweep sweep;
  std::string method = "random", engine = "local", shard;
  double shard_s = 60;
  bool retries_errors = false;
};

// The command line without what a shard has of its own.
std::vector<std::string> shard_command(const std::vector<std::string>& words) {
  std::vector<std::string> command = {program_dir() + "/hangil"};
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--engine") {
      ++i;
    } else if (words[i].rfind("--engine=", 0) != 0) {
      command.push_back(words[i]);
    }
  }
  return command;
}

// How long a run takes here: the first one that is missing is driven for it.
base::Result<double> measure_run_s(const ScenarioSweep& sweep, const std::vector<ScenarioJob>& jobs,
                                   sweep::ResultStore& store) {
  const auto missing = missing_runs(jobs, store);
  if (missing.empty()) return 1.0;
  const auto before = std::chrono::steady_clock::now();
  const auto driven = drive_missing(sweep, jobs, {missing.front()}, store, [](std::size_t) {});
  if (!driven) return driven.error();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

base::Status wait_for(const std::string& job_id, const std::string& folder, const sweep::SweepHeader& header,
                      sweep::ResultStore& store) {
  Progress progress("sweep", {}, {});
  for (bool is_queued = true; is_queued;) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    if (interrupted()) {
      sweep::cancel(job_id);
      return base::Error{"interrupted; job " + job_id + " is cancelled, what it has driven is kept"};
    }
    const auto queued = sweep::is_queued(job_id);
    if (!queued) return queued.error();
    is_queued = *queued;
    if (const auto merged = merge_shards(folder, header, store); !merged) return merged;
    progress.show(static_cast<double>(store.rows().size()) / static_cast<double>(header.run_count));
  }
  progress.finish();
  return {};
}

base::Status drive_on_slurm(const Options& options, const std::vector<std::string>& words,
                            const std::vector<ScenarioJob>& jobs, const sweep::SweepHeader& header,
                            sweep::ResultStore& store) {
  const auto run_s = measure_run_s(options.sweep, jobs, store);
  if (!run_s) return run_s.error();
  const auto missing = missing_runs(jobs, store);
  if (missing.empty()) return {};
  const auto count = static_cast<std::int64_t>(jobs.size());
  const sweep::Shards shards = sweep::shards_of(count, *run_s, options.sweep.jobs.process_count, options.shard_s);
  std::vector<char> is_wanted(static_cast<std::size_t>(shards.shard_count));
  for (const std::size_t run : missing) is_wanted[run % is_wanted.size()] = true;
  std::vector<std::int64_t> wanted;
  for (std::size_t i = 0; i < is_wanted.size(); ++i) {
    if (is_wanted[i]) wanted.push_back(static_cast<std::int64_t>(i));
  }
  const std::string& folder = options.sweep.report;
  std::error_code ignored;
  std::filesystem::create_directories(folder + "/shards", ignored);
  const std::string script =
      sweep::batch_script(shard_command(words), shards, folder, options.sweep.jobs.process_count);
  if (const auto kept = write_text_file(folder + "/shards/batch.sh", script); !kept) return kept;
  const auto job_id = sweep::submit(folder + "/shards/batch.sh", wanted);
  if (!job_id) return job_id.error();
  fmt::print(stderr, "job {}: {} of {} shards, {} runs\n", *job_id, wanted.size(), shards.shard_count, missing.size());
  return wait_for(*job_id, folder, header, store);
}

base::Status drive_here(const Options& options, const std::vector<ScenarioJob>& jobs, sweep::ResultStore& store) {
  Progress progress("sweep", {}, {});
  const auto driven = drive_missing(options.sweep, jobs, missing_runs(jobs, store), store, [&](std::size_t) {
    progress.show(static_cast<double>(store.rows().size()) / static_cast<double>(jobs.size()));
  });
  progress.finish();
  return driven;
}

int finish(const Options& options, const std::vector<ScenarioJob>& jobs, sweep::ResultStore& store) {
  const std::size_t missing = missing_runs(jobs, store).size();
  if (missing > 0) {
    return fail(fmt::format("{}: {} of {} runs are still missing; the same command goes on with them",
                            options.sweep.report, missing, jobs.size()));
  }
  if (const auto sorted = store.sort(); !sorted) return fail(sorted.error().message);
  std::vector<verdict::ScenarioResult> results;
  for (const auto& [index, row] : store.rows()) results.push_back(row.result);
  const auto written = write_report(options.sweep.report, "hangil scenario sweep", page_runs(options.sweep, store));
  if (!written) return fail(written.error().message);
  fmt::print("{}: {} runs\n{}", options.sweep.file, results.size(), totals_text(results));
  return verdict::exit_code_of(results);
}

// One task of an array job: its runs into a folder of its own.
int drive_shard(const Options& options, const std::vector<ScenarioJob>& jobs) {
  std::int64_t shard = 0;
  const auto shards = sweep::parse_shard(options.shard, static_cast<std::int64_t>(jobs.size()), shard);
  if (!shards) return fail(shards.error().message, kUsage);
  const auto header = header_of(options.sweep, jobs);
  if (!header) return fail(header.error().message);
  // A task that was requeued while its first process still lives goes on when that one has ended.
  const std::string folder = sweep::shard_folder(options.sweep.report, shard, shards->shard_count);
  auto store = sweep::ResultStore::open(folder, *header, true);
  if (!store) return fail(store.error().message);
  std::vector<std::size_t> chosen;
  const auto there = runs_of_file(options.sweep.report + "/results.jsonl", *header);
  for (const std::size_t run : missing_runs(jobs, *store)) {
    const bool is_ours = static_cast<std::int64_t>(run) % shards->shard_count == shard;
    if (is_ours && there.count(static_cast<std::int64_t>(run)) == 0) chosen.push_back(run);
  }
  const auto driven = drive_missing(options.sweep, jobs, chosen, *store, [](std::size_t) {});
  return driven ? (interrupted() ? kFailed : kClean) : fail(driven.error().message);
}

int sweep_all(Options& options, const std::vector<std::string>& words) {
  options.sweep.points.sampling = *sweep::sampling_named(options.method);
  auto jobs = jobs_of_points(options.sweep.file, options.sweep.points, options.sweep.drive);
  if (!jobs) return fail(jobs.error().message);
  for (ScenarioJob& job : *jobs) job.rules = options.sweep.rules;
  if (!options.shard.empty()) return drive_shard(options, *jobs);
  const auto header = header_of(options.sweep, *jobs);
  if (!header) return fail(header.error().message);
  auto store = sweep::ResultStore::open(options.sweep.report, *header);
  if (!store) return fail(store.error().message, kUsage);
  if (const auto merged = merge_shards(options.sweep.report, *header, *store); !merged)
    return fail(merged.error().message);
  if (options.retries_errors) {
    const auto forgotten = forget_errors(options.sweep.report, *header, *store);
    if (!forgotten) return fail(forgotten.error().message);
  }
  const auto driven = options.engine == "slurm" ? drive_on_slurm(options, words, *jobs, *header, *store)
                                                : drive_here(options, *jobs, *store);
  if (!driven) return fail(driven.error().message);
  return finish(options, *jobs, *store);
}

void add_sampling(CLI::App& command, Options& options) {
  ScenarioSweep& sweep = options.sweep;
  command.add_option("file", sweep.file, "ParameterValueDistribution, or a scenario with --points")->required();
  command.add_option("--points", sweep.points.table, "Table of points: names, then values, separated by commas");
  command.add_option("--sample", sweep.points.count, "How many points; all when left out");
  command.add_option("--method", options.method, "How they are chosen")
      ->check(CLI::IsMember({"grid", "random", "latin-hypercube"}));
  command.add_option("--seed", sweep.points.seed, "Decides which points, and everything random in the runs");
  command.add_option("--rules", sweep.rules, "Rules instead of those of the expectations")
      ->check(CLI::IsMember({"none", "r157", "eu2022-1426", "ncap2026", "nuplan"}));
}

}  // namespace

void add_scenario_sweep(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("sweep", "Drive many points of a scenario; can be killed and goes on");
  auto options = std::make_shared<Options>();
  ScenarioSweep& sweep = options->sweep;
  sweep.drive.pipeline_file = config_dir() + "/pipelines/planning.yaml";
  sweep.drive.vehicle_file = config_dir() + "/vehicles/car.yaml";
  add_sampling(*command, *options);
  command->add_option("--report", sweep.report, "Folder of the sweep: results.jsonl, report.html, logs")->required();
  command->add_option("--workers,-w", sweep.jobs.process_count, "Runs at the same time, each a process")
      ->check(CLI::Range(1, 1024));
  command->add_option("--engine", options->engine, "local, or slurm: an array job of this machine's cluster")
      ->check(CLI::IsMember({"local", "slurm"}));
  command->add_option("--shard-seconds", options->shard_s, "Work of a task of the array job, at least (s)")
      ->check(CLI::Range(0.1, 1e6));
  command->add_option("--shard", options->shard, "NUMBER/COUNT: only this part, into a folder of its own");
  command->add_option("--pipeline,-p", sweep.drive.pipeline_file, "Pipeline file with a module scenario_world");
  command->add_option("--ego-entity", sweep.drive.ego_entity, "The entity to drive; else Ego, else hero");
  command->add_option("--vehicle", sweep.drive.vehicle_file, "Vehicle file with ego's dynamics");
  command->add_option("--maps", sweep.drive.maps, "Folder of NAME.xodr files, for scenarios that name a map");
  command->add_option("--parameter", sweep.drive.parameters, "NAME=VALUE for every point; again for more");
  command->add_option("--set", sweep.drive.overrides, "module.key=value, may be given again");
  command
      ->add_option("--time-limit", sweep.drive.time_limit_s,
                   "Ends a run (s); else 120, or the file's own end where later")
      ->check(CLI::Range(0.1, 36'000.0));
  command->add_option("--process-time-limit", sweep.jobs.process_time_limit_s, "Ends a run that hangs (s)")
      ->check(CLI::Range(0.1, 1e6));
  command->add_flag("--retry-errors", options->retries_errors, "Drive runs again that ended in an error");
  command->add_flag("--all-traces", sweep.jobs.keeps_all_traces, "Animate every run in the report, not only failures");
  command->callback([=, &exit_code] {
    options->sweep.drive.seed = options->sweep.points.seed;
    exit_code = sweep_all(*options, command_line());
  });
}

}  // namespace hangil::cli
