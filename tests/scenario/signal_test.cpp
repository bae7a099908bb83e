// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "scenario/made_scenario.hpp"

namespace hangil::tests {

namespace {

std::string phase(const std::string& name, double duration_s, const std::string& state, const std::string& id = "1") {
  return "<Phase name=\"" + name + "\" duration=\"" + std::to_string(duration_s) +
         "\"><TrafficSignalState trafficSignalId=\"" + id + "\" state=\"" + state + "\"/></Phase>";
}

std::string controller(const std::string& name, const std::string& phases, const std::string& more = "") {
  return "<TrafficSignalController name=\"" + name + "\" " + more + ">" + phases + "</TrafficSignalController>";
}

std::string three_phases(const std::string& id = "1") {
  return phase("go", 3, "green", id) + phase("clear", 1, "yellow", id) + phase("stop", 4, "red", id);
}

std::string shown(const PlayedScenario& played, const std::string& id) {
  for (const auto& signal : played.run->world().signals) {
    if (signal.name == id) return signal.value;
  }
  return "nothing";
}

std::string phase_action(const std::string& name, const std::string& to) {
  return "<GlobalAction><InfrastructureAction><TrafficSignalAction><TrafficSignalControllerAction "
         "trafficSignalControllerRef=\"" +
         name + "\" phase=\"" + to + "\"/></TrafficSignalAction></InfrastructureAction></GlobalAction>";
}

std::string story(const std::string& action, const std::string& trigger) {
  return "<Story name=\"s\"><Act name=\"a\"><ManeuverGroup name=\"g\" maximumExecutionCount=\"1\"><Actors "
         "selectTriggeringEntities=\"false\"/><Maneuver name=\"m\"><Event name=\"e\" priority=\"parallel\" "
         "maximumExecutionCount=\"1\"><Action name=\"x\">" +
         action + "</Action><StartTrigger>" + trigger +
         "</StartTrigger></Event></Maneuver></ManeuverGroup></Act></Story>";
}

// Keeps a storyboard going whose only event is done.
const std::string kLater = at_time(60, "Other", speed_action("step", "time", 0, 5));

TEST(SignalPhases, FollowOneAnotherWithoutEnd) {
  MadeScenario made;
  made.signals = controller("lights", three_phases());
  auto played = start_made(made);
  ASSERT_TRUE(played.run) << played.trouble;
  const double duration_s = 8;
  for (int k = 0; k < 170; ++k) {
    const double in_cycle_s = std::fmod(k * 0.1 + 0.05, duration_s);
    ASSERT_TRUE(play_until(played, k * 0.1 + 0.05));
    EXPECT_EQ(shown(played, "1"), in_cycle_s < 3 ? "green" : in_cycle_s < 4 ? "yellow" : "red") << k;
  }
  EXPECT_EQ(played.run->log().signals.size(), 7U);
  EXPECT_NEAR(played.run->log().signals[1].time_s, 3.0, 1e-9);
}

TEST(SignalPhases, AReferenceDelaysThem) {
  MadeScenario made;
  made.signals = controller("first", three_phases("1"), "delay=\"1\"") +
                 controller("second", three_phases("2"), "delay=\"2\" reference=\"first\"");
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 2)) << played.trouble;
  EXPECT_EQ(shown(played, "1"), "green");  // since 1 s
  EXPECT_EQ(shown(played, "2"), "red");    // green from 3 s on
  ASSERT_TRUE(play_until(played, 3.05));
  EXPECT_EQ(shown(played, "2"), "green");
}

TEST(SignalPhases, AnActionBeginsAPhaseAndItsCycleGoesOn) {
  MadeScenario made;
  made.signals = controller("lights", three_phases());
  made.stories = story(phase_action("lights", "stop"), when_time(1)) + kLater;
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 0.95)) << played.trouble;
  EXPECT_EQ(shown(played, "1"), "green");
  ASSERT_TRUE(played.run->step().ok());
  ASSERT_TRUE(play_until(played, 1.1));
  EXPECT_EQ(shown(played, "1"), "red");
  ASSERT_TRUE(play_until(played, 4.9));
  EXPECT_EQ(shown(played, "1"), "red");
  ASSERT_TRUE(play_until(played, 5.1));  // 4 s of red since 1 s, then from the first phase
  EXPECT_EQ(shown(played, "1"), "green");
}

