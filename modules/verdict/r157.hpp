// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verdict/rule_check.hpp"

namespace hangil::verdict {

// Cut-ins that must be avoided: the time to collision at the intrusion exceeds v_rel / (2 * 6 m/s2) + this.
struct CutInRule {
  double margin_s;
  const char* citation;
};
inline constexpr CutInRule kR157CutIn = {0.35, "UN R157 5.2.5.2"};
inline constexpr CutInRule kEu1426CutIn = {0.25, "EU 2022/1426 Annex III"};  // fit of its table
bool must_avoid_cut_in(const CutInRule& rule, double ttc_s, double closing_mps);

// A road user that came into ego's way: when, and how near it was then.
struct Intrusion {
  std::string id;
  double time_s = 0, ttc_s = 0, closing_mps = 0;
};
// First steps with a lateral overlap ahead of ego, of those that had none before.
std::vector<Intrusion> intrusions(const ScenarioTrace& trace);

// Lane keeping (5.2.1), following distance at the end (5.2.3.3), no collision that a competent and careful human
// avoids (5.2.5, Annex 4 App. 3) and none with a cut-in that must be avoided (5.2.5.2).
RuleResult check_r157(const Observed& observed);
RuleResult check_eu1426(const Observed& observed);

}  // namespace hangil::verdict
