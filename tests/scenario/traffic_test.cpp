// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "scenario/made_scenario.hpp"

namespace hangil::tests {

namespace {

std::string traffic(const std::string& action) {
  return "<GlobalAction><TrafficAction trafficName=\"t\">" + action + "</TrafficAction></GlobalAction>";
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
  made.init = swarm_about_ego(10) + placed("Ego", -2, 50, 20) + placed("Other", -2, 100, 10);
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

TEST(TrafficSource, SaysWhenAllItsVehiclesAreThere) {
  MadeScenario made;  // 2.2 vehicles in 600 s: a pool of 2, on a road that nobody leaves soon
  made.init = traffic("<TrafficSourceAction radius=\"5\" rate=\"0.002\" speed=\"1\">" + lane_at(300) +
                      "<TrafficDefinition name=\"mix\"/></TrafficSourceAction>") +
              placed("Ego", 3, 50, 0) + placed("Other", 3, 100, 0);
  scenario::RunOptions options;
  options.step = base::Duration::milliseconds(500);
  options.time_limit = base::Duration::seconds(2000);
  auto played = start_made(made, options);
  ASSERT_TRUE(play_until(played, 400)) << played.trouble;
  EXPECT_TRUE(played.run->log().exhausted_sources.empty());
  play_until(played, 1500);
  EXPECT_EQ(present_count(*played.run), 2 + 2);
  ASSERT_EQ(played.run->log().exhausted_sources.size(), 1U);
  EXPECT_NEAR(played.run->log().exhausted_sources[0].time_s, 1000, 2);
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

}  // namespace

}  // namespace hangil::tests
