// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ctime>

#include <benchmark/benchmark.h>

#include "camera/detector.hpp"
#include "camera/kitti_pictures.hpp"
#include "camera/lane_frames.hpp"
#include "camera/light_crops.hpp"
#include "camera/nanodet.hpp"
#include "camera/road_view.hpp"
#include "camera/shared_models.hpp"
#include "camera/twinlite.hpp"
#include "model/made_input.hpp"
#include "model/torch_network.hpp"

namespace hangil::camera {
namespace {

double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Times `run` once an iteration, after two that warm up; leaves the median.
template <class Run>
void time_median(benchmark::State& state, Run run) {
  run(), run();
  std::vector<double> times_ms;
  for (auto _ : state) {
    const double start_ms = thread_ms();
    run();
    times_ms.push_back(thread_ms() - start_ms);
  }
  std::nth_element(times_ms.begin(), times_ms.begin() + static_cast<std::ptrdiff_t>(times_ms.size() / 2),
                   times_ms.end());
  state.counters["median_ms"] = times_ms[times_ms.size() / 2];
}

void run_network(benchmark::State& state, const base::Result<model::Network>& network, model::MapSize size) {
  if (!network) return state.SkipWithError(network.error().message.c_str());
  const auto run = model::torch_network(*network, {.input = size});
  if (!run) return state.SkipWithError(run.error().message.c_str());
  const auto input = model::made_input(static_cast<std::size_t>(size.height * size.width * 3));
  std::vector<std::vector<float>> outputs;
  time_median(state, [&] { benchmark::DoNotOptimize((*run)(input, outputs).ok()); });
  state.counters["GFLOP_per_s"] = model::operation_count(*network, size) / 1e6 / state.counters["median_ms"];
}

void BM_NanodetNetwork(benchmark::State& state) {
  const auto weights = model::read_weights(shared_model("nanodet_plus_m_416"));
  if (!weights) return state.SkipWithError("needs a model that is not part of the repository");
  run_network(state, nanodet_network(*weights), {416, 416});
}
BENCHMARK(BM_NanodetNetwork)->Name("NanodetNetwork")->Unit(benchmark::kMillisecond)->MinTime(2);

void BM_TwinliteNetwork(benchmark::State& state) {
  const auto weights = model::read_weights(shared_model("twinlitenetplus_small"));
  if (!weights) return state.SkipWithError("needs a model that is not part of the repository");
  run_network(state, twinlite_network(*weights), {384, 640});
}
BENCHMARK(BM_TwinliteNetwork)->Name("TwinliteNetwork")->Unit(benchmark::kMillisecond)->MinTime(2);

// From a rectified picture to boxes, at the level of the argument; and how many of KITTI's cars that finds.
void BM_CameraDetector(benchmark::State& state) {
  const auto weights = model::read_weights(shared_model("nanodet_plus_m_416"));
  const auto pictures = kitti_pictures();
  if (!weights || pictures.empty()) return state.SkipWithError("needs a model and drives outside the repository");
  auto detector = Detector::make(*weights, {});
  if (!detector) return state.SkipWithError(detector.error().message.c_str());
  const int level = static_cast<int>(state.range(0));
  std::size_t next = 0;
  time_median(state, [&] {
    benchmark::DoNotOptimize(detector->detect(pictures[next++ % pictures.size()].picture, level).ok());
  });
  const CarRecall recall = car_recall(*detector, pictures, level);
  state.counters["recall"] = recall.all.ratio();
  state.counters["recall_easy"] = recall.easy.ratio();
  state.counters["cars"] = recall.all.labelled;
  state.counters["cars_easy"] = recall.easy.labelled;
  state.counters["precision"] = 1 - static_cast<double>(recall.false_boxes) / std::max(1, recall.boxes);
}
BENCHMARK(BM_CameraDetector)->Name("CameraDetector")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MinTime(2);

// From a picture to lines and drivable area, at the level of the argument; and TuSimple's figures of the lines.
void BM_RoadView(benchmark::State& state) {
  const auto weights = model::read_weights(shared_model("twinlitenetplus_small"));
  if (!weights) return state.SkipWithError("needs a model that is not part of the repository");
  auto view = RoadView::make(*weights, {});
  if (!view) return state.SkipWithError(view.error().message.c_str());
  const auto frames = lane_frames();
  const int level = static_cast<int>(state.range(0));
  std::size_t next = 0;
  time_median(
      state, [&] { benchmark::DoNotOptimize(view->see(frames[next++ % frames.size()].picture, level, nullptr).ok()); });
  const evaluation::LaneScore score = score_road_view(*view, frames, level);
  state.counters["accuracy"] = score.accuracy;
  state.counters["false_positives"] = score.false_positives;
  state.counters["false_negatives"] = score.false_negatives;
}
BENCHMARK(BM_RoadView)->Name("RoadView")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MinTime(2);

void BM_TrafficLightAccuracy(benchmark::State& state) {
  LightScore score;
  for (auto _ : state) score = score_lights();
  if (score.count == 0) return state.SkipWithError("needs pictures that are not part of the repository");
  state.counters["right"] = static_cast<double>(score.right) / score.count;
  state.counters["crops"] = score.count;
  state.counters["red_as_green"] = score.red_as_green;
  state.counters["green_as_red"] = score.green_as_red;
}
BENCHMARK(BM_TrafficLightAccuracy)->Name("TrafficLightAccuracy")->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil::camera
