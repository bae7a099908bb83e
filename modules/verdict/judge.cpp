// SPDX-License-Identifier: Apache-2.0
#include "verdict/judge.hpp"

#include <algorithm>

namespace hangil::verdict {

namespace {

void conclude(Verdict verdict, std::string reason, ScenarioResult& result) {
  result.verdict = name_of(verdict);
  result.reason = std::move(reason);
}

bool has_event(const ScenarioTrace& trace, const std::string& name) {
  return std::any_of(trace.events.begin(), trace.events.end(),
                     [&](const TraceEvent& event) { return event.name == name; });
}

std::string met_text(const ScenarioResult& result) {
  return std::to_string(result.checks.size()) + (result.checks.size() == 1 ? " rule met" : " rules met");
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  constexpr std::string_view kNames[] = {"PASS", "FAIL", "INCONCLUSIVE", "ERROR"};
  return kNames[static_cast<int>(verdict)];
}

ScenarioResult failed_run(const std::string& scenario, std::int64_t seed, const std::string& reason) {
  ScenarioResult result{.scenario = scenario, .seed = seed};
  conclude(Verdict::kError, reason, result);
  return result;
}

ScenarioResult judge(const std::string& scenario, std::int64_t seed, const ScenarioTrace& trace,
                     const Expectations& expectations) {
  if (const auto status = check(trace); !status) return failed_run(scenario, seed, status.error().message);
  ScenarioResult result{.scenario = scenario, .seed = seed};
  result.duration_s = trace.times_s.back() - trace.times_s.front();
  result.kpis = measure(trace);
  result.references = reference_runs(trace);
  RuleResult rules = check_expectations(expectations, {trace, result.kpis, result.references});
  result.checks = std::move(rules.checks), result.scores = std::move(rules.scores);
  const auto unmet =
      std::find_if(result.checks.begin(), result.checks.end(), [](const RuleCheck& one) { return !one.is_met; });
  if (unmet != result.checks.end()) {
    conclude(Verdict::kFail, unmet->rule + ": " + unmet->reason + " (" + unmet->citation + ")", result);
  } else if (!expectations.stimulus.empty() && !has_event(trace, expectations.stimulus)) {
    conclude(Verdict::kInconclusive, "'" + expectations.stimulus + "' never happened", result);
  } else if (trace.has_timed_out && !(expectations.enough_s > 0 && result.duration_s >= expectations.enough_s)) {
    conclude(Verdict::kInconclusive, "ended by the time limit", result);
  } else {
    conclude(Verdict::kPass, met_text(result), result);
  }
  return result;
}

}  // namespace hangil::verdict
