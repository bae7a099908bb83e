// SPDX-License-Identifier: Apache-2.0
#include "fusion/tracker.hpp"

#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "base/cdr.hpp"
#include "fusion/moving_objects.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;
using tests::frame_of;
using tests::MovingObject;
using tests::pose_at;

const Eigen::Isometry3d kAtOrigin = Eigen::Isometry3d::Identity();

// Runs `frame_count` frames and returns the last tracks.
messages::Tracks run(Tracker& tracker, const std::vector<MovingObject>& objects, int first, int frame_count) {
  messages::Tracks tracks;
  for (int i = first; i < first + frame_count; ++i) EXPECT_TRUE(tracker.step(frame_of(objects, i), kAtOrigin, tracks));
  return tracks;
}

TEST(Tracker, FollowsACarAndItsVelocity) {
  Tracker tracker(tracker_config_for_detector());
  const messages::Tracks tracks = run(tracker, {{.x_m = 10, .y_m = 3, .vx_mps = -8, .vy_mps = 2}}, 0, 20);
  ASSERT_EQ(tracks.tracks.size(), 1u);
  const messages::Track& car = tracks.tracks[0];
  EXPECT_EQ(tracks.header.stamp, tests::frame_stamp(19));
  EXPECT_EQ(car.object_class, ObjectClass::kCar);
  EXPECT_TRUE(car.is_confirmed);
  EXPECT_NEAR(car.vx_mps, -8, 0.1);
  EXPECT_NEAR(car.vy_mps, 2, 0.1);
  EXPECT_NEAR(car.box.x_m, 10 - 8 * 1.9, 0.05);
  EXPECT_NEAR(car.box.length_m, 4.4, 1e-6);
  EXPECT_EQ(car.age, base::Duration::seconds(1.9));
  EXPECT_EQ(car.time_since_update, base::Duration{});
}

TEST(Tracker, EgoMotionDoesNotMoveWhatStandsStill) {
  Tracker tracker(tracker_config_for_detector());
  messages::Tracks tracks;
  const std::vector<MovingObject> parked = {{.x_m = 30, .y_m = 4}, {.x_m = 45, .y_m = -3}};
  for (int i = 0; i < 40; ++i) {
    const Eigen::Isometry3d T_map_ego = pose_at(1.2 * i, 0.01 * i * i, 0.02 * i);
    ASSERT_TRUE(tracker.step(frame_of(parked, i, T_map_ego), T_map_ego, tracks));
  }
  ASSERT_EQ(tracks.tracks.size(), 2u);
  for (const messages::Track& track : tracks.tracks) EXPECT_LT(std::hypot(track.vx_mps, track.vy_mps), 0.05);
  EXPECT_NEAR(tracks.tracks[0].box.x_m, 30, 0.02);
  EXPECT_NEAR(tracks.tracks[0].box.y_m, 4, 0.02);
}

TEST(Tracker, FollowsATurningCarRound) {
  Tracker tracker(tracker_config_for_detector());
  messages::Tracks tracks;
  const double turn = 0.5, radius = 16, speed = turn * radius;
  for (int i = 0; i < 60; ++i) {
    const double yaw = turn * 0.1 * i;
    messages::Objects frame = frame_of({{}}, i);
    frame.objects[0].box.x_m = radius * std::sin(yaw), frame.objects[0].box.y_m = radius * (1 - std::cos(yaw));
    frame.objects[0].box.yaw_rad = yaw;
    ASSERT_TRUE(tracker.step(frame, kAtOrigin, tracks));
  }
  ASSERT_EQ(tracks.tracks.size(), 1u);
  EXPECT_EQ(tracks.tracks[0].id, 1u);
  EXPECT_NEAR(tracks.tracks[0].yaw_rate_radps, turn, 0.02);
  EXPECT_NEAR(std::hypot(tracks.tracks[0].vx_mps, tracks.tracks[0].vy_mps), speed, 0.3);
}

