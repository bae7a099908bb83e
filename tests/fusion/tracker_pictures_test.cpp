// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "fusion/made_pictures.hpp"
#include "fusion/tracker.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;

base::Time scene_ms(int ms) { return base::Time{1'000'000'000} + base::Duration::milliseconds(ms); }

// A tracker that has followed these cars for a second.
struct Scene {
  Tracker tracker{tracker_config_for_detector()};
  messages::Tracks tracks;

  explicit Scene(const std::vector<tests::Place>& places) {
    for (int i = 0; i <= 10; ++i) boxes(places, 100 * i);
  }
  void boxes(const std::vector<tests::Place>& places, int ms) {
    const auto objects = tests::objects_at(places, ObjectClass::kCar, 0.9F, scene_ms(ms));
    EXPECT_TRUE(tracker.step(objects, Eigen::Isometry3d::Identity(), tracks));
  }
  bool picture(const messages::ImageObjects& seen, int ms) {
    return tracker.see({scene_ms(ms), tests::kOptics, tests::T_camera_ego(), seen.objects}, tracks);
  }
};

messages::ImageObjects cars_seen_at(const std::vector<tests::Place>& places) {
  return tests::picture_of(tests::objects_at(places, ObjectClass::kCar, 0.9F), ObjectClass::kCar, 0.95F);
}

TEST(TrackerPictures, KeepATrackThatTheLidarHasLost) {
  Scene with({{20, 2}}), without({{20, 2}});
  for (int ms = 1100; ms <= 2600; ms += 100) {
    with.boxes({}, ms), without.boxes({}, ms);
    with.picture(cars_seen_at({{20, 2}}), ms);
  }
  EXPECT_TRUE(without.tracks.tracks.empty());
  ASSERT_EQ(with.tracks.tracks.size(), 1u);
  EXPECT_TRUE(with.tracks.tracks[0].is_confirmed);
  EXPECT_EQ(with.tracks.tracks[0].id, 1u);
}

TEST(TrackerPictures, DoNotKeepATrackForEverWithoutABoxInSpace) {
  Scene scene({{20, 2}});
  for (int ms = 1100; ms <= 5000; ms += 100) scene.picture(cars_seen_at({{20, 2}}), ms);
  EXPECT_TRUE(scene.tracks.tracks.empty());
}

TEST(TrackerPictures, EndATrackThatTheyShouldShowSooner) {
  Scene with({{20, 2}}), without({{20, 2}});
  for (int ms = 1100; ms <= 1300; ms += 100) {
    with.boxes({}, ms), without.boxes({}, ms);
    with.picture({}, ms);
  }
  ASSERT_EQ(without.tracks.tracks.size(), 1u);
  EXPECT_TRUE(with.tracks.tracks.empty() ||
              with.tracks.tracks[0].existence_probability < without.tracks.tracks[0].existence_probability);
}

TEST(TrackerPictures, TurnATrackToItsBearingAndLeaveItsRange) {
  Scene scene({{20, 2}});
  const auto before = scene.tracks.tracks.at(0).box;
  for (int ms = 1100; ms <= 1500; ms += 100) scene.picture(cars_seen_at({{20, 2.8}}), ms);
  const auto& after = scene.tracks.tracks.at(0).box;
  EXPECT_GT(after.y_m, before.y_m + 0.2);
  EXPECT_NEAR(after.x_m, before.x_m, 0.15);
}

TEST(TrackerPictures, SayNothingOfTracksWithABoxOfTheSameMoment) {
  Scene scene({{20, 2}});
  const auto before = scene.tracks.tracks.at(0);
  EXPECT_TRUE(scene.picture({}, 1000));
  EXPECT_EQ(scene.tracks.tracks.at(0).existence_probability, before.existence_probability);
}

TEST(TrackerPictures, OfEarlierMomentsOrWithoutTracksAreRefused) {
  Scene scene({{20, 2}});
  EXPECT_FALSE(scene.picture({}, 900));
  Tracker fresh(TrackerConfig{});
  messages::Tracks tracks;
  EXPECT_FALSE(fresh.see({scene_ms(0), tests::kOptics, tests::T_camera_ego(), {}}, tracks));
}

}  // namespace
}  // namespace hangil::fusion
