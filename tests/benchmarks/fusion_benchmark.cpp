// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <benchmark/benchmark.h>

#include "drives.hpp"
#include "evaluation/mot_benchmark.hpp"
#include "fusion/made_pictures.hpp"
#include "fusion/moving_objects.hpp"
#include "fusion/sensor_fusion.hpp"
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

// One frame of boxes with its 60 k points and its picture; every fourth object of the picture has no box of the LiDAR.
void BM_ObjectFusionOnMadeFrame(benchmark::State& state) {
  using messages::ObjectClass;
  std::vector<tests::Place> places;
  for (int i = 0; i < 20; ++i) places.push_back({10.0 + 2.5 * i, 2.0 * (i % 7) - 6});
  messages::Objects all = tests::objects_at(places, ObjectClass::kCar, 0.6F), boxes = all;
  messages::ImageObjects seen = tests::picture_of(all, ObjectClass::kCar, 0.9F);
  for (std::size_t i = 3; i < all.objects.size(); i += 4) boxes.objects[i].box.x_m = -50;
  messages::ObstaclePoints points;
  for (int i = 0; i < 60'000; ++i) {
    const double angle = 6.283185307 * i / 60'000, range_m = 8 + 0.5 * (i % 97);
    points.x_m.push_back(static_cast<float>(range_m * std::cos(angle)));
    points.y_m.push_back(static_cast<float>(range_m * std::sin(angle)));
    points.z_m.push_back(0.1F * static_cast<float>(i % 20));
  }
  fusion::SensorFusion fusion(fusion::SensorFusionConfig{});
  fusion.set_camera({"front", "camera_front", tests::kOptics, tests::T_camera_ego().inverse(), {}});
  fusion::SensorFusionOutput output;
  int number = 0;
  for (auto _ : state) {
    const base::Time stamp = tests::frame_stamp(++number);
    points.header.stamp = boxes.header.stamp = seen.header.stamp = stamp;
    fusion.add(points), fusion.add(boxes, stamp), fusion.add(seen, stamp);
    fusion.advance(stamp, output);
    benchmark::DoNotOptimize(output.objects.data());
  }
  state.counters["fused_objects"] =
      output.objects.empty() ? 0.0 : static_cast<double>(output.objects[0].objects.size());
}
BENCHMARK(BM_ObjectFusionOnMadeFrame)->Name("ObjectFusionOnMadeFrame")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil
