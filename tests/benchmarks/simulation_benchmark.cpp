// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "simulation/drive.hpp"
#include "simulation/scenario_camera.hpp"

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

// A picture of the closed loop's camera, from the world to the encoded message: a street with a light, 6 road users.
void picture(benchmark::State& state) {
  const std::string top = HANGIL_SOURCE_DIR;
  ScenarioCameraConfig config;
  config.scenario_file = top + "/scenarios/red_light/red_light.xosc";
  config.rig_file = top + "/configs/sensors/closed_loop.yaml";
  auto camera = ScenarioCamera::load(config);
  messages::TruthObjects truth;
  for (int i = 0; i < 6; ++i) {
    messages::TruthObject& car = truth.objects.emplace_back();
    car.id = i, car.object_class = i % 3 == 2 ? messages::ObjectClass::kPedestrian : messages::ObjectClass::kCar;
    car.box = {9.0 + 8 * i, i % 2 == 0 ? 0.0 : 3.3, 0.75, 0, i % 3 == 2 ? 0.5 : 4.5, i % 3 == 2 ? 0.6 : 1.8, 1.5};
  }
  std::int64_t frame = 0;
  for (auto _ : state) {
    const math::PoseSample ego{.x_m = 440 + 0.1 * static_cast<double>(frame++ % 300), .y_m = -1.6};
    camera->look(truth, nullptr, ego);
    benchmark::DoNotOptimize(camera->image(base::Time{frame}, 1).data.data());
  }
}
BENCHMARK(picture)->Name("SimulationPicture/1024x640")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil::simulation
