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

// Ego at 48 degrees north and 9 east, on a map whose projection puts that at (100, -5).
PlayedScenario placed_by_the_earth(const std::string& folder_name, const std::string& offset) {
  const std::string folder = made_folder(folder_name);
  std::string road = straight_road(2000);
  road.insert(road.find("/>", road.find("<header")),
              "><geoReference>+proj=tmerc +lat_0=48 +lon_0=9 +k=1 +x_0=100 +y_0=-5"
              "</geoReference>" +
                  offset + "</header");
  road.erase(road.find("</header") + 8, 1);
  write_file(folder, "geo.xodr", road);
  MadeScenario made;
  made.road = folder + "/geo.xodr";
  made.init =
      "<Private entityRef=\"Ego\"><PrivateAction><TeleportAction><Position><GeoPosition latitudeDeg=\"48\" "
      "longitudeDeg=\"9\"/></Position></TeleportAction></PrivateAction></Private>" +
      placed("Other", -2, 200, 10);
  return start_made(made);
}

TEST(GeoPosition, LiesWhereTheMapsProjectionSays) {
  const auto played = placed_by_the_earth("Geo", "");
  ASSERT_TRUE(played.run) << played.trouble;
  EXPECT_NEAR(played.state("Ego").x_m, 100, 1e-6);
  EXPECT_NEAR(played.state("Ego").y_m, -5, 1e-6);
}

TEST(GeoPosition, HeedsTheOffsetOfTheMapsHeader) {
  // The file's origin is at (90, -25) of the plane and its x axis points north there.
  const auto played =
      placed_by_the_earth("GeoOffset", "<offset x=\"90\" y=\"-25\" z=\"0\" hdg=\"1.5707963267948966\"/>");
  ASSERT_TRUE(played.run) << played.trouble;
  EXPECT_NEAR(played.state("Ego").x_m, 20, 1e-6);
  EXPECT_NEAR(played.state("Ego").y_m, -10, 1e-6);
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
