// SPDX-License-Identifier: Apache-2.0
#include "planning/rules.hpp"

#include "planning/town.hpp"

namespace hangil::planning {
namespace {

using namespace hangil::tests;
using messages::LightState;

// One look at the road: who drives where, and what the lights show.
struct Look {
  map::LaneMap map;
  Route route;
  RoadAhead road;
  PlannerConfig config;
  RulesMemory memory;
  messages::SignalStates signals;
  std::vector<messages::Track> tracks;

  Look(const std::string& town_name, const std::vector<std::string>& lanes)
      : map(town(town_name)), route(route_along(map, lanes)), road(road_ahead(map, route.path)) {}

  std::vector<Constraint> at(double s_m, double speed_mps) {
    messages::Tracks message;
    message.header.frame_id = "map";
    message.tracks = tracks;
    for (std::size_t i = 0; i < tracks.size(); ++i) message.tracks[i].id = static_cast<std::uint32_t>(i + 1);
    const messages::Predictions predictions = *prediction::predict(message, {}, &map);
    const math::PathSample place = route.path.at(s_m);
    const math::Box2 ego = config.vehicle.at({place.point.x_m, place.point.y_m, place.yaw_rad()});
    const auto futures = relevant_futures(predictions, ego, 150, {});
    const RoadSituation situation{route, map, road, &signals, {s_m, speed_mps}, futures, predictions.step};
    return road_constraints(situation, config, memory);
  }
};

std::string reasons(const std::vector<Constraint>& constraints) {
  std::string all;
  for (const Constraint& one : constraints) all += one.reason + "; ";
  return all;
}

TEST(RoadAhead, FindsTheLanesOfARouteThroughAFork) {
  for (const std::string way : {"26.0.-1", "27.0.-1", "28.0.-1"}) {
    const std::string out = way == "26.0.-1" ? "1.0.-1" : way == "27.0.-1" ? "2.0.-1" : "4.0.-1";
    const Look look("crossing", {"3.0.1", way, out});
    ASSERT_EQ(look.road.lanes.size(), 3U) << way;
    EXPECT_EQ(look.map.lane(look.road.lanes[1].lane).id, way);
    EXPECT_EQ(look.map.lane(look.road.lanes[2].lane).id, out);
    EXPECT_NEAR(look.road.lanes[1].from_s_m, 250, 4);
  }
}

TEST(RoadAhead, SpeedLimitsAreThoseOfTheLanes) {
  const Look look("crossing", {"3.0.1", "27.0.-1", "2.0.-1"});
  EXPECT_NEAR(look.road.limit_mps(100), 50 / 3.6, 1e-6);
  EXPECT_NEAR(look.road.limit_mps(260), 30 / 3.6, 1e-6);
  EXPECT_TRUE(std::isinf(look.road.limit_mps(1e6)));
}

TEST(RoadAhead, TheYieldingStreetGivesWayAndThePriorityStreetDoesNot) {
  const Look yields("crossing", {"4.0.1", "30.0.-1", "2.0.-1"});
  ASSERT_EQ(yields.road.junctions.size(), 1U);
  EXPECT_EQ(yields.road.junctions[0].rule, "give way");
  EXPECT_FALSE(yields.road.junctions[0].must_stop);
  const Look passes("crossing", {"3.0.1", "26.0.-1", "1.0.-1"});
  EXPECT_TRUE(passes.road.junctions[0].priority_lanes.empty()) << passes.road.junctions[0].rule;
  const Look turns_left("crossing", {"3.0.1", "27.0.-1", "2.0.-1"});
  EXPECT_EQ(turns_left.road.junctions[0].rule, "oncoming traffic");
}

TEST(RoadAhead, WithoutSignsWhoComesFromTheRightGoesFirst) {
  const Look look("crossing_plain", {"3.0.1", "26.0.-1", "1.0.-1"});
  EXPECT_EQ(look.road.junctions.at(0).rule, "from the right");
  const auto& lanes = look.road.junctions[0].priority_lanes;
  const auto has = [&](const std::string& name) {
    return std::binary_search(lanes.begin(), lanes.end(), look.map.graph.find(name));
  };
  EXPECT_TRUE(has("30.0.-1"));  // straight on from the south, our right
  EXPECT_TRUE(has("4.0.1"));
  EXPECT_FALSE(has("25.0.-1"));  // straight on from the north, our left
}

TEST(Rules, ARedLightIsStoppedAtBeforeItsLine) {
  Look look("street", {"1.0.-1"});
  look.signals.signals = {{"1", LightState::kRed}};
  const auto found = look.at(440, 10);
  ASSERT_EQ(found.size(), 1U) << reasons(found);
  EXPECT_EQ(found[0].reason, "red light 1");
  EXPECT_NEAR(found[0].place.s_m, 498 - look.config.vehicle.front_m() - 0.6, 0.1);
  look.signals.signals = {{"1", LightState::kGreen}};
  EXPECT_TRUE(look.at(440, 10).empty());
  look.signals.signals = {{"1", LightState::kRed}};
  EXPECT_TRUE(look.at(500, 10).empty()) << "passed";
}

TEST(Rules, AYellowLightIsPassedWhereStoppingWouldBeHard) {
  Look look("street", {"1.0.-1"});
  look.signals.signals = {{"1", LightState::kYellow}};
  EXPECT_EQ(look.at(450, 10).size(), 1U);
  EXPECT_TRUE(look.at(488, 13).empty());
}

TEST(Rules, AStopSignAsksForOneStop) {
  Look look("tee", {"4.0.1", "24.0.-1", "1.0.-1"});
  ASSERT_FALSE(look.road.junctions.empty());
  const auto coming = look.at(215, 8);
  ASSERT_EQ(coming.size(), 1U);
  EXPECT_TRUE(coming[0].reason.starts_with("stop sign at ")) << reasons(coming);
  EXPECT_TRUE(look.at(coming[0].place.s_m - 0.3, 0).empty()) << "stopped once, nobody there";
  EXPECT_TRUE(look.at(coming[0].place.s_m, 1).empty());
}

TEST(Rules, ACarWithPriorityIsLetThroughAndOneFarAwayIsNot) {
  Look look("crossing", {"4.0.1", "30.0.-1", "2.0.-1"});
  look.tracks = {car_in_lane(look.map, "3.0.1", 205, 12)};
  const auto found = look.at(215, 8);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].reason.starts_with("give way at ")) << reasons(found);
  look.tracks = {car_in_lane(look.map, "3.0.1", 20, 8)};
  EXPECT_TRUE(look.at(235, 8).empty());
  look.tracks = {car_in_lane(look.map, "2.0.1", 205, 12)};  // yields as we do, and comes towards us
  EXPECT_TRUE(look.at(215, 8).empty());
}

TEST(Rules, APersonOnACrosswalkIsLetThrough) {
  Look look("street", {"1.0.-1"});
  look.tracks = {pedestrian_at(300, -4, 1.5708, 1.4)};
  const auto found = look.at(260, 10);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reason, "crosswalk 1: 1");
  EXPECT_NEAR(found[0].place.s_m, 298 - look.config.vehicle.front_m() - 1, 0.3);
  look.tracks = {pedestrian_at(300, 8, 1.5708, 1.4)};  // has crossed and walks away
  EXPECT_TRUE(look.at(260, 10).empty());
}

}  // namespace
}  // namespace hangil::planning
