// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ctime>
#include <filesystem>

#include <benchmark/benchmark.h>

#include "scenario/distribution.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"
#include "scenario/trace.hpp"

namespace hangil {
namespace {

// CPU seconds of a run of a public player on the same files, one core, logs on (its own figures): 22 of the 27 ms are
// start and load, which ours shares between runs.
constexpr double kPeerRun_s = 0.027;

std::string suites() { return std::string(HANGIL_SOURCE_DIR) + "/../shared/suites"; }

double cpu_s() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);  // allowed: a benchmark measures
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".xosc") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Libraries {
  scenario::ScenarioLibrary scenarios;
  scenario::MapLibrary maps;
};

struct Outcome {
  bool is_played = false;
  std::size_t step_count = 0, row_count = 0;
};

Outcome play(Libraries& libraries, const std::string& file, const scenario::ParameterSet& point, bool takes_trace,
             bool is_strict = false) {
  Outcome outcome;
  auto read = scenario::read_scenario(libraries.scenarios, file, point, is_strict);
  if (!read || scenario::has_errors(read->findings)) return outcome;
  const auto played = std::make_shared<const scenario::Scenario>(std::move(read->scenario));
  const auto map = libraries.maps.map_of(*played);
  if (!map) return outcome;
  auto run = scenario::ScenarioRun::start(played, *map);
  if (!run) return outcome;
  scenario::Trace trace;
  if (takes_trace) trace.add(run->world());
  while (run->end_reason() == scenario::EndReason::kRunning) {
    if (const auto going = run->step(); !going) return outcome;
    ++outcome.step_count;
    if (takes_trace) trace.add(run->world());
  }
  outcome.row_count = trace.rows().size();
  outcome.is_played = true;
  return outcome;
}

struct ScenarioPoint {
  std::string file;
  scenario::ParameterSet values;
};

// All points that the constraints of their scenarios allow.
std::vector<ScenarioPoint> points_of(Libraries& libraries, const std::string& folder) {
  std::vector<ScenarioPoint> points;
  for (const std::string& file : files_in(folder)) {
    const auto read = scenario::read_distribution(libraries.scenarios, file);
    if (!read) continue;
    const auto expanded = scenario::expand(libraries.scenarios, read->distribution);
    if (!expanded) continue;
    for (const std::uint64_t index : expanded->allowed) {
      points.push_back({read->distribution.scenario_file, scenario::point(read->distribution, index)});
    }
  }
  return points;
}

void BM_ScenarioNcapStandardRange(benchmark::State& state) {
  Libraries libraries;
  const auto points =
      points_of(libraries, suites() + "/ncap2026/OpenSCENARIO/NCAP/CA-FC_2026/Variations/StandardRange");
  if (points.empty()) return state.SkipWithError("needs the public suites");
  std::size_t played = 0, steps = 0, rows = 0;
  double spent_s = 0;
  for (auto _ : state) {
    played = steps = rows = 0;
    const double before_s = cpu_s();
    for (const ScenarioPoint& point : points) {
      const Outcome outcome = play(libraries, point.file, point.values, true);
      played += outcome.is_played;
      steps += outcome.step_count;
      rows += outcome.row_count;
    }
    spent_s += cpu_s() - before_s;
  }
  const double run_s = spent_s / static_cast<double>(state.iterations()) / static_cast<double>(points.size());
  state.counters["runs"] = static_cast<double>(points.size());
  state.counters["played"] = static_cast<double>(played);
  state.counters["ms_per_run"] = 1e3 * run_s;
  state.counters["us_per_step"] = 1e6 * run_s * static_cast<double>(points.size()) / static_cast<double>(steps);
  state.counters["us_per_row"] = 1e6 * run_s * static_cast<double>(points.size()) / static_cast<double>(rows);
  state.counters["ratio"] = kPeerRun_s / run_s;
}
BENCHMARK(BM_ScenarioNcapStandardRange)->Unit(benchmark::kMillisecond);

// Everything from the files, nothing kept: map, catalogs, scenario, run, trace.
void BM_ScenarioAlksTemplates(benchmark::State& state) {
  const auto files = files_in(suites() + "/alks/logical_scenarios/concrete_scenarios");
  if (files.empty()) return state.SkipWithError("needs the public suites");
  std::vector<double> times_s;
  std::size_t played = 0;
  for (auto _ : state) {
    times_s.clear();
    played = 0;
    for (const std::string& file : files) {
      const double before_s = cpu_s();
      Libraries libraries;
      played += play(libraries, file, {}, true, true).is_played;
      times_s.push_back(cpu_s() - before_s);
    }
  }
  std::sort(times_s.begin(), times_s.end());
  state.counters["played"] = static_cast<double>(played);
  state.counters["median_ms"] = 1e3 * times_s[times_s.size() / 2];
  state.counters["worst_ms"] = 1e3 * times_s.back();
}
BENCHMARK(BM_ScenarioAlksTemplates)->Unit(benchmark::kMillisecond);

// Every n-th point of the ALKS logical scenarios, trace off; HANGIL_ALKS_STRIDE=1 for all.
void BM_ScenarioAlksGrid(benchmark::State& state) {
  Libraries libraries;
  const auto points = points_of(libraries, suites() + "/alks/logical_scenarios");
  if (points.empty()) return state.SkipWithError("needs the public suites");
  const char* given = std::getenv("HANGIL_ALKS_STRIDE");
  const std::size_t stride = given != nullptr ? std::stoul(given) : 500;
  std::size_t played = 0, count = 0;
  double spent_s = 0;
  for (auto _ : state) {
    played = count = 0;
    const double before_s = cpu_s();
    for (std::size_t i = 0; i < points.size(); i += stride, ++count) {
      played += play(libraries, points[i].file, points[i].values, false).is_played;
    }
    spent_s += cpu_s() - before_s;
  }
  const double run_s = spent_s / static_cast<double>(state.iterations()) / static_cast<double>(count);
  state.counters["points"] = static_cast<double>(points.size());
  state.counters["tried"] = static_cast<double>(count);
  state.counters["played"] = static_cast<double>(played);
  state.counters["ms_per_run"] = 1e3 * run_s;
  state.counters["minutes_for_all_on_2_cores"] = run_s * static_cast<double>(points.size()) / 120;
}
BENCHMARK(BM_ScenarioAlksGrid)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil
