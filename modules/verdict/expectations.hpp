// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/config.hpp"
#include "verdict/rule_check.hpp"

namespace hangil::verdict {

// What a scenario asks of a run, read from a YAML file beside it; every limit is off unless given.
struct Expectations {
  std::string rules = "none";  // none, r157, eu2022-1426, ncap2026, nuplan
  std::string stimulus;        // the event without which the run says nothing
  bool no_collision = true, lane_keeping = false, goal = false;
  double min_ttc_s = 0, min_distance_m = 0, min_headway_s = 0, min_progress_m = 0;
  double enough_s = 0;  // a run of so long is no less for ending by the time limit; 0: any is
  double max_deceleration_mps2 = 100, max_lateral_mps2 = 100, max_jerk_mps3 = 10000;
  int max_deadline_misses = 1000000;

  void visit(base::ConfigVisitor& visitor);
};

// Strict: unknown, mistyped and out-of-range keys, all of them, with file and line.
base::Result<Expectations> parse_expectations(std::string_view text, const std::string& file);
base::Result<Expectations> load_expectations(const std::string& path);

// The limits that differ from "off", and the rule pack.
RuleResult check_expectations(const Expectations& expectations, const Observed& observed);

}  // namespace hangil::verdict
