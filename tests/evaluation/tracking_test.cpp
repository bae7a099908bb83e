// SPDX-License-Identifier: Apache-2.0
#include "evaluation/tracking.hpp"

#include <gtest/gtest.h>

#include "evaluation/labelled_motion.hpp"
#include "evaluation/made_frames.hpp"

namespace hangil::evaluation {
namespace {

using made::car_at;
using made::claim;
using made::frame;
using made::truth;
using messages::ObjectClass;

// Two cars side by side over ten frames; `id_of` gives the track on car 1 or 2 in each frame, or -1 for none.
template <class IdOf>
TrackingResult evaluate(IdOf id_of) {
  std::vector<EvaluatedFrame> frames;
  for (int f = 0; f < 10; ++f) {
    std::vector<Candidate> boxes;
    for (const int car : {1, 2}) {
      const int id = id_of(f, car);
      if (id >= 0) boxes.push_back(claim(car_at(10 + f, 4.0 * car), ObjectClass::kCar, id));
    }
    frames.push_back(frame({truth(1, car_at(10 + f, 4)), truth(2, car_at(10 + f, 8))}, boxes));
  }
  return evaluate_tracking(frames, nullptr, {});
}

TEST(Tracking, KeptIdentitiesAreFree) {
  const auto result = evaluate([](int, int car) { return car; });
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
  EXPECT_EQ(result.id_switch_count, 0u);
  EXPECT_EQ(result.fragmentation_count, 0u);
  EXPECT_EQ(result.mostly_tracked_count, 2u);
  EXPECT_EQ(result.truth_id_count, 2u);
  EXPECT_EQ(result.track_id_count, 2u);
}

TEST(Tracking, SwappedIdentitiesAreTwoSwitches) {
  const auto result = evaluate([](int f, int car) { return f < 5 ? car : 3 - car; });
  EXPECT_EQ(result.id_switch_count, 2u);
  EXPECT_EQ(result.fragmentation_count, 0u);
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
}

TEST(Tracking, AGapIsAFragmentationAndNoSwitch) {
  const auto result = evaluate([](int f, int car) { return car == 1 && f >= 4 && f < 6 ? -1 : car; });
  EXPECT_EQ(result.fragmentation_count, 1u);
  EXPECT_EQ(result.id_switch_count, 0u);
  EXPECT_EQ(result.scores.total.found_count, 18u);
  EXPECT_EQ(result.mostly_tracked_count, 2u);
}

TEST(Tracking, MostlyLostIsAFifthOrLess) {
  const auto result = evaluate([](int f, int car) { return car == 1 && f >= 2 ? -1 : car; });
  EXPECT_EQ(result.mostly_lost_count, 1u);
  EXPECT_EQ(result.mostly_tracked_count, 1u);
  EXPECT_EQ(result.fragmentation_count, 0u);
}

TEST(Tracking, TheOldTrackKeepsItsObjectWhenANewOneFitsBetter) {
  std::vector<EvaluatedFrame> frames;
  frames.push_back(frame({truth(1, car_at(10, 0))}, {claim(car_at(10.5, 0), ObjectClass::kCar, 7)}));
  frames.push_back(frame({truth(1, car_at(10, 0))},
                         {claim(car_at(10.5, 0), ObjectClass::kCar, 7), claim(car_at(10, 0), ObjectClass::kCar, 8)}));
  EXPECT_EQ(evaluate_tracking(frames, nullptr, {}).id_switch_count, 0u);
}

messages::Tracks one_track(const messages::Box3& box_map, double vx_mps, double vy_mps) {
  messages::Tracks tracks{{made::time_at(1), "map"}, {}};
  tracks.tracks.push_back({.id = 4,
                           .object_class = ObjectClass::kCar,
                           .box = box_map,
                           .vx_mps = vx_mps,
                           .vy_mps = vy_mps,
                           .is_confirmed = true});
  return tracks;
}

TEST(Tracking, TracksInMapAreMovedToEgoWithThePoseAtTheirStamp) {
  // Ego heads north (yaw 90 degrees) at 10 m/s and is at (0, 10) after 1 s; the track is 20 m ahead of it.
  const auto poses = poses_of(made::straight_drive(10, 2, std::numbers::pi / 2));
  const auto frames = confirmed_tracks({made::stamped(one_track(car_at(0, 30, std::numbers::pi / 2), 1, 5))}, poses);
  ASSERT_EQ(frames.size(), 1u);
  const Candidate& track = frames[0].boxes.at(0);
  EXPECT_NEAR(track.box.x_m, 20, 1e-9);
  EXPECT_NEAR(track.box.y_m, 0, 1e-9);
  EXPECT_NEAR(track.box.yaw_rad, 0, 1e-9);
  EXPECT_NEAR(track.vx_mps, 5, 1e-9);
  EXPECT_NEAR(track.vy_mps, -1, 1e-9);
}

TEST(Tracking, VelocityErrorIsTheLengthOfTheDifference) {
  auto object = truth(1, car_at(20, 0));
  object.has_velocity = true, object.vx_mps = 5 - 3, object.vy_mps = -1 + 4;
  const auto poses = poses_of(made::straight_drive(10, 2, std::numbers::pi / 2));
  const auto tracks = confirmed_tracks({made::stamped(one_track(car_at(0, 30, std::numbers::pi / 2), 1, 5))}, poses);
  const Channel<messages::TruthObjects> labels = {
      made::stamped(messages::TruthObjects{{made::time_at(1), "ego"}, {object}, {}, false})};
  const auto result = evaluate_tracking(pair_with_truth(labels, tracks, {}), nullptr, {});
  EXPECT_EQ(result.velocity_error_mps.sample_count, 1u);
  EXPECT_NEAR(result.velocity_error_mps.p50, 5, 1e-9);
}

TEST(LabelledMotion, IsTheCentralDifferenceOfPositionsInMapTurnedToEgo) {
  // Ego heads north at 10 m/s; the object stays 20 m ahead and drifts to the left at 0.5 m/s.
  const auto poses = poses_of(made::straight_drive(10, 2, std::numbers::pi / 2));
  Channel<messages::TruthObjects> labels;
  for (int i = 0; i <= 20; ++i) {
    const auto object = truth(1, car_at(20, 0.5 * i / 10));
    labels.push_back(made::stamped(messages::TruthObjects{{made::time_at(i / 10.0), "ego"}, {object}, {}, false}));
  }
  labels[8].value.objects[0].has_velocity = true, labels[8].value.objects[0].vx_mps = 99;
  const auto moved = with_velocities(labels, poses);
  EXPECT_NEAR(moved[10].value.objects[0].vx_mps, 10, 1e-6);
  EXPECT_NEAR(moved[10].value.objects[0].vy_mps, 0.5, 1e-6);
  EXPECT_EQ(moved[8].value.objects[0].vx_mps, 99);
  EXPECT_FALSE(moved[2].value.objects[0].has_velocity);
  EXPECT_FALSE(with_velocities(labels, poses_of({}))[10].value.objects[0].has_velocity);
}

TEST(Tracking, TentativeTracksAndTracksWithoutPoseAreLeftOut) {
  auto tracks = one_track(car_at(0, 30), 0, 0);
  tracks.tracks[0].is_confirmed = false;
  EXPECT_TRUE(confirmed_tracks({made::stamped(tracks)}, poses_of(made::straight_drive(1, 2))).at(0).boxes.empty());
  EXPECT_TRUE(confirmed_tracks({made::stamped(tracks)}, poses_of({})).empty());
}

TEST(Tracking, NoFramesNoNumbers) {
  const auto result = evaluate_tracking({}, nullptr, {});
  EXPECT_EQ(result.truth_id_count, 0u);
  EXPECT_TRUE(std::isnan(result.velocity_error_mps.p50));
}

}  // namespace
}  // namespace hangil::evaluation
