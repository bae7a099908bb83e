// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "verdict/judge.hpp"

namespace hangil::viewer {

struct PageRun {
  verdict::ScenarioResult result;
  std::vector<std::pair<std::string, std::string>> parameters;  // what this run varies
  std::string trace_json;                                       // scenario_trace.hpp; empty: not kept
};

// One HTML file without anything beside it: the runs as a table with filters, a picture of each run with a trace that
// moves, figures over runs, and a heat map over two parameters. The same runs give the same bytes.
std::string scenario_page(const std::string& title, const std::vector<PageRun>& runs);

}  // namespace hangil::viewer
