// SPDX-License-Identifier: Apache-2.0
#include "verdict/expectations.hpp"

#include <cmath>

#include "verdict/ncap.hpp"
#include "verdict/number_text.hpp"
#include "verdict/nuplan.hpp"
#include "verdict/r157.hpp"

namespace hangil::verdict {

namespace {

constexpr const char* kAsked = "expectations of the scenario";

// Where a figure that a scenario sets a limit to is defined or has its usual limit.
std::string citation(std::string_view rule) {
  if (rule == "min_ttc") return "expectations of the scenario; UN R157 5.2.5.2";
  if (rule == "min_headway") return "expectations of the scenario; UN R157 5.2.3.3";
  if (rule == "max_deceleration") return "expectations of the scenario; UN R157 5.3.1.1";
  if (rule == "max_lateral" || rule == "max_jerk") return "expectations of the scenario; comfort of nuPlan";
  return kAsked;
}

base::Result<Expectations> read(const base::YamlNode& node) {
  std::vector<base::ConfigProblem> problems;
  const auto expectations = base::read_config<Expectations>(&node, problems);
  if (problems.empty()) return expectations;
  std::string text;
  for (const base::ConfigProblem& one : problems) text += (text.empty() ? "" : "\n") + one.text();
  return base::Error{text};
}

RuleResult check_pack(const std::string& rules, const Observed& observed) {
  if (rules == "r157") return check_r157(observed);
  if (rules == "eu2022-1426") return check_eu1426(observed);
  if (rules == "ncap2026") return check_ncap2026(observed);
  if (rules == "nuplan") return check_nuplan(observed);
  return {};
}

// Nothing near is as good as any distance; a distance that could not be measured is not.
void add_least(const char* rule, double value, double least, const char* unit, RuleResult& result) {
  if (least > 0 && !std::isnan(value)) result.checks.push_back(at_least(rule, citation(rule), value, least, unit));
}

void add_most(const char* rule, double value, double most, double off, const char* unit, RuleResult& result) {
  if (most < off) result.checks.push_back(at_most(rule, citation(rule), value, most, unit));
}

void add_goals(const Expectations& asked, const Kpis& kpis, RuleResult& result) {
  if (asked.lane_keeping) {
    result.checks.push_back(
        at_least("lane_keeping", "UN R157 5.2.1", kpis.min_tyre_to_marking_m, 0, "m to the marking"));
  }
  if (!asked.goal) return;
  const bool is_reached = kpis.goal == static_cast<std::int32_t>(GoalState::kReached);
  result.checks.push_back({"goal", kAsked, is_reached, is_reached ? "reached" : "not reached"});
}

}  // namespace

RuleCheck at_least(const std::string& rule, const std::string& citation, double value, double least,
                   const std::string& unit) {
  return {rule, citation, value >= least, number_text(value) + " " + unit + ", at least " + number_text(least)};
}

RuleCheck at_most(const std::string& rule, const std::string& citation, double value, double most,
                  const std::string& unit) {
  return {rule, citation, value <= most, number_text(value) + " " + unit + ", at most " + number_text(most)};
}

void Expectations::visit(base::ConfigVisitor& visitor) {
  visitor.field("rules", rules, {"none", "r157", "eu2022-1426", "ncap2026", "nuplan"}, "named set of rules");
  visitor.field("stimulus", stimulus, "event without which the run is inconclusive");
  visitor.field("no_collision", no_collision, "ego touches nothing (a rule set decides instead where one is named)");
  visitor.field("lane_keeping", lane_keeping, "no tyre crosses the outer edge of a marking");
  visitor.field("goal", goal, "the goal is reached");
  visitor.field("min_ttc_s", min_ttc_s, {0, 60}, "s", "time to collision, at least");
  visitor.field("min_distance_m", min_distance_m, {0, 1000}, "m", "between boxes, at least");
  visitor.field("min_headway_s", min_headway_s, {0, 60}, "s", "to the one ahead, at least");
  visitor.field("min_progress_m", min_progress_m, {0, 1e6}, "m", "driven, at least");
  visitor.field("enough_s", enough_s, {0, 36'000}, "s", "of a run that only the time limit ends; 0: never");
  visitor.field("max_deceleration_mps2", max_deceleration_mps2, {0, 100}, "m/s2", "braking, at most");
  visitor.field("max_lateral_mps2", max_lateral_mps2, {0, 100}, "m/s2", "lateral acceleration, at most");
  visitor.field("max_jerk_mps3", max_jerk_mps3, {0, 10000}, "m/s3", "jerk, at most");
  visitor.field("max_deadline_misses", max_deadline_misses, {0, 1e6}, "", "frames too late, at most");
}

base::Result<Expectations> parse_expectations(std::string_view text, const std::string& file) {
  const auto node = base::parse_yaml(text, file);
  return node ? read(*node) : node.error();
}

base::Result<Expectations> load_expectations(const std::string& path) {
  const auto node = base::load_yaml(path);
  return node ? read(*node) : node.error();
}

RuleResult check_expectations(const Expectations& asked, const Observed& observed) {
  const Kpis& kpis = observed.kpis;
  RuleResult result = check_pack(asked.rules, observed);
  if (asked.no_collision && asked.rules == "none") {
    result.checks.push_back(at_most("no_collision", kAsked, kpis.collision_count, 0, "collisions"));
  }
  add_least("min_ttc", kpis.min_ttc_s, asked.min_ttc_s, "s to collision", result);
  add_least("min_distance", kpis.min_distance_m, asked.min_distance_m, "m", result);
  add_least("min_headway", kpis.min_headway_s, asked.min_headway_s, "s of headway", result);
  add_least("min_progress", kpis.progress_m, asked.min_progress_m, "m driven", result);
  const Expectations off;
  add_most("max_deceleration", kpis.max_deceleration_mps2, asked.max_deceleration_mps2, off.max_deceleration_mps2,
           "m/s2", result);
  add_most("max_lateral", kpis.max_lateral_mps2, asked.max_lateral_mps2, off.max_lateral_mps2, "m/s2", result);
  add_most("max_jerk", kpis.max_jerk_mps3, asked.max_jerk_mps3, off.max_jerk_mps3, "m/s3", result);
  add_most("deadline_misses", kpis.deadline_miss_count, asked.max_deadline_misses, off.max_deadline_misses,
           "frames late", result);
  add_goals(asked, kpis, result);
  return result;
}

}  // namespace hangil::verdict
