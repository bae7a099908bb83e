// SPDX-License-Identifier: Apache-2.0
#include "verdict/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace hangil::verdict {

namespace {

using Key = std::pair<std::string, std::int64_t>;
using Runs = std::map<Key, const ScenarioResult*>;
using Pairs = std::vector<std::pair<const ScenarioResult*, const ScenarioResult*>>;

struct ComparedKpi {
  const char* name;
  double (*value)(const Kpis&);
  bool is_more_better;
};

constexpr std::array<ComparedKpi, 8> kCompared = {
    {{"collisions", [](const Kpis& kpis) { return static_cast<double>(kpis.collision_count); }, false},
     {"impact speed, m/s",
      [](const Kpis& kpis) { return std::isnan(kpis.impact_speed_mps) ? 0 : kpis.impact_speed_mps; }, false},
     {"min TTC, s", [](const Kpis& kpis) { return kpis.min_ttc_s; }, true},
     {"min distance, m", [](const Kpis& kpis) { return kpis.min_distance_m; }, true},
     {"progress, m", [](const Kpis& kpis) { return kpis.progress_m; }, true},
     {"max deceleration, m/s2", [](const Kpis& kpis) { return kpis.max_deceleration_mps2; }, false},
     {"max jerk, m/s3", [](const Kpis& kpis) { return kpis.max_jerk_mps3; }, false},
     {"deadline misses", [](const Kpis& kpis) { return static_cast<double>(kpis.deadline_miss_count); }, false}}};

Runs by_key(const std::vector<ScenarioResult>& results) {
  Runs runs;
  for (const ScenarioResult& result : results) runs[{result.scenario, result.seed}] = &result;
  return runs;
}

bool is_pass(const std::string& verdict) { return verdict == name_of(Verdict::kPass); }

void note_verdicts(const ScenarioResult& before, const ScenarioResult& after, Comparison& comparison) {
  if (before.verdict == after.verdict) return;
  const VerdictChange change = {after.scenario, after.seed, before.verdict, after.verdict, after.reason};
  const bool fails_now = after.verdict == name_of(Verdict::kFail) || after.verdict == name_of(Verdict::kError);
  const bool failed_before = before.verdict == name_of(Verdict::kFail) || before.verdict == name_of(Verdict::kError);
  if (is_pass(before.verdict) || (fails_now && !failed_before)) {
    comparison.new_failures.push_back(change);
  } else if (is_pass(after.verdict)) {
    comparison.fixed.push_back(change);
  } else {
    comparison.other_changes.push_back(change);
  }
}

// The mean of what both runs of a pair measured; none when no pair has it.
void add_kpi(const std::string& scenario, const ComparedKpi& kpi, const Pairs& pairs, std::vector<KpiChange>& changes) {
  KpiChange change{.scenario = scenario, .kpi = kpi.name};
  std::vector<double> differences;
  for (const auto& [before, after] : pairs) {
    const double old_value = kpi.value(before->kpis), new_value = kpi.value(after->kpis);
    if (std::isnan(old_value) || std::isnan(new_value)) continue;
    change.before += old_value, change.after += new_value;
    differences.push_back(new_value - old_value);
  }
  if (std::all_of(differences.begin(), differences.end(), [](double one) { return one == 0; })) return;
  const auto count = static_cast<double>(differences.size());
  change.pair_count = differences.size();
  change.before /= count, change.after /= count;
  constexpr std::uint64_t kSeed = 20;
  change.difference = bootstrap_mean(differences, kSeed);
  change.p = sign_flip_p(differences, kSeed);
  changes.push_back(change);
}

bool is_more_better(const std::string& kpi) {
  const auto found =
      std::find_if(kCompared.begin(), kCompared.end(), [&](const ComparedKpi& one) { return one.name == kpi; });
  return found != kCompared.end() && found->is_more_better;
}

void correct(std::vector<KpiChange>& changes) {
  constexpr double kLevel = 0.05;
  std::vector<double> p_values;
  for (const KpiChange& change : changes) p_values.push_back(change.p);
  const std::vector<double> adjusted = holm(p_values);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    KpiChange& change = changes[i];
    change.p = adjusted[i];
    const bool is_up = change.after > change.before;
    change.is_worse = change.p < kLevel && is_up != is_more_better(change.kpi);
    change.is_better = change.p < kLevel && is_up == is_more_better(change.kpi);
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const KpiChange& a, const KpiChange& b) { return a.is_worse && !b.is_worse; });
}

void add_kpis(const Pairs& pairs, Comparison& comparison) {
  constexpr std::size_t kLeastSeeds = 6;  // fewer cannot reach a p-value of 0.05
  std::map<std::string, Pairs> by_scenario;
  for (const auto& pair : pairs) by_scenario[pair.first->scenario].push_back(pair);
  for (const ComparedKpi& kpi : kCompared) {
    add_kpi("all", kpi, pairs, comparison.kpis);
    for (const auto& [scenario, seeds] : by_scenario) {
      if (seeds.size() >= kLeastSeeds && by_scenario.size() > 1) add_kpi(scenario, kpi, seeds, comparison.kpis);
    }
  }
  correct(comparison.kpis);
}

}  // namespace

bool Comparison::is_regression() const {
  return !new_failures.empty() || !missing.empty() ||
         std::any_of(kpis.begin(), kpis.end(), [](const KpiChange& change) { return change.is_worse; });
}

Comparison compare(const std::vector<ScenarioResult>& before, const std::vector<ScenarioResult>& after) {
  const Runs old_runs = by_key(before), new_runs = by_key(after);
  Comparison comparison;
  Pairs pairs;
  for (const auto& [key, run] : old_runs) {
    const auto found = new_runs.find(key);
    if (found == new_runs.end()) {
      comparison.missing.push_back({key.first, key.second, run->verdict, "-", "not run"});
      continue;
    }
    note_verdicts(*run, *found->second, comparison);
    // A run that did not come to its end measured nothing.
    const bool has_ended =
        run->verdict != name_of(Verdict::kError) && found->second->verdict != name_of(Verdict::kError);
    if (has_ended) pairs.emplace_back(run, found->second);
    ++comparison.pair_count;
  }
  for (const auto& [key, run] : new_runs) {
    if (old_runs.count(key) == 0) comparison.added.push_back({key.first, key.second, "-", run->verdict, run->reason});
  }
  add_kpis(pairs, comparison);
  return comparison;
}

}  // namespace hangil::verdict
