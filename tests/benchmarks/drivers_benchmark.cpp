// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "drivers/jrc_reference.hpp"
#include "drives.hpp"

namespace hangil {
namespace {

constexpr const char* kDrivers[] = {"careful-jrc", "reg157", "rss", "fsm"};

// Every point of one grid with one driver; beside the time the counts of both, and the share of equal outcomes.
void BM_DriversJrcGrid(benchmark::State& state) {
  const char* name = kDrivers[state.range(0)];
  const auto grid = static_cast<drivers::JrcGrid>(state.range(1));
  const std::string folder = tests::shared_dir() + "/suites/oracle/jrc_r157";
  const auto agreement = tests::compare_with_jrc(folder, name, grid);
  if (agreement.case_count == 0)
    return state.SkipWithError("needs reference grids that are not part of the repository");
  drivers::JrcCount count;
  for (auto _ : state) count = count_collisions(*drivers::make_driver(name), grid);
  state.SetLabel(std::string(name) + ", " + std::string(name_of(grid)));
  state.counters["cases_per_s"] =
      benchmark::Counter(static_cast<double>(count.case_count), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["collisions"] = count.collision_count;
  state.counters["reference"] = agreement.reference;
  state.counters["same_ratio"] = agreement.same_ratio();
}
BENCHMARK(BM_DriversJrcGrid)
    ->Name("DriversJrcGrid")
    ->ArgsProduct({{0, 2, 3}, {0, 1, 2, 3}})
    ->Args({1, 0})
    ->Args({1, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil
