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
      ids.insert(track.id);
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
    for (const messages::Track& track : tracks.tracks) ids.insert(track.id);
  }
  EXPECT_EQ(ids.size(), 1u);
}

}  // namespace
}  // namespace hangil::fusion