TEST(Tracker, ObjectsThatPassEachOtherKeepTheirIds) {
  Tracker tracker(tracker_config_for_detector());
  const std::vector<MovingObject> objects = {{.x_m = 0, .y_m = 0, .vx_mps = 9},
                                             {.x_m = 40, .y_m = 2.6, .vx_mps = -9},
                                             {.x_m = 18,
                                              .y_m = 8,
                                              .vy_mps = -1.4,
                                              .object_class = ObjectClass::kPedestrian,
                                              .length_m = 0.6,
                                              .width_m = 0.6,
                                              .height_m = 1.7}};
  const auto before = run(tracker, objects, 0, 5);
  const auto after = run(tracker, objects, 5, 40);
  ASSERT_EQ(before.tracks.size(), 3u);
  ASSERT_EQ(after.tracks.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(before.tracks[i].id, after.tracks[i].id);
    EXPECT_NEAR(after.tracks[i].box.x_m, objects[i].at(4.4).x(), 0.3);
    EXPECT_NEAR(after.tracks[i].box.y_m, objects[i].at(4.4).y(), 0.3);
  }
}

TEST(Tracker, IdsAreNeverUsedAgain) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  std::set<std::uint32_t> seen;
  for (int episode = 0; episode < 20; ++episode) {  // each object appears after the last one is long gone
    for (int i = 0; i < 20; ++i) {
      messages::Objects frame = frame_of({{.x_m = 10.0 + 10 * (episode % 3)}}, 20 * episode + i);
      if (i >= 5) frame.objects.clear();
      ASSERT_TRUE(tracker.step(frame, kAtOrigin, tracks));
      if (i == 4) {
        EXPECT_TRUE(seen.insert(tracks.tracks.at(0).id).second);
      }
    }
    EXPECT_TRUE(tracks.tracks.empty());
    if (episode == 10) tracker.restart();
  }
}

TEST(Tracker, OneWeakBoxConfirmsNothing) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  for (int i = 0; i < 10; ++i) {
    messages::Objects frame = frame_of({{.x_m = 10}}, i);
    if (i != 0) frame.objects.clear();
    ASSERT_TRUE(tracker.step(frame, kAtOrigin, tracks));
    for (const messages::Track& track : tracks.tracks) EXPECT_FALSE(track.is_confirmed && i > 0);
  }
  EXPECT_TRUE(tracks.tracks.empty());
}

TEST(Tracker, UnsoundBoxesArePassedOver) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  Tracker tracker(tracker_config_for_detector());
  messages::Tracks tracks;
  for (int i = 0; i < 5; ++i) {
    messages::Objects frame = frame_of(std::vector<MovingObject>(10, MovingObject{.x_m = 12}), i);
    frame.objects[0].box.x_m = nan, frame.objects[1].box.yaw_rad = nan, frame.objects[2].box.height_m = infinity;
    frame.objects[3].box.length_m = 0, frame.objects[4].box.width_m = -1, frame.objects[5].box.z_m = -infinity;
    frame.objects[6].existence_probability = std::nanf(""), frame.objects[7].existence_probability = 1.5f;
    frame.objects[8].existence_probability = -0.1f;
    ASSERT_TRUE(tracker.step(frame, kAtOrigin, tracks));
  }
  ASSERT_EQ(tracks.tracks.size(), 1u);
  EXPECT_NEAR(tracks.tracks[0].box.x_m, 12, 1e-6);
}

TEST(Tracker, HugeNumbersLeaveFiniteTracks) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  for (int i = 0; i < 30; ++i) {
    messages::Objects frame = frame_of({{.x_m = 12}, {.x_m = 1e300}, {.x_m = -1e12, .length_m = 1e9}}, i);
    frame.objects[0].object_class = static_cast<ObjectClass>(77);
    frame.objects[0].existence_probability = i % 2 == 0 ? 0.0f : 1.0f;
    ASSERT_TRUE(tracker.step(frame, kAtOrigin, tracks));
    for (const messages::Track& track : tracks.tracks) {
      EXPECT_TRUE(std::isfinite(track.box.x_m + track.vx_mps + track.box.yaw_rad + track.existence_probability));
    }
  }
}

TEST(Tracker, RepeatedAndLateStampsChangeNothing) {
  Tracker tracker(TrackerConfig{});
  const std::vector<MovingObject> objects = {{.x_m = 10, .vx_mps = 5}};
  run(tracker, objects, 0, 10);
  messages::Tracks untouched;
  untouched.header.frame_id = "untouched";
  EXPECT_FALSE(tracker.step(frame_of(objects, 9), kAtOrigin, untouched));
  EXPECT_FALSE(tracker.step(frame_of(objects, 4), kAtOrigin, untouched));
  EXPECT_EQ(untouched.header.frame_id, "untouched");
  Tracker undisturbed(TrackerConfig{});
  run(undisturbed, objects, 0, 10);
  EXPECT_EQ(run(tracker, objects, 10, 3).tracks[0].box.x_m, run(undisturbed, objects, 10, 3).tracks[0].box.x_m);
}

