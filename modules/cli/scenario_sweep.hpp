// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cli/scenario_points.hpp"
#include "sweep/result_store.hpp"
#include "viewer/scenario_page.hpp"

namespace hangil::cli {

// Many points of one scenario, or a suite of scenarios, into one folder.
struct ScenarioSweep {
  std::string file, suite, report, rules;  // a file or a suite
  PointChoice points;
  ScenarioDrive drive;
  JobOptions jobs;
};

// All that decides the results: files by their digests, choices, the program and its modules.
base::Result<sweep::SweepHeader> header_of(const ScenarioSweep& sweep, const std::vector<ScenarioJob>& jobs);

std::vector<std::size_t> missing_runs(const std::vector<ScenarioJob>& jobs, const sweep::ResultStore& store);
// Runs that a result file holds; empty when there is none of this sweep.
std::set<std::int64_t> runs_of_file(const std::string& path, const sweep::SweepHeader& header);

// Drives these runs into the store; traces go to FOLDER/traces, logs to FOLDER/logs. `on_kept` is told of each.
base::Status drive_missing(const ScenarioSweep& sweep, const std::vector<ScenarioJob>& jobs,
                           const std::vector<std::size_t>& runs, sweep::ResultStore& store,
                           const std::function<void(std::size_t)>& on_kept);

// Takes over what the shards below the sweep's folder hold.
base::Status merge_shards(const std::string& folder, const sweep::SweepHeader& header, sweep::ResultStore& store);

// Takes runs that ended in an error out of the store and of those of its shards, so that they are driven again.
base::Status forget_errors(const std::string& folder, const sweep::SweepHeader& header, sweep::ResultStore& store);

std::vector<viewer::PageRun> page_runs(const ScenarioSweep& sweep, const sweep::ResultStore& store);

// What was kept of a run for the report; empty: nothing.
std::string trace_of_run(const std::string& folder, std::int64_t index);

// The words this program was called with.
std::vector<std::string> command_line();

}  // namespace hangil::cli
