// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "drives.hpp"
#include "evaluation/mot_benchmark.hpp"
#include "evaluation/mot_report.hpp"
#include "fusion/calibration_watch.hpp"
#include "fusion/follow_frames.hpp"
#include "fusion/rotation_angles.hpp"

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

std::vector<messages::Tracks> follow_with_camera(const evaluation::MotRecording& recording) {
  CameraLidarTracker tracker(tracker_config_for_detector());
  std::vector<messages::Tracks> tracks(recording.detections.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    EXPECT_TRUE(tracker.step(recording.detections[i],
                             {recording.optics, recording.T_camera_ego, &recording.image_detections[i]},
                             recording.T_map_ego[i], tracks[i]));
  }
  return tracks;
}

TEST(TrackerOnKitti, TheCamerasDetectionsTakeAwayMissesAndSwitches) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking_benchmark";
  HANGIL_NEEDS_DATA(folder);
  const auto names = evaluation::mot_sequence_names(folder);
  ASSERT_TRUE(names.ok()) << names.error().message;
  std::vector<evaluation::MotSequence> alone, with_camera;
  for (const std::string& name : *names) {
    auto recording = evaluation::read_mot_recording(folder, name);
    ASSERT_TRUE(recording.ok()) << recording.error().message;
    const auto read = evaluation::read_mot_image_detections(folder, *recording);
    ASSERT_TRUE(read.ok()) << read.error().message;
    alone.push_back(evaluation::mot_sequence(*recording, follow(*recording), messages::ObjectClass::kCar));
    with_camera.push_back(
        evaluation::mot_sequence(*recording, follow_with_camera(*recording), messages::ObjectClass::kCar));
  }
  const auto before = evaluation::evaluate_mot(alone, *names, messages::ObjectClass::kCar, 0.25);
  const auto after = evaluation::evaluate_mot(with_camera, *names, messages::ObjectClass::kCar, 0.25);
  EXPECT_GE(after.summary.samota, 0.94);
  EXPECT_LT(after.summary.best.id_switch_count, before.summary.best.id_switch_count);
  EXPECT_LT(after.summary.best.false_negative_count, 0.75 * before.summary.best.false_negative_count);
  EXPECT_LT(after.summary.best.false_positive_count, before.summary.best.false_positive_count);
}

// The turn that the watch ends with on a sequence whose camera is turned by that much against its calibration.
double found_turn_deg(const evaluation::MotRecording& recording, const RotationAngles& turn) {
  const Eigen::Isometry3d T_turned_body(rotation_of(turn));
  const Eigen::Isometry3d T_camera_ego =
      T_body_optical().inverse() * T_turned_body * T_body_optical() * recording.T_camera_ego;
  CalibrationWatch watch;
  ObjectFusion fusion{CameraModel{}};
  FusedObjects fused;
  for (std::size_t i = 0; i < recording.detections.size(); ++i) {
    fusion.fuse(recording.detections[i], {recording.optics, T_camera_ego, &recording.image_detections[i]}, fused);
    watch.add(fused.sights, recording.image_detections[i].objects, recording.optics);
  }
  const auto error = watch.judge();
  return error ? error->largest_deg() : 0;
}

TEST(CalibrationWatch, FindsThreeDegreesOnRealDetectionsAndAccusesNoGoodCamera) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking_benchmark";
  HANGIL_NEEDS_DATA(folder);
  constexpr double kThree_rad = 3 / 57.29577951308232;
  for (const std::string name : {"0003", "0007", "0011", "0020"}) {
    auto recording = evaluation::read_mot_recording(folder, name);
    ASSERT_TRUE(recording.ok()) << recording.error().message;
    ASSERT_TRUE(evaluation::read_mot_image_detections(folder, *recording).ok());
    EXPECT_LT(found_turn_deg(*recording, {}), 0.6) << name;
    EXPECT_NEAR(found_turn_deg(*recording, {.yaw_rad = kThree_rad}), 3, 0.6) << name;
    EXPECT_NEAR(found_turn_deg(*recording, {.pitch_rad = -kThree_rad}), 3, 0.6) << name;
  }
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
