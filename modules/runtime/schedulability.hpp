// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/graph.hpp"

namespace hangil::runtime {

// What is known before a run.
struct ExpectedLoad {
  std::vector<double> source_rates_hz;  // per channel of the graph; 0: unknown, or written by a module
  std::vector<double> run_ms;           // per module: what an activation takes on this machine; 0: not measured
  int worker_count = 1;
};

struct Schedulability {
  std::vector<double> rates_hz;           // per module: starts a second when nothing is folded together
  double cores = 0;                       // busy on average: sum of rate and run time, budgets where not measured
  double path_ms = 0;                     // declared latencies along the frame's longest trigger path
  std::vector<std::string> path;          // its modules
  std::vector<std::string> does_not_fit;  // each with its numbers; empty: nothing known speaks against it
};

// Checks run times against budgets, each module's load against its own period, all modules against the workers, and the
// frame's longest path against its deadline. Necessary conditions only: queueing is what a run measures.
Schedulability judge_schedulability(const Graph& graph, const ExpectedLoad& load);

}  // namespace hangil::runtime
