// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verdict/expectations.hpp"

namespace hangil::verdict {

enum class Verdict : std::uint8_t { kPass, kFail, kInconclusive, kError };
std::string_view name_of(Verdict verdict);  // "PASS", ...

// What is kept of one run.
struct ScenarioResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/ScenarioResult";
  std::string scenario;
  std::int64_t seed = 0;
  std::string verdict;  // PASS, FAIL, INCONCLUSIVE or ERROR
  std::string reason;   // in one line
  double duration_s = 0;
  std::string trace_hash;  // of every message of the run, equal for equal runs; empty: not known
  Kpis kpis;
  std::vector<RuleCheck> checks;
  std::vector<RuleScore> scores;
  std::vector<ReferenceRun> references;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("scenario", self.scenario);
    visit("seed", self.seed);
    visit("verdict", self.verdict);
    visit("reason", self.reason);
    visit("duration_s", self.duration_s);
    visit("trace_hash", self.trace_hash);
    visit("kpis", self.kpis);
    visit("checks", self.checks);
    visit("scores", self.scores);
    visit("references", self.references);
  }
};

// Judges a finished run. ERROR: the trace is no run; INCONCLUSIVE: its stimulus never happened; FAIL: the first rule
// that is not met says why.
ScenarioResult judge(const std::string& scenario, std::int64_t seed, const ScenarioTrace& trace,
                     const Expectations& expectations);
// Of a run that did not come to its end: what went wrong.
ScenarioResult failed_run(const std::string& scenario, std::int64_t seed, const std::string& reason);

}  // namespace hangil::verdict
