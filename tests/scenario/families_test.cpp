// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "scenario/date_time.hpp"
#include "scenario/made_scenario.hpp"
#include "scenario/read_scenario.hpp"
#include "scenario/speed_profile.hpp"

namespace hangil::tests {

namespace {

std::string in_init(const std::string& global_action) { return "<GlobalAction>" + global_action + "</GlobalAction>"; }

std::string two_cars() { return placed("Ego", -2, 50, 20) + placed("Other", -2, 100, 10); }

TEST(EntitySelection, StandsForAllItsMembers) {
  MadeScenario made;
  made.more_entities =
      "<EntitySelection name=\"all\"><Members><ByType objectType=\"vehicle\"/></Members></EntitySelection>";
  made.stop = when_time(100);
  made.stories = at_time(1, "all", speed_action("step", "time", 0, 5));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 2)) << played.trouble;
  EXPECT_DOUBLE_EQ(played.state("Ego").speed_mps, 5);
  EXPECT_DOUBLE_EQ(played.state("Other").speed_mps, 5);
}

TEST(EntitySelection, WithoutMembersIsAnError) {
  MadeScenario made;
  made.more_entities =
      "<EntitySelection name=\"none\"><Members><ByType objectType=\"pedestrian\"/></Members></EntitySelection>";
  EXPECT_NE(start_made(made).trouble.find("has no members"), std::string::npos);
}

// 9 degrees east is the meridian of zone 32; the equator there is at 500 km, 0.
TEST(GeoPosition, LiesWhereTheMapsProjectionSays) {
  const std::string folder = made_folder("Geo");
  std::string road = straight_road(2000);
  road.insert(road.find("/>", road.find("<header")),
              "><geoReference>+proj=tmerc +lat_0=48 +lon_0=9 +k=1 +x_0=100 +y_0=-5"
              "</geoReference></header");
  road.erase(road.find("</header") + 8, 1);
  write_file(folder, "geo.xodr", road);
  MadeScenario made;
  made.road = folder + "/geo.xodr";
  made.init =
      "<Private entityRef=\"Ego\"><PrivateAction><TeleportAction><Position><GeoPosition latitudeDeg=\"48\" "
      "longitudeDeg=\"9\"/></Position></TeleportAction></PrivateAction></Private>" +
      placed("Other", -2, 200, 10);
  const auto played = start_made(made);
  ASSERT_TRUE(played.run) << played.trouble;
  EXPECT_NEAR(played.state("Ego").x_m, 100, 1e-6);
  EXPECT_NEAR(played.state("Ego").y_m, -5, 1e-6);
}

TEST(GeoPosition, NeedsAProjection) {
  MadeScenario made;
  made.init =
      "<Private entityRef=\"Ego\"><PrivateAction><TeleportAction><Position><GeoPosition latitude=\"0.8\" "
      "longitude=\"0.1\"/></Position></TeleportAction></PrivateAction></Private>";
  EXPECT_NE(start_made(made).trouble.find("no geoReference"), std::string::npos);
}

TEST(DateTime, CountsSecondsOfTheCalendar) {
  EXPECT_EQ(scenario::seconds_since_1970("1970-01-01T00:00:00"), 0);
  EXPECT_EQ(scenario::seconds_since_1970("2000-03-01T12:00:00Z"), 951'912'000);
  EXPECT_EQ(scenario::seconds_since_1970("2000-03-01T13:30:00.5+01:30"), 951'912'000.5);
  for (const char* text : {"", "2000-13-01T00:00:00", "2000-03-01 12:00:00", "2000-03-01T12:00:00X"}) {
    EXPECT_FALSE(scenario::seconds_since_1970(text)) << text;
  }
}

std::string environment(bool moves) {
  return "<EnvironmentAction><Environment name=\"e\"><TimeOfDay animation=\"" + std::string(moves ? "true" : "false") +
         "\" dateTime=\"2026-01-31T06:59:58\"/></Environment></EnvironmentAction>";
}

TEST(TimeOfDay, MovesWithTheSimulationIfAnimated) {
  for (const bool moves : {true, false}) {
    MadeScenario made;
    made.init = in_init(environment(moves)) + two_cars();
    made.stop =
        "<ConditionGroup><Condition name=\"c\" delay=\"0\" conditionEdge=\"none\"><ByValueCondition>"
        "<TimeOfDayCondition dateTime=\"2026-01-31T07:00:00\" rule=\"greaterOrEqual\"/></ByValueCondition></Condition>"
        "</ConditionGroup>";
    auto played = start_made(made);
    ASSERT_TRUE(played.run) << played.trouble;
    EXPECT_EQ(play_until(played, 5), !moves);
    EXPECT_NEAR(played.run->world().time_s(), moves ? 2 : 5, 1e-9);
  }
}

