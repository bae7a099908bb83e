// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "drives.hpp"
#include "evaluation/mot_benchmark.hpp"
#include "fusion/moving_objects.hpp"
#include "fusion/tracker.hpp"

namespace hangil {
namespace {

// Time of one frame, all sequences after one another; boxes and tracks of both classes.
void BM_TrackerOnKittiDetections(benchmark::State& state) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking_benchmark";
  const auto names = evaluation::mot_sequence_names(folder);
  if (!names) return state.SkipWithError("needs drive data that is not part of the repository");
  std::vector<evaluation::MotRecording> recordings;
  for (const std::string& name : *names) {
    auto recording = evaluation::read_mot_recording(folder, name);
    if (!recording) return state.SkipWithError(recording.error().message.c_str());
    recordings.push_back(*std::move(recording));
  }
  std::int64_t frame_count = 0, box_count = 0;
  messages::Tracks tracks;
  for (auto _ : state) {
    for (const evaluation::MotRecording& recording : recordings) {
      fusion::Tracker tracker(fusion::tracker_config_for_detector());
      for (std::size_t i = 0; i < recording.detections.size(); ++i) {
        tracker.step(recording.detections[i], recording.T_map_ego[i], tracks);
        ++frame_count, box_count += static_cast<std::int64_t>(recording.detections[i].objects.size());
      }
    }
  }
  state.counters["us_per_frame"] = benchmark::Counter(static_cast<double>(frame_count) * 1e-6,
                                                      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["boxes_per_frame"] = static_cast<double>(box_count) / static_cast<double>(frame_count);
}
BENCHMARK(BM_TrackerOnKittiDetections)->Name("TrackerOnKittiDetections")->Unit(benchmark::kMillisecond);

// One frame with that many objects in a dense crowd of cluster boxes.
void BM_TrackerOnMadeBoxes(benchmark::State& state) {
  std::vector<tests::MovingObject> objects;
  for (int i = 0; i < state.range(0); ++i) {
    objects.push_back({.x_m = 5.0 * (i % 20), .y_m = 4.0 * (i / 20), .vx_mps = 0.5 * (i % 5)});
  }
  fusion::Tracker tracker(fusion::TrackerConfig{});
  messages::Tracks tracks;
  messages::Objects frame = tests::frame_of(objects, 0);
  int number = 0;
  for (auto _ : state) {
    frame.header.stamp = tests::frame_stamp(++number);
    for (std::size_t i = 0; i < objects.size(); ++i)
      frame.objects[i].box.x_m = objects[i].x_m + 0.05 * ((number + static_cast<int>(i)) % 4);
    tracker.step(frame, Eigen::Isometry3d::Identity(), tracks);
    benchmark::DoNotOptimize(tracks.tracks.data());
  }
}
BENCHMARK(BM_TrackerOnMadeBoxes)->Name("TrackerOnMadeBoxes")->Arg(10)->Arg(50)->Arg(200)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace hangil
