// SPDX-License-Identifier: Apache-2.0
// From tentative over confirmed and coasting to an end.
#include <algorithm>

#include <gtest/gtest.h>

#include "fusion/moving_objects.hpp"
#include "fusion/tracker.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;
using tests::frame_of;

TEST(TrackLife, IdComesWithConfirmationAndTentativeTracksTakeNone) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  for (int i = 0; i < 20; ++i) {  // something unlikely here and there, a car from the tenth frame on
    messages::Objects frame = frame_of({{.x_m = 40.0 + 5 * (i % 3)}, {.x_m = 10, .y_m = 3}}, i);
    frame.objects[0].existence_probability = 0.1f;
    frame.objects[0].object_class = ObjectClass::kUnknown;
    if (i < 10) frame.objects.pop_back();
    ASSERT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    for (const messages::Track& track : tracks.tracks) EXPECT_EQ(track.id, track.is_confirmed ? 1u : 0u);
  }
  EXPECT_TRUE(std::any_of(tracks.tracks.begin(), tracks.tracks.end(), [](const auto& t) { return t.id == 1; }));
}

// Clusters that look like nothing in particular for a while.
TEST(TrackLife, BoxesWithoutClassKeepWhatIsConfirmedButConfirmNothing) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  for (int i = 0; i < 60; ++i) {
    messages::Objects frame = frame_of({{.x_m = 10, .vx_mps = 3}, {.x_m = 12, .y_m = 9}}, i);
    frame.objects[1].existence_probability = 0.2f;
    frame.objects[1].object_class = ObjectClass::kUnknown;
    if (i >= 10) {
      frame.objects[0].existence_probability = 0.1f;
      frame.objects[0].object_class = ObjectClass::kUnknown;
    }
    ASSERT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    if (i < 5) continue;
    const auto confirmed = std::count_if(tracks.tracks.begin(), tracks.tracks.end(), [](auto& t) { return t.id != 0; });
    EXPECT_EQ(confirmed, 1) << i;
    EXPECT_EQ(tracks.tracks.at(0).id, 1u);
    if (i == 15) {
      EXPECT_EQ(tracks.tracks[0].object_class, ObjectClass::kCar);
    }
  }
  EXPECT_EQ(tracks.tracks[0].object_class, ObjectClass::kUnknown);  // nobody has seen a car for long
}

TEST(TrackLife, GoesFromTentativeOverConfirmedAndCoastingToAnEnd) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  std::vector<char> is_confirmed, is_there;
  for (int i = 0; i < 30; ++i) {
    messages::Objects frame = frame_of({{.x_m = 10, .vx_mps = 5}}, i);
    frame.objects[0].existence_probability = 0.7f;
    if (i >= 10) frame.objects.clear();
    ASSERT_TRUE(tracker.step(frame, Eigen::Isometry3d::Identity(), tracks));
    is_there.push_back(!tracks.tracks.empty());
    is_confirmed.push_back(!tracks.tracks.empty() && tracks.tracks[0].is_confirmed);
    if (i == 12) {
      EXPECT_EQ(tracks.tracks.at(0).time_since_update, base::Duration::seconds(0.3));
      EXPECT_NEAR(tracks.tracks.at(0).box.x_m, 16, 0.5);  // goes on with its velocity
    }
  }
  EXPECT_FALSE(is_confirmed[0]);  // tentative
  EXPECT_TRUE(is_there[0]);
  EXPECT_TRUE(is_confirmed[5]);
  EXPECT_TRUE(is_confirmed[11]);  // coasts
  EXPECT_FALSE(is_confirmed[18]);
  EXPECT_FALSE(is_there[25]);
}

}  // namespace
}  // namespace hangil::fusion