TEST(Animation, IsRecorded) {
  MadeScenario made;
  made.stop = when_time(100);
  made.stories =
      at_time(1, "Ego",
              "<PrivateAction><AppearanceAction><AnimationAction><AnimationType><ComponentAnimation>"
              "<VehicleComponent vehicleComponentType=\"doorFrontLeft\"/></ComponentAnimation></AnimationType>"
              "<AnimationState state=\"1\"/></AnimationAction></AppearanceAction></PrivateAction>");
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 2)) << played.trouble;
  ASSERT_EQ(played.run->log().animations.size(), 1u);
  EXPECT_EQ(played.run->log().animations[0].what, "doorFrontLeft");
  EXPECT_EQ(played.run->log().animations[0].state, 1);
}

TEST(SpeedProfile, KeepsWithinAccelerationAndJerk) {
  for (const double change : {0.5, 3.0, 20.0}) {
    const scenario::ProfileLimits limits{2, 1};
    auto part = scenario::make_profile_part(10, 10 - change, std::nullopt, limits, true);
    const double h = 1e-3, duration_s = part.duration_s;
    const auto speed = [&](double time_s) {
      part.progress_s = time_s;
      return part.speed_mps();
    };
    double least_mps2 = 0, worst_jerk = 0, before_mps2 = 0;
    for (double t = 0; t + h < duration_s; t += h) {
      const double a = (speed(t + h) - speed(t)) / h;
      least_mps2 = std::min(least_mps2, a);
      worst_jerk = std::max(worst_jerk, std::abs(a - before_mps2) / h);
      before_mps2 = a;
    }
    EXPECT_GE(least_mps2, -2 - 1e-6) << change;
    EXPECT_LE(worst_jerk, 1 + 1e-3) << change;
    EXPECT_NEAR(speed(duration_s), 10 - change, 1e-9);
    EXPECT_NEAR(duration_s, change < 4 ? 2 * std::sqrt(change) : change / 2 + 2, 1e-9);
  }
}

TEST(SpeedProfile, WithoutJerkIsLinearAndTakesItsTime) {
  auto part = scenario::make_profile_part(0, 10, 4, {1, 1}, false);
  part.progress_s = 1;
  EXPECT_DOUBLE_EQ(part.speed_mps(), 2.5);
  EXPECT_DOUBLE_EQ(part.duration_s, 4);
}

std::string traffic(const std::string& action) {
  return in_init("<TrafficAction trafficName=\"t\">" + action + "</TrafficAction>");
}

int present_count(const scenario::ScenarioRun& run) {
  int count = 0;
  for (const auto& state : run.world().entities) count += state.is_present;
  return count;
}

std::string swarm_about_ego(int count) {
  return traffic(
      "<TrafficSwarmAction semiMajorAxis=\"300\" semiMinorAxis=\"50\" innerRadius=\"30\" offset=\"0\" "
      "numberOfVehicles=\"" +
      std::to_string(count) + "\" velocity=\"15\"><CentralObject entityRef=\"Ego\"/></TrafficSwarmAction>");
}

// They stay about ego, however far it goes, and nobody drives into anybody.
TEST(TrafficSwarm, KeepsItsVehiclesAboutTheCentralEntity) {
  MadeScenario made;
  made.init = swarm_about_ego(20) + placed("Ego", -2, 400, 20) + placed("Other", 3, 1900, 0);
  auto played = start_made(made);
  ASSERT_TRUE(played.run) << played.trouble;
  EXPECT_EQ(present_count(*played.run), 22);
  ASSERT_TRUE(play_until(played, 40)) << played.trouble;
  const auto& world = played.run->world();
  EXPECT_GE(present_count(*played.run), 15);
  for (std::size_t i = 2; i < world.entities.size(); ++i) {
    if (!world.entities[i].is_present) continue;
    EXPECT_LE(std::abs(world.entities[i].x_m - played.state("Ego").x_m), 305);
  }
  for (const auto& event : played.run->log().collisions) {
    EXPECT_LT(event.contact.first, 1) << "generated vehicles collide at " << event.time_s;  // ego itself does not brake
  }
}

TEST(TrafficSwarm, IsTheSameInEveryRun) {
  MadeScenario made;
  made.init = swarm_about_ego(10) + two_cars();
  auto first = start_made(made), second = start_made(made);
  ASSERT_TRUE(play_until(first, 5) && play_until(second, 5));
  for (std::size_t i = 0; i < first.run->world().entities.size(); ++i) {
    EXPECT_EQ(first.run->world().entities[i].x_m, second.run->world().entities[i].x_m);
    EXPECT_EQ(first.run->world().entities[i].y_m, second.run->world().entities[i].y_m);
  }
}

std::string lane_at(double s_m) {
  return "<Position><LanePosition roadId=\"1\" laneId=\"-1\" s=\"" + std::to_string(s_m) + "\"/></Position>";
}