TEST(Tracker, ClockThatJumpsStartsAnewWithNewIds) {
  Tracker tracker(TrackerConfig{});
  const std::vector<MovingObject> objects = {{.x_m = 10}};
  EXPECT_EQ(run(tracker, objects, 100, 10).tracks.at(0).id, 1u);
  EXPECT_EQ(run(tracker, objects, 20, 10).tracks.at(0).id, 2u);   // 9 s back
  EXPECT_EQ(run(tracker, objects, 300, 10).tracks.at(0).id, 3u);  // 27 s on
}

TEST(Tracker, MissingFramesKeepTheId) {
  Tracker tracker(tracker_config_for_detector());
  const std::vector<MovingObject> objects = {{.x_m = 10, .vx_mps = 12}};
  run(tracker, objects, 0, 10);
  const auto after = run(tracker, objects, 16, 5);  // 0.6 s lost
  ASSERT_EQ(after.tracks.size(), 1u);
  EXPECT_EQ(after.tracks[0].id, 1u);
}

TEST(Tracker, PoseThatIsNotFiniteIsRefused) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  EXPECT_FALSE(tracker.step(frame_of({{}}, 0), pose_at(std::nan(""), 0, 0), tracks));
  EXPECT_TRUE(tracker.step(frame_of({{}}, 0), kAtOrigin, tracks));
}

TEST(Tracker, SameInputGivesTheSameBytes) {
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0, 1);
  std::vector<messages::Objects> frames;
  for (int i = 0; i < 60; ++i) {
    frames.push_back(
        frame_of({{.x_m = 5, .vx_mps = 6}, {.x_m = 5, .y_m = 2, .vx_mps = 6}, {.x_m = 60, .vx_mps = -6}}, i));
    for (auto& object : frames.back().objects) object.box.x_m += noise(random), object.box.y_m += 0.5 * noise(random);
  }
  std::array<base::Bytes, 2> bytes;
  for (base::Bytes& each : bytes) {
    Tracker tracker(TrackerConfig{});
    messages::Tracks tracks;
    for (const auto& frame : frames)
      ASSERT_TRUE(tracker.step(frame, kAtOrigin, tracks)), base::encode_cdr(tracks, each);
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST(Tracker, MovingTheMapMovesTheTracks) {
  const std::vector<MovingObject> objects = {{.x_m = 12, .y_m = 1, .vx_mps = 5, .vy_mps = 1}, {.x_m = 20, .y_m = -6}};
  const Eigen::Isometry3d T_other_map = pose_at(100, -50, 2.2);
  Tracker one(TrackerConfig{}), other(TrackerConfig{});
  messages::Tracks tracks, moved;
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(one.step(frame_of(objects, i), kAtOrigin, tracks));
    ASSERT_TRUE(other.step(frame_of(objects, i), T_other_map, moved));
  }
  ASSERT_EQ(tracks.tracks.size(), moved.tracks.size());
  for (std::size_t i = 0; i < tracks.tracks.size(); ++i) {
    const messages::Box3& box = tracks.tracks[i].box;
    const Eigen::Vector3d expected = T_other_map * Eigen::Vector3d(box.x_m, box.y_m, box.z_m);
    EXPECT_NEAR(moved.tracks[i].box.x_m, expected.x(), 1e-6);
    EXPECT_NEAR(moved.tracks[i].box.y_m, expected.y(), 1e-6);
  }
}

TEST(Tracker, ManyObjectsOfUnknownClassAreFollowed) {
  std::vector<MovingObject> objects;
  for (int i = 0; i < 200; ++i) {
    objects.push_back(
        {.x_m = 6.0 * (i % 20), .y_m = 6.0 * (i / 20), .vx_mps = 1.0 * (i % 3), .object_class = ObjectClass::kUnknown});
  }
  Tracker tracker(TrackerConfig{});
  const auto tracks = run(tracker, objects, 0, 20);
  ASSERT_EQ(tracks.tracks.size(), 200u);
  EXPECT_EQ(tracks.tracks.back().id, 200u);
}

}  // namespace
}  // namespace hangil::fusion
