// SPDX-License-Identifier: Apache-2.0
// Point-GNN on the frames of the KITTI object folder, one core, from the cloud to boxes: medians of CPU time at each of
// its levels, and multiply-adds a second as if no input were zero.
#include <filesystem>

#include "benchmarks/lidar_inputs.hpp"
#include "drives.hpp"
#include "lidar/box_score.hpp"
#include "lidar/detect_cars.hpp"
#include "lidar/kitti_camera.hpp"

namespace hangil::lidar {
namespace {

struct DetectorFrame {
  messages::PointCloud2 cloud;
  CameraBeside camera;
};

std::vector<DetectorFrame> object_frames() {
  const std::string training = hangil::tests::drives_dir() + "/kitti_object/training";
  std::vector<DetectorFrame> frames;
  if (!std::filesystem::exists(training)) return frames;
  for (const auto& entry : std::filesystem::directory_iterator(training + "/velodyne")) {
    const std::string name = entry.path().stem().string();
    const auto mounted = tests::mounted_camera(tests::read_kitti_calibration(training + "/calib/" + name + ".txt"));
    const auto camera = find_camera_beside(mounted.info, mounted.tf_static, "lidar_top");
    if (camera) frames.push_back({tests::read_kitti_bin(entry.path().string()), *camera});
  }
  return frames;
}

void point_gnn(benchmark::State& state) {
  const auto weights = model::read_weights(hangil::tests::shared_dir() + "/models/pointgnn_car_t1");
  if (!weights) return state.SkipWithError("needs weights that are not part of the repository");
  const auto network = make_point_gnn(*weights);
  const std::vector<DetectorFrame> frames = object_frames();
  if (!network || frames.empty()) return state.SkipWithError("needs drive data that is not part of the repository");
  CarDetectorState memory;
  double operations = 0;
  const CarDetectorConfig config{.first_level = static_cast<int>(state.range(0))};
  time_steps(state, frames, [&](const DetectorFrame& frame) {
    benchmark::DoNotOptimize(detect_cars(*network, frame.cloud, frame.camera, config, {}, memory));
    operations += 1e3 * static_cast<double>(memory.operations);
  });
  state.counters["gflop_per_s"] = benchmark::Counter(2e-9 * operations, benchmark::Counter::kIsRate);
}
BENCHMARK(point_gnn)->Name("LidarPointGnn")->DenseRange(0, 2)->Iterations(26)->Unit(benchmark::kMillisecond);

// Recall and precision of clusters merged with the network's cars on sequence 0000.
void merged_accuracy(benchmark::State& state) {
  const std::string training = hangil::tests::drives_dir() + "/kitti_tracking/training";
  const auto weights = model::read_weights(hangil::tests::shared_dir() + "/models/pointgnn_car_t1");
  if (!weights || !std::filesystem::exists(training)) return state.SkipWithError("needs weights and drive data");
  const auto network = make_point_gnn(*weights);
  if (!network) return state.SkipWithError(network.error().message.c_str());
  tests::BoxScore score;
  for (auto _ : state) score = tests::score_merged_boxes(training, "0000", *network, 1);
  state.counters["recall"] = score.recall();
  state.counters["precision"] = score.precision();
}
BENCHMARK(merged_accuracy)->Name("LidarMergedAccuracy")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace hangil::lidar
