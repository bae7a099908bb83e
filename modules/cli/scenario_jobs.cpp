// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_jobs.hpp"

#include <algorithm>
#include <filesystem>

#include "base/digest.hpp"
#include "base/json.hpp"
#include "cli/interrupt.hpp"
#include "cli/scenario_judging.hpp"
#include "cli/scenario_roads.hpp"
#include "verdict/read_json.hpp"
#include "viewer/scenario_trace.hpp"

namespace hangil::cli {

namespace {

bool is_pass(const verdict::ScenarioResult& result) {
  return result.verdict == verdict::name_of(verdict::Verdict::kPass);
}

// In the run's own process: a line with the result, then the trace.
std::string drive_and_judge(const ScenarioJob& job, bool keeps_all_traces) {
  const auto seed = static_cast<std::int64_t>(job.drive.seed);
  const auto error = [&](const base::Error& what) {
    return base::to_json(verdict::failed_run(job.name, seed, what.message)) + "\n";
  };
  auto expectations = expectations_of(job.drive.scenario_file);
  if (!expectations) return error(expectations.error());
  if (!job.rules.empty()) expectations->rules = job.rules;
  if (job.enough_s > 0) expectations->enough_s = job.enough_s;
  const auto outcome = drive_scenario(job.drive);
  if (!outcome) return error(outcome.error());
  const verdict::ScenarioTrace trace = trace_of(*outcome);
  auto result = verdict::judge(job.name, seed, trace, *expectations);
  result.trace_hash = base::digest_text(outcome->trace_hash);
  const bool keeps_trace = (keeps_all_traces || !is_pass(result)) && verdict::check(trace).ok();
  return base::to_json(result) + "\n" +
         (keeps_trace ? viewer::trace_json(trace, roads_around(job.drive, trace), outcome->reasons, outcome->start)
                      : "");
}

std::string last_line(const std::string& log) {
  const std::size_t end = log.find_last_not_of("\n\r ");
  if (end == std::string::npos) return "";
  const std::size_t before = log.find_last_of('\n', end);
  const std::size_t from = before == std::string::npos ? 0 : before + 1;
  return log.substr(from, std::min<std::size_t>(end - from + 1, 300));
}

JudgedRun judged(const ScenarioJob& job, sweep::JobEnd end) {
  const auto seed = static_cast<std::int64_t>(job.drive.seed);
  const std::size_t line = end.output.find('\n');
  JudgedRun run;
  run.log = std::move(end.log);
  if (end.problem.empty() && line != std::string::npos) {
    auto read = verdict::read_json<verdict::ScenarioResult>(std::string_view(end.output).substr(0, line), "its result");
    if (read) {
      run.result = *std::move(read);
      run.trace_json = end.output.substr(line + 1);
      return run;
    }
    end.problem = read.error().message;
  }
  if (end.problem.empty()) end.problem = "its process ended without a result";
  const std::string words = last_line(run.log);
  run.result = verdict::failed_run(job.name, seed, end.problem + (words.empty() ? "" : "; its last words: " + words));
  return run;
}

}  // namespace

base::Result<std::vector<ScenarioJob>> jobs_of_paths(const std::vector<std::string>& paths,
                                                     const ScenarioDrive& drive) {
  std::vector<ScenarioJob> jobs;
  const auto add = [&](const std::string& file) {
    ScenarioJob& job = jobs.emplace_back(ScenarioJob{std::filesystem::path(file).stem().string(), drive, "", {}});
    job.drive.scenario_file = file;
  };
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      add(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      const bool is_catalog = entry.path().string().find("/catalogs/") != std::string::npos;
      if (entry.path().extension() == ".xosc" && !is_catalog) found.push_back(entry.path().string());
    }
    if (found.empty()) return base::Error{path + ": no scenario (.xosc) in this folder"};
    std::sort(found.begin(), found.end());
    for (const std::string& file : found) add(file);
  }
  return jobs;
}

base::Status run_jobs(const std::vector<ScenarioJob>& jobs, const std::vector<std::size_t>& chosen,
                      const JobOptions& options, const std::function<base::Status(std::size_t, JudgedRun)>& on_run) {
  const sweep::ProcessOptions processes{options.process_count, options.process_time_limit_s, &interrupted()};
  return sweep::run_in_processes(
      chosen, processes, [&](std::size_t i) { return drive_and_judge(jobs[i], options.keeps_all_traces); },
      [&](std::size_t i, sweep::JobEnd end) { return on_run(i, judged(jobs[i], std::move(end))); });
}

}  // namespace hangil::cli