TEST(SignalPhases, WhatAnActionShowsHoldsUntilTheNextPhase) {
  MadeScenario made;
  made.signals = controller("lights", three_phases());
  made.init =
      "<GlobalAction><InfrastructureAction><TrafficSignalAction><TrafficSignalStateAction name=\"1\" "
      "state=\"off\"/></TrafficSignalAction></InfrastructureAction></GlobalAction>" +
      placed("Ego", -2, 50, 20) + placed("Other", -2, 100, 10);
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 2.9)) << played.trouble;
  EXPECT_EQ(shown(played, "1"), "off");
  ASSERT_TRUE(play_until(played, 3.1));
  EXPECT_EQ(shown(played, "1"), "yellow");
}

TEST(SignalPhases, AGroupIsTheSignalsOfTheMapsController) {
  MadeScenario made;
  const auto group = [](const std::string& state) {
    return "<Phase name=\"" + state + "\" duration=\"2\"><TrafficSignalGroupState state=\"" + state + "\"/></Phase>";
  };
  made.signals = controller("9", group("red") + group("green"));
  EXPECT_NE(start_made(made).trouble.find("made.xosc:7: the map has no signal controller '9'"), std::string::npos);
  std::string road = straight_road(2000);
  road.insert(road.find("</OpenDRIVE>"),
              "<controller id=\"9\" name=\"\"><control signalId=\"1\"/><control signalId=\"2\"/></controller>");
  made.road = write_file(made_folder("lights"), "lights.xodr", road);
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 1)) << played.trouble;
  EXPECT_EQ(shown(played, "1") + shown(played, "2"), "redred");
  ASSERT_TRUE(play_until(played, 2.1));
  EXPECT_EQ(shown(played, "1") + shown(played, "2"), "greengreen");
}

TEST(SignalPhases, OfNoLengthStandStillUntilAnActionChangesThem) {
  MadeScenario made;
  made.signals = controller("lights", phase("a", 0, "green") + phase("b", 0, "red"));
  made.stories = story(phase_action("lights", "b"), when_time(1)) + kLater;
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 0.9)) << played.trouble;
  EXPECT_EQ(shown(played, "1"), "green");
  ASSERT_TRUE(play_until(played, 1.1));
  EXPECT_EQ(shown(played, "1"), "red");
}

TEST(SignalPhases, AConditionWaitsForAPhase) {
  MadeScenario made;
  made.signals = controller("lights", three_phases());
  made.stories = at_time(0, "Ego", speed_action("step", "time", 0, 5));
  made.stories.replace(made.stories.find("<ConditionGroup>"), std::string::npos,
                       "<ConditionGroup><Condition name=\"c\" delay=\"0\" "
                       "conditionEdge=\"none\"><ByValueCondition><TrafficSignalControllerCondition "
                       "trafficSignalControllerRef=\"lights\" phase=\"stop\"/></ByValueCondition></Condition></"
                       "ConditionGroup>" +
                           made.stories.substr(made.stories.find("</ConditionGroup>") + 17));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 3.9)) << played.trouble;
  EXPECT_NEAR(played.state("Ego").speed_mps, 20, 1e-9);
  (void)play_until(played, 4.1);
  EXPECT_NEAR(played.state("Ego").speed_mps, 5, 1e-9);
}

TEST(SignalPhases, SaysWhatIsNotThere) {
  MadeScenario made;
  made.signals = controller("lights", three_phases(), "reference=\"nobody\"");
  EXPECT_NE(start_made(made).trouble.find("'nobody' is no controller"), std::string::npos);
  made.signals =
      controller("a", three_phases(), "reference=\"b\"") + controller("b", three_phases(), "reference=\"a\"");
  EXPECT_NE(start_made(made).trouble.find("refers to itself"), std::string::npos);
  made.signals = controller("a", three_phases()) + controller("a", three_phases());
  EXPECT_NE(start_made(made).trouble.find("'a' already"), std::string::npos);
  made.signals = controller("a", phase("go", -1, "green"));
  EXPECT_NE(start_made(made).trouble.find("duration must be 0 s or more"), std::string::npos);
  made.signals = controller("lights", three_phases());
  made.stories = story(phase_action("lights", "dance"), when_time(1));
  EXPECT_NE(start_made(made).trouble.find("no phase 'dance'"), std::string::npos);
}

}  // namespace
}  // namespace hangil::tests
