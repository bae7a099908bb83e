// SPDX-License-Identifier: Apache-2.0
#include "planning/detour.hpp"

#include <cmath>

#include "planning/manoeuvre.hpp"
#include "planning/town.hpp"

namespace hangil::planning {
namespace {

using namespace hangil::tests;

// A manoeuvre that sees the same traffic for a while, so that what stands has stood.
struct Watch {
  map::LaneMap map;
  Route route;
  PlannerConfig config;
  Manoeuvre manoeuvre;
  std::vector<messages::Track> tracks;

  Watch(const std::string& town_name, const std::vector<std::string>& lanes)
      : map(town(town_name)), route(route_along(map, lanes)) {
    manoeuvre.take(route, &map);
  }

  std::string after(double seconds, double s_m, double speed_mps) {
    messages::Tracks message;
    message.header.frame_id = "map";
    message.tracks = tracks;
    for (std::size_t i = 0; i < tracks.size(); ++i) message.tracks[i].id = static_cast<std::uint32_t>(i + 1);
    const math::PathSample place = route.path.at(s_m);
    const math::MotionState ego{{place.point.x_m, place.point.y_m, place.yaw_rad()}, 0, speed_mps, 0};
    for (int k = 0; k <= static_cast<int>(seconds * 10); ++k) {
      message.header.stamp = base::Time{} + base::Duration::milliseconds(100 * k);
      (void)manoeuvre.look(ego, *prediction::predict(message, {}, &map), config);
    }
    return manoeuvre.text();
  }
};

TEST(Detour, WhatStandsInTheLaneIsPassedOnTheFreeSide) {
  Watch watch("motorway", {"1.0.-2"});
  watch.tracks = {car_in_lane(watch.map, "1.0.-2", 300, 0)};
  EXPECT_EQ(watch.after(1, 180, 20), "keep lane") << "it may drive on";
  EXPECT_EQ(watch.after(3, 180, 20), "pass 1 on the left");
  const Route& passing = watch.manoeuvre.route();
  const math::Point2 beside = passing.path.at(300).point, before = passing.path.at(190).point;
  EXPECT_NEAR(beside.y_m, -0.5 * 3.75, 0.05);
  EXPECT_NEAR(before.y_m, -1.5 * 3.75, 0.3);
  EXPECT_NEAR(passing.path.at(450).point.y_m, -1.5 * 3.75, 0.05);
}

TEST(Detour, ByTheRightLaneWhereTheLeftOneIsTaken) {
  Watch watch("motorway", {"1.0.-2"});
  watch.tracks = {car_in_lane(watch.map, "1.0.-2", 300, 0), car_in_lane(watch.map, "1.0.-1", 305, 0)};
  EXPECT_EQ(watch.after(3, 180, 20), "pass 1 on the right");
}

TEST(Detour, NotIntoTheWayOfWhoComesFromBehind) {
  Watch watch("motorway", {"1.0.-2"});
  watch.tracks = {car_in_lane(watch.map, "1.0.-2", 300, 0), car_in_lane(watch.map, "1.0.-1", 150, 33),
                  car_in_lane(watch.map, "1.0.-3", 170, 20)};
  EXPECT_EQ(watch.after(3, 180, 20), "wait to pass 1");
  ASSERT_TRUE(watch.manoeuvre.wait().has_value());
  EXPECT_LT(watch.manoeuvre.wait()->place.s_m, 300 - 2.2 - 14);
}

TEST(Detour, OverTheMiddleOfTheRoadOnlyWhileNobodyComes) {
  Watch watch("street", {"1.0.-1"});
  watch.tracks = {car_in_lane(watch.map, "1.0.-1", 180, 0), car_in_lane(watch.map, "1.0.1", 550, 11)};
  EXPECT_EQ(watch.after(3, 110, 9), "wait to pass 1");
  watch.tracks = {car_in_lane(watch.map, "1.0.-1", 180, 0)};
  EXPECT_EQ(watch.after(3, 110, 9), "pass 1 on the left");
}

TEST(Detour, AQueueAtALightIsNotPassed) {
  Watch watch("street", {"1.0.-1"});
  watch.tracks = {car_in_lane(watch.map, "1.0.-1", 480, 0), car_in_lane(watch.map, "1.0.-1", 488, 0)};
  EXPECT_EQ(watch.after(4, 400, 9), "keep lane");
}

TEST(Detour, NeverWhereTheLaneIsToBeKept) {
  Watch watch("motorway", {"1.0.-2"});
  watch.config.keep_lane = true;
  watch.tracks = {car_in_lane(watch.map, "1.0.-2", 300, 0)};
  EXPECT_EQ(watch.after(3, 180, 20), "keep lane");
  EXPECT_FALSE(watch.manoeuvre.wait().has_value());
}

TEST(RoadAhead, TheRoomBesideTheRouteIsThatOfItsLane) {
  const map::LaneMap map = town("motorway");
  const RoadAhead road = road_ahead(map, route_along(map, {"1.0.-2"}).path);
  EXPECT_NEAR(road.room_m({100, 200}), 3.75 / 2, 0.01);
  EXPECT_TRUE(std::isinf(road.room_m({1e6, 1e6 + 10})));
}

// A car stands half in the lane: there is room to pass it in the corridor, and none in the lane.
TEST(Planner, WhatKeepsItsLaneStopsWhereOnlyTheCorridorLeavesRoom) {
  const map::LaneMap map = town("motorway");
  const Route route = route_along(map, {"1.0.-2"}, 15);
  const RoadAhead road = road_ahead(map, route.path);
  const messages::Predictions predictions = predictions_of({car_on(route, 160, 1.2, 0)});
  for (const bool keeps : {false, true}) {
    PlannerConfig config;
    config.keep_lane = keeps;
    Planner planner(config);
    const messages::Trajectory plan = planner.plan(
        {.ego = driving_on(route, 100, 10), .predictions = &predictions, .route = &route, .map = &map, .road = &road},
        "map", 0);
    EXPECT_EQ(plan.behaviour.rfind("stop, leader 1", 0) == 0, keeps) << plan.behaviour;
    double farthest_m = 0;
    for (const messages::TrajectoryPoint& point : plan.points) {
      for (const math::Point2 corner : math::corners(config.vehicle.at({point.x_m, point.y_m, point.yaw_rad}))) {
        farthest_m = std::max(farthest_m, std::abs(corner.y_m + 1.5 * 3.75));
      }
    }
    EXPECT_EQ(farthest_m < 3.75 / 2, keeps) << farthest_m;
  }
}

TEST(Detour, ItsOffsetIsSmoothAndWhole) {
  const Detour detour{1, 3.5, 100, 130, 160, 200};
  EXPECT_EQ(detour.offset_at(100), 0);
  EXPECT_EQ(detour.offset_at(145), 3.5);
  EXPECT_EQ(detour.offset_at(200), 0);
  double steepest = 0;
  for (double s = 90; s < 210; s += 0.1) {
    steepest = std::max(steepest, std::abs(detour.offset_at(s + 0.1) - detour.offset_at(s)) / 0.1);
  }
  EXPECT_NEAR(steepest, 1.875 * 3.5 / 30, 0.005);
}

}  // namespace
}  // namespace hangil::planning