TEST(TrafficSource, EmitsAtItsRateUntilStoppedAndTheSinkTakesAll) {
  MadeScenario made;
  made.init = traffic("<TrafficSourceAction radius=\"5\" rate=\"0.5\" speed=\"20\">" + lane_at(300) +
                      "<TrafficDefinition name=\"mix\"><VehicleCategoryDistribution>"
                      "<VehicleCategoryDistributionEntry category=\"bus\" weight=\"1\"/>"
                      "<VehicleCategoryDistributionEntry category=\"car\" weight=\"1\"/></VehicleCategoryDistribution>"
                      "</TrafficDefinition></TrafficSourceAction>") +
              traffic("<TrafficSinkAction radius=\"20\">" + lane_at(600) + "</TrafficSinkAction>") +
              placed("Ego", 3, 50, 0) + placed("Other", 3, 100, 0);
  made.stories =
      "<Story name=\"s\"><Act name=\"a\"><ManeuverGroup name=\"g\" maximumExecutionCount=\"1\"><Actors "
      "selectTriggeringEntities=\"false\"/><Maneuver name=\"m\"><Event name=\"e\" priority=\"override\">"
      "<Action name=\"stop\"><GlobalAction><TrafficAction><TrafficStopAction/></TrafficAction></GlobalAction>"
      "</Action><StartTrigger>" +
      when_time(60) + "</StartTrigger></Event></Maneuver></ManeuverGroup></Act></Story>";
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 9.9)) << played.trouble;
  EXPECT_EQ(present_count(*played.run), 2 + 5);  // at 0, 2, 4, 6, 8 s
  ASSERT_TRUE(play_until(played, 40));
  EXPECT_NEAR(present_count(*played.run), 2 + 7, 2);  // 280 m at 20 m/s and a vehicle each 2 s
  const auto& entities = played.run->world().scenario->entities;
  EXPECT_NE(entities[2].category, entities[3].category);
}

TEST(OffRoad, IsBesideTheLanes) {
  MadeScenario made;
  made.init = placed("Ego", -3, 100, 0) + placed("Other", -2, 100, 0);
  made.init.insert(made.init.find("/>", made.init.find("laneId=\"-3\"")), " offset=\"-3\"");
  made.stop =
      "<ConditionGroup><Condition name=\"c\" delay=\"0\" conditionEdge=\"none\"><ByEntityCondition><TriggeringEntities "
      "triggeringEntitiesRule=\"any\"><EntityRef entityRef=\"Ego\"/></TriggeringEntities><EntityCondition>"
      "<OffroadCondition duration=\"1\"/></EntityCondition></ByEntityCondition></Condition></ConditionGroup>";
  auto played = start_made(made);
  EXPECT_FALSE(play_until(played, 3)) << played.trouble;
  EXPECT_NEAR(played.run->world().time_s(), 1, 0.011);
}

TEST(LongitudinalDistance, WithoutLimitsIsKeptAtEveryMoment) {
  MadeScenario made;
  made.init = placed("Ego", -2, 50, 0) + placed("Other", -2, 100, 10);
  made.stories =
      at_time(0, "Ego",
              "<PrivateAction><LongitudinalAction><LongitudinalDistanceAction entityRef=\"Other\" "
              "freespace=\"false\" continuous=\"true\" distance=\"12\"/></LongitudinalAction></PrivateAction>") +
      at_time(1, "Other", speed_action("linear", "rate", 8, 30), "two");
  auto played = start_made(made);
  for (double time_s = 0.1; time_s < 4; time_s += 0.1) {
    ASSERT_TRUE(play_until(played, time_s)) << played.trouble;
    EXPECT_NEAR(played.state("Other").x_m - played.state("Ego").x_m, 12, 1e-6) << time_s;
  }
  EXPECT_NEAR(played.state("Ego").speed_mps, 30, 1e-9);
}

TEST(FollowTrajectory, IsFollowedBackwardsLookingTheOtherWay) {
  MadeScenario made;
  made.init = placed("Ego", -2, 50, -5) + placed("Other", -2, 100, 0);
  made.stories =
      at_time(0, "Ego",
              "<PrivateAction><RoutingAction><FollowTrajectoryAction><Trajectory name=\"t\" closed=\"false\">"
              "<Shape><Polyline><Vertex><Position><WorldPosition x=\"50\" y=\"-5\"/></Position></Vertex>"
              "<Vertex><Position><WorldPosition x=\"20\" y=\"-5\"/></Position></Vertex></Polyline></Shape>"
              "</Trajectory><TimeReference><None/></TimeReference><TrajectoryFollowingMode "
              "followingMode=\"position\"/></FollowTrajectoryAction></RoutingAction></PrivateAction>");
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 2)) << played.trouble;
  EXPECT_NEAR(played.state("Ego").x_m, 40, 0.06);
  EXPECT_NEAR(std::cos(played.state("Ego").h_rad), 1, 1e-9);
}

// By hand: mean speed 10 m/s over 50 m takes 5 s.
TEST(SpeedAction, OverADistanceEndsAfterIt) {
  MadeScenario made;
  made.stop = when_time(100);
  made.stories = at_time(0, "Ego", speed_action("linear", "distance", 50, 0));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 6)) << played.trouble;
  EXPECT_EQ(played.state("Ego").speed_mps, 0);
  EXPECT_NEAR(played.state("Ego").x_m, 100, 0.01);
}

}  // namespace

}  // namespace hangil::tests
