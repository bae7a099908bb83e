// SPDX-License-Identifier: Apache-2.0
// Boxes that cover what was seen, not the whole object.
#include <set>

#include <gtest/gtest.h>

#include "fusion/moving_objects.hpp"
#include "fusion/tracker.hpp"

namespace hangil::fusion {
namespace {

// Largest error of the published centre, after a second to settle, along a pass in partial views.
double worst_error_m(bool has_partial_boxes, const tests::MovingObject& car, int& track_count) {
  std::mt19937 random(9);
  TrackerConfig config;
  config.has_partial_boxes = has_partial_boxes;
  Tracker tracker(config);
  messages::Tracks tracks;
  std::set<std::uint32_t> ids;
  double worst = 0;
  for (int i = 0; i < 60; ++i) {
    messages::Objects frame;
    frame.header.stamp = tests::frame_stamp(i);
    frame.objects.push_back(tests::seen_in_part(car, i, random));
    EXPECT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    for (const auto& track : tracks.tracks) {
      if (track.id != 0) ids.insert(track.id);
      if (i < 10) continue;
      worst = std::max(worst, (Eigen::Vector2d(track.box.x_m, track.box.y_m) - car.at(0.1 * i)).norm());
    }
  }
  track_count = static_cast<int>(ids.size());
  return worst;
}

TEST(PartialBoxes, NearCornersGiveBetterCentres) {
  for (const tests::MovingObject& car :
       {tests::MovingObject{.x_m = -25, .y_m = 4, .vx_mps = 9}, {.x_m = 30, .y_m = -5, .vx_mps = -9}}) {
    int track_count = 0, plain_track_count = 0;
    const double worst = worst_error_m(true, car, track_count);
    const double worst_plain = worst_error_m(false, car, plain_track_count);
    EXPECT_EQ(track_count, 1);
    EXPECT_LT(worst, 0.8 * worst_plain);
  }
}

TEST(PartialBoxes, FragmentsOfOneCarStayOneTrack) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  std::set<std::uint32_t> ids;
  for (int i = 0; i < 30; ++i) {
    messages::Objects frame = tests::frame_of({{.x_m = 20, .y_m = 3, .vx_mps = 4}}, i);
    if (i >= 10 && i % 2 == 0) {  // in two pieces
      messages::Object front = frame.objects[0];
      front.box.length_m = 1.5, front.box.x_m += 1.4;
      frame.objects[0].box.length_m = 2.2, frame.objects[0].box.x_m -= 1.1;
      frame.objects.push_back(front);
    }
    ASSERT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    for (const messages::Track& track : tracks.tracks) {
      if (track.id != 0) ids.insert(track.id);
    }
  }
  EXPECT_EQ(ids.size(), 1u);
}

// A cyclist in a bend; what is seen of him lies half a radian off all the time.
TEST(PartialBoxes, SkewedShortBoxesDoNotLeadACyclistAstray) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  double worst_m = 0;
  for (int i = 0; i < 80; ++i) {
    const double turn_rad = 0.02 * i, radius_m = 25;  // 5 m/s
    const Eigen::Vector2d centre(20 + radius_m * std::sin(turn_rad), -radius_m * std::cos(turn_rad));
    const double skew_rad = -0.5;
    messages::Objects frame = tests::frame_of({{.object_class = messages::ObjectClass::kCyclist}}, i);
    frame.objects[0].box = {centre.x(), centre.y(), 0.9, turn_rad + skew_rad, 1.2, 0.7, 1.7};
    ASSERT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    ASSERT_EQ(tracks.tracks.size(), 1u);
    const messages::Box3& box = tracks.tracks[0].box;
    if (i >= 10) worst_m = std::max(worst_m, (Eigen::Vector2d(box.x_m, box.y_m) - centre).norm());
  }
  EXPECT_LT(worst_m, 0.6);
}

// A box that once took in the parked car beside it.
TEST(PartialBoxes, CyclistIsNoLongerThanABicycle) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  for (int i = 0; i < 20; ++i) {
    messages::Objects frame = tests::frame_of(
        {{.x_m = 10, .vx_mps = 4, .object_class = messages::ObjectClass::kCyclist, .length_m = 1.7, .width_m = 0.6}},
        i);
    if (i == 10) frame.objects[0].box.length_m = 3.9;
    ASSERT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    EXPECT_LT(tracks.tracks.at(0).box.length_m, 2.5);
  }
}

}  // namespace
}  // namespace hangil::fusion
