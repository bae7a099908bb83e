// SPDX-License-Identifier: Apache-2.0
#include "prediction/lane_futures.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "map/open_drive.hpp"
#include "map/road_lanes.hpp"
#include "prediction/predict.hpp"

namespace hangil::prediction {
namespace {

map::LaneMap road(const std::string& name) {
  const auto read = map::read_open_drive(std::string(HANGIL_SOURCE_DIR) + "/scenarios/roads/" + name + ".xodr");
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
  return map::LaneMap(map::lane_graph(*read));
}

messages::Track in_lane(const map::LaneMap& map, const std::string& lane, double s_m, double offset_m, double speed_mps,
                        double off_rad = 0) {
  const auto pose = map.finder.pose(map.graph.find(lane), s_m, offset_m);
  messages::Track track;
  track.object_class = messages::ObjectClass::kCar;
  track.is_confirmed = true;
  track.box = {pose.x_m, pose.y_m, 0.8, pose.heading_rad, 4.4, 1.8, 1.6};
  track.vx_mps = speed_mps * std::cos(pose.heading_rad + off_rad);
  track.vy_mps = speed_mps * std::sin(pose.heading_rad + off_rad);
  track.covariance[0] = track.covariance[5] = track.covariance[10] = track.covariance[15] = 0.01;
  return track;
}

std::vector<messages::Future> futures(const map::LaneMap& map, const messages::Track& track) {
  messages::Tracks tracks;
  tracks.header.frame_id = "map";
  tracks.tracks.push_back(track);
  return predict(tracks, {}, &map)->objects.at(0).futures;
}

TEST(LaneFutures, InABendTheMostProbableFutureStaysInTheLane) {
  const map::LaneMap map = road("motorway");
  for (const double offset_m : {-0.8, 0.0, 0.6}) {
    messages::Track track = in_lane(map, "1.0.-2", 1900, offset_m, 30);
    track.yaw_rate_radps = 30.0 / 900;
    const messages::Future best = futures(map, track).front();
    EXPECT_EQ(best.manoeuvre, "lane_follow");
    for (const messages::FutureState& state : best.states) {
      const auto on = map.finder.nearest({state.x_m, state.y_m}, state.yaw_rad);
      ASSERT_TRUE(on.has_value());
      EXPECT_EQ(map.lane(on->lane).id, "1.0.-2");
      EXPECT_NEAR(on->offset_m, offset_m, 0.1);
    }
  }
}

TEST(LaneFutures, AtAForkThereIsAFutureForEachBranch) {
  const map::LaneMap map = road("crossing");
  const auto found = futures(map, in_lane(map, "3.0.1", 242, 0, 7));
  std::vector<std::string> ends;
  double sum = 0;
  for (const messages::Future& future : found) {
    sum += static_cast<double>(future.probability);
    if (future.manoeuvre != "lane_follow") continue;
    const messages::FutureState& last = future.states.back();
    ends.push_back(map.lane(map.finder.nearest({last.x_m, last.y_m}, last.yaw_rad)->lane).id);
  }
  std::sort(ends.begin(), ends.end());
  EXPECT_EQ(ends, (std::vector<std::string>{"1.0.-1", "2.0.-1", "4.0.-1"}));
  EXPECT_NEAR(sum, 1, 1e-5);
}

TEST(LaneFutures, WhoIsTooFastForATurnHardlyTakesIt) {
  const map::LaneMap map = road("crossing");
  const auto use = lane_use(map, motion_of(in_lane(map, "3.0.1", 230, 0, 15)), 80);
  ASSERT_TRUE(use.has_value());
  EXPECT_EQ(map.lane(use->branches.front().lanes.at(1)).id, "26.0.-1");
  EXPECT_GT(use->branches.front().probability, 0.9);
}

TEST(LaneFutures, WhoDriftsAcrossTheLaneIsSeenToLeaveIt) {
  const map::LaneMap map = road("motorway");
  const auto keeps = futures(map, in_lane(map, "1.0.-3", 300, 0, 25));
  EXPECT_EQ(keeps.front().manoeuvre, "lane_follow");
  const auto leaves = futures(map, in_lane(map, "1.0.-3", 300, 0.5, 25, 0.06));
  EXPECT_EQ(leaves.front().manoeuvre, "constant_velocity");
}

// 0.2 m/s across is wandering in the middle of a lane, and no longer when it has led off it.
TEST(LaneFutures, SlowDriftOutwardsIsSeenOnceItIsOffTheMiddle) {
  const map::LaneMap map = road("motorway");
  for (const double offset_m : {-0.6, 0.0, 0.6}) {
    const messages::Future best = futures(map, in_lane(map, "1.0.-3", 300, offset_m, 3, 0.067)).front();
    EXPECT_EQ(best.manoeuvre, offset_m > 0.5 ? "constant_velocity" : "lane_follow") << offset_m;
  }
}

TEST(LaneFutures, PeopleAndThoseOffTheRoadFollowNoLane) {
  const map::LaneMap map = road("motorway");
  messages::Track person = in_lane(map, "1.0.-3", 300, 0, 1.5);
  person.object_class = messages::ObjectClass::kPedestrian;
  for (const messages::Future& future : futures(map, person)) EXPECT_NE(future.manoeuvre, "lane_follow");
  messages::Track beside = in_lane(map, "1.0.-2", 300, 0, 10);
  beside.box.y_m += 40;
  for (const messages::Future& future : futures(map, beside)) EXPECT_NE(future.manoeuvre, "lane_follow");
}

}  // namespace
}  // namespace hangil::prediction
