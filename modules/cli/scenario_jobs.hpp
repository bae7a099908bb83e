// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/scenario_drive.hpp"
#include "sweep/processes.hpp"
#include "sweep/result_store.hpp"
#include "verdict/judge.hpp"

namespace hangil::cli {

// One run to be driven and judged.
struct ScenarioJob {
  std::string name;
  ScenarioDrive drive;                        // its parameters are those of all runs and those of the point
  std::string rules;                          // empty: as the expectations beside the scenario say
  double enough_s = 0;                        // the same
  std::vector<sweep::SweptValue> parameters;  // of the point
};

// What is known of a run once its process has ended.
struct JudgedRun {
  verdict::ScenarioResult result;
  std::string trace_json;  // for the report; empty: not kept
  std::string log;         // what its process printed
};

struct JobOptions {
  int process_count = 1;
  double process_time_limit_s = 600;
  bool keeps_all_traces = false;  // else those of runs that did not pass
};

// Scenario files below these paths in order of name (folders `catalogs` left out), each a job.
base::Result<std::vector<ScenarioJob>> jobs_of_paths(const std::vector<std::string>& paths, const ScenarioDrive& drive);

// Drives these jobs, each in a process of its own, and hands over each run as it ends: what crashed, hung or could not
// be driven is an ERROR with its log. Errors: of `on_run`, or no process can be started.
base::Status run_jobs(const std::vector<ScenarioJob>& jobs, const std::vector<std::size_t>& chosen,
                      const JobOptions& options, const std::function<base::Status(std::size_t, JudgedRun)>& on_run);

}  // namespace hangil::cli
