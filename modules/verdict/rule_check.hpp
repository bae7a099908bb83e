// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/fields.hpp"
#include "verdict/kpis.hpp"
#include "verdict/preventability.hpp"

namespace hangil::verdict {

// One rule held to one run.
struct RuleCheck {
  static constexpr std::string_view kType = "hangil_msgs/msg/RuleCheck";
  std::string rule;      // "no_collision"
  std::string citation;  // the paragraph it comes from, or where the scenario asks for it
  bool is_met = true;
  std::string reason;  // what was measured and what is allowed, in one line

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("rule", self.rule);
    visit("citation", self.citation);
    visit("is_met", self.is_met);
    visit("reason", self.reason);
  }
};

// A figure that is not met or missed: points, shares.
struct RuleScore {
  static constexpr std::string_view kType = "hangil_msgs/msg/RuleScore";
  std::string name, citation;
  double value = 0, most = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("citation", self.citation);
    visit("value", self.value);
    visit("most", self.most);
  }
};

// What the rules judge by.
struct Observed {
  const ScenarioTrace& trace;
  const Kpis& kpis;
  const std::vector<ReferenceRun>& references;
};

struct RuleResult {
  std::vector<RuleCheck> checks;
  std::vector<RuleScore> scores;
};

// "at least" and "at most" with the same wording everywhere; NaN meets neither.
RuleCheck at_least(const std::string& rule, const std::string& citation, double value, double least,
                   const std::string& unit);
RuleCheck at_most(const std::string& rule, const std::string& citation, double value, double most,
                  const std::string& unit);

}  // namespace hangil::verdict
