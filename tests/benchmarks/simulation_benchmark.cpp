// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "simulation/drive.hpp"

namespace hangil::simulation {
namespace {

// One turn of the 64 x 1024 LiDAR.
void scan_scene(benchmark::State& state, std::string_view name) {
  const auto scene = make_scene(name, 1);
  const DriveSpec spec;
  int frame = 0;
  std::size_t echo_count = 0;
  for (auto _ : state) {
    const base::Time stamp = spec.start + spec.lidar.period * (frame++ % 250);
    echo_count += scan(scene->world, snapshot_at(scene->script, spec.start, stamp), spec.lidar, 1).size();
  }
  state.counters["echoes"] = benchmark::Counter(static_cast<double>(echo_count), benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(scan_scene, urban, "urban")->Name("SimulationScan/urban")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scan_scene, motorway, "motorway")->Name("SimulationScan/motorway")->Unit(benchmark::kMillisecond);

void build_scene(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(make_scene("urban", 1));
}
BENCHMARK(build_scene)->Name("SimulationScene/urban")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil::simulation
