// SPDX-License-Identifier: Apache-2.0
// How good ground and boxes are on labelled data, as counters, beside how quick they are.
#include <benchmark/benchmark.h>

#include "drives.hpp"
#include "lidar/box_score.hpp"
#include "lidar/ground_score.hpp"
#ifdef HANGIL_HAS_PCL
#include "benchmarks/lidar_pcl_peer.hpp"
#include "lidar/point_view.hpp"
#endif

namespace hangil::lidar {
namespace {

constexpr const char* kNoData = "needs drive data that is not part of the repository";

void count_ground(benchmark::State& state, const tests::GroundFinder& find_ground) {
  tests::GroundScore score;
  for (auto _ : state) {
    score = tests::score_ground(tests::labelled_scans_dir(hangil::tests::shared_dir()), find_ground);
  }
  if (score.right == 0) return state.SkipWithError(kNoData);
  state.counters["precision"] = score.precision();
  state.counters["recall"] = score.recall();
  state.counters["f1"] = score.f1();
}

void ground_accuracy(benchmark::State& state) { count_ground(state, tests::found_ground); }
BENCHMARK(ground_accuracy)->Name("LidarGroundAccuracy")->Unit(benchmark::kMillisecond)->Iterations(1);

#ifdef HANGIL_HAS_PCL
void pcl_ground_accuracy(benchmark::State& state) {
  count_ground(state, [](const messages::PointCloud2& cloud) -> std::vector<bool> {
    const auto view = view_points(cloud);
    if (!view) return {};
    Points p;
    read_points(*view, p);
    return peers::pcl_ground_plane(*peers::pcl_cloud(p.x_m.data(), p.y_m.data(), p.z_m.data(), p.count));
  });
}
BENCHMARK(pcl_ground_accuracy)->Name("LidarGroundAccuracyPcl")->Unit(benchmark::kMillisecond)->Iterations(1);
#endif

void box_accuracy(benchmark::State& state) {
  const std::string training = hangil::tests::drives_dir() + "/kitti_tracking/training";
  if (!std::filesystem::exists(training)) return state.SkipWithError(kNoData);
  tests::BoxScore score;
  for (auto _ : state) score = tests::score_boxes(training, "0000");
  state.counters["recall"] = score.recall();
  state.counters["precision"] = score.precision();
  state.counters["share_from_20_points"] = score.share_from_20_points();
}
BENCHMARK(box_accuracy)->Name("LidarBoxAccuracy")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace hangil::lidar
