// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "drives.hpp"
#include "evaluation/mot_benchmark.hpp"
#include "evaluation/mot_report.hpp"
#include "fusion/tracker.hpp"

namespace hangil::fusion {
namespace {

std::vector<messages::Tracks> follow(const evaluation::MotRecording& recording) {
  Tracker tracker(tracker_config_for_detector());
  std::vector<messages::Tracks> tracks(recording.detections.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    EXPECT_TRUE(tracker.step(recording.detections[i], recording.T_map_ego[i], tracks[i]));
  }
  return tracks;
}

TEST(TrackerOnKitti, ReachesItsFiguresOnGivenDetections) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking_benchmark";
  HANGIL_NEEDS_DATA(folder);
  const auto names = evaluation::mot_sequence_names(folder);
  ASSERT_TRUE(names.ok()) << names.error().message;
  std::vector<evaluation::MotSequence> cars, pedestrians;
  for (const std::string& name : *names) {
    const auto recording = evaluation::read_mot_recording(folder, name);
    ASSERT_TRUE(recording.ok()) << recording.error().message;
    const auto tracks = follow(*recording);
    cars.push_back(evaluation::mot_sequence(*recording, tracks, messages::ObjectClass::kCar));
    pedestrians.push_back(evaluation::mot_sequence(*recording, tracks, messages::ObjectClass::kPedestrian));
  }
  const auto car = evaluation::evaluate_mot(cars, *names, messages::ObjectClass::kCar, 0.25);
  const auto pedestrian = evaluation::evaluate_mot(pedestrians, *names, messages::ObjectClass::kPedestrian, 0.25);
  EXPECT_GE(car.summary.samota, 0.91);
  EXPECT_GE(car.summary.best.mota, 0.84);
  EXPECT_LE(car.summary.best.id_switch_count, 3);
  EXPECT_GE(pedestrian.summary.samota, 0.73);
  EXPECT_LE(pedestrian.summary.best.id_switch_count, 1);
}

}  // namespace
}  // namespace hangil::fusion
