// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "verdict/correction.hpp"
#include "verdict/judge.hpp"

namespace hangil::verdict {

// A run whose verdict is another one.
struct VerdictChange {
  std::string scenario;
  std::int64_t seed = 0;
  std::string before, after, reason;  // the reason of `after`
};

// A KPI over all runs that both files hold, and over the seeds of single scenarios with six or more.
struct KpiChange {
  std::string scenario;  // "all" or a name
  std::string kpi;
  std::size_t pair_count = 0;
  double before = 0, after = 0;              // means
  Interval difference;                       // 95 %, of the mean of after - before
  double p = 1;                              // adjusted by Holm over every line of the comparison
  bool is_worse = false, is_better = false;  // significantly, at 0.05
};

struct Comparison {
  std::size_t pair_count = 0;
  std::vector<VerdictChange> new_failures, fixed, other_changes;
  std::vector<VerdictChange> missing;  // in the first file only: not run any more
  std::vector<VerdictChange> added;    // in the second file only
  std::vector<KpiChange> kpis;         // worse ones first

  bool is_regression() const;
};

// Runs are paired by scenario and seed. A run that failed, ended in an error or became inconclusive where the first
// file has a pass is a new failure.
Comparison compare(const std::vector<ScenarioResult>& before, const std::vector<ScenarioResult>& after);

// For a comment on a change: what broke first. Texts are escaped.
std::string to_markdown(const Comparison& comparison);

}  // namespace hangil::verdict
