// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "scenario/made_scenario.hpp"

namespace hangil::tests {

namespace {

using scenario::ElementTransition;

// When an element went through a transition; -1: never.
double when(const PlayedScenario& played, std::string_view name, ElementTransition transition, int which = 0) {
  for (const scenario::StoryEvent& event : played.run->log().story) {
    if (event.name == name && event.transition == transition && which-- == 0) return event.time_s;
  }
  return -1;
}

std::string event_text(const std::string& name, const std::string& priority, int count, const std::string& action,
                       const std::string& trigger) {
  return "<Event name=\"" + name + "\" priority=\"" + priority + "\" maximumExecutionCount=\"" + std::to_string(count) +
         "\"><Action name=\"action of " + name + "\">" + action + "</Action>" +
         (trigger.empty() ? "" : "<StartTrigger>" + trigger + "</StartTrigger>") + "</Event>";
}

std::string story_of(const std::string& events, const std::string& act_triggers = "", int group_count = 1) {
  return "<Story name=\"story\"><Act name=\"act\"><ManeuverGroup name=\"group\" maximumExecutionCount=\"" +
         std::to_string(group_count) +
         "\"><Actors selectTriggeringEntities=\"false\"><EntityRef entityRef=\"Ego\"/></Actors><Maneuver "
         "name=\"maneuver\">" +
         events + "</Maneuver></ManeuverGroup>" + act_triggers + "</Act></Story>";
}

std::string ramp(double time_s, double speed_mps) { return speed_action("linear", "time", time_s, speed_mps); }

std::string element_state(const std::string& type, const std::string& name, const std::string& state,
                          const std::string& edge = "none", double delay_s = 0) {
  return "<ConditionGroup><Condition name=\"state\" delay=\"" + std::to_string(delay_s) + "\" conditionEdge=\"" + edge +
         "\"><ByValueCondition><StoryboardElementStateCondition storyboardElementType=\"" + type +
         "\" storyboardElementRef=\"" + name + "\" state=\"" + state +
         "\"/></ByValueCondition></Condition></ConditionGroup>";
}

TEST(Storyboard, ActsAndEventsWithoutATriggerStartAtOnce) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "parallel", 1, ramp(1, 30), ""));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 0.5)) << played.trouble;
  EXPECT_EQ(when(played, "act", ElementTransition::kStart), 0);
  EXPECT_EQ(when(played, "first", ElementTransition::kStart), 0);
  EXPECT_NEAR(played.state("Ego").speed_mps, 25, 1e-9);
}

TEST(Storyboard, EverythingEndsUpwardsWhenTheLastActionHas) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "parallel", 1, ramp(1, 30), when_time(0.5)));
  auto played = start_made(made);
  EXPECT_FALSE(play_until(played, 5)) << played.trouble;
  EXPECT_EQ(played.run->end_reason(), scenario::EndReason::kStoryboardComplete);
  for (const char* name : {"action of first", "first", "maneuver", "group", "act", "story"}) {
    EXPECT_NEAR(when(played, name, ElementTransition::kEnd), 1.49, 1e-9) << name;
  }
}

TEST(Storyboard, OverrideStopsRunningEventsOfTheManeuver) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "override", 1, ramp(2, 30), when_time(0)) +
                          event_text("second", "override", 1, ramp(1, 10), when_time(1)));
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_NEAR(when(played, "first", ElementTransition::kStop), 1, 1e-9);
  EXPECT_EQ(when(played, "first", ElementTransition::kEnd), -1);
  EXPECT_NEAR(played.state("Ego").speed_mps, 10, 1e-9);
}

TEST(Storyboard, SkipWaitsWhileAnotherEventRuns) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "parallel", 1, ramp(1, 30), when_time(0)) +
                          event_text("second", "skip", 1, ramp(1, 10), when_time(0.5)));
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_NEAR(when(played, "second", ElementTransition::kSkip), 0.5, 1e-9);
  EXPECT_NEAR(when(played, "second", ElementTransition::kStart), 1.0, 1e-9);
}

TEST(Storyboard, ParallelEventsRunBesideEachOther) {
  MadeScenario made;
  const std::string offset =
      "<PrivateAction><LateralAction><LaneOffsetAction continuous=\"false\"><LaneOffsetActionDynamics "
      "dynamicsShape=\"sinusoidal\" "
      "maxLateralAcc=\"1\"/><LaneOffsetTarget><AbsoluteTargetLaneOffset "
      "value=\"1\"/></LaneOffsetTarget></LaneOffsetAction></LateralAction></PrivateAction>";
  made.stories = story_of(event_text("first", "parallel", 1, ramp(3, 30), when_time(0)) +
                          event_text("second", "parallel", 1, offset, when_time(0.5)));
  auto played = start_made(made);
  play_until(played, 2.9);
  EXPECT_EQ(when(played, "first", ElementTransition::kStop), -1);
  EXPECT_NEAR(played.state("Ego").y_m, -3.5 * 1.5 + 1, 1e-6);
}

TEST(Storyboard, EventsRepeatUpToTheirCount) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "parallel", 3, ramp(0.1, 30), when_time(0.5)));
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_NEAR(when(played, "first", ElementTransition::kStart, 0), 0.5, 1e-9);
  EXPECT_GT(when(played, "first", ElementTransition::kStart, 2), 0.5);
  EXPECT_EQ(when(played, "first", ElementTransition::kStart, 3), -1);
}

TEST(Storyboard, ManeuverGroupsRepeatUpToTheirCount) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "parallel", 1, ramp(0.5, 30), ""), "", 2);
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_EQ(when(played, "group", ElementTransition::kStart, 0), 0);
  EXPECT_GT(when(played, "group", ElementTransition::kStart, 1), 0);
  EXPECT_EQ(when(played, "group", ElementTransition::kStart, 2), -1);
}

TEST(Storyboard, AStopTriggerStopsTheActAndItsActions) {
  MadeScenario made;
  made.stories =
      story_of(event_text("first", "parallel", 1, ramp(10, 30), ""), "<StopTrigger>" + when_time(1) + "</StopTrigger>");
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_NEAR(when(played, "action of first", ElementTransition::kStop), 1, 1e-9);
  EXPECT_NEAR(played.state("Ego").speed_mps, 21, 1e-9);  // keeps the speed it had
}

TEST(Storyboard, EdgesNeedAChange) {
  for (const auto& [edge, expected] : std::vector<std::pair<std::string, double>>{{"none", 0}, {"rising", -1}}) {
    MadeScenario made;
    made.stories = story_of(event_text("first", "parallel", 1, ramp(1, 30), when_time(0, edge)));
    auto played = start_made(made);
    play_until(played, 1.5);
    EXPECT_EQ(when(played, "first", ElementTransition::kStart), expected) << edge;
  }
  for (const std::string edge : {"rising", "risingOrFalling"}) {
    MadeScenario made;
    made.stories = story_of(event_text("first", "parallel", 1, ramp(1, 30), when_time(1, edge)));
    auto played = start_made(made);
    play_until(played, 1.5);
    EXPECT_NEAR(when(played, "first", ElementTransition::kStart), 1, 1e-9) << edge;
  }
}

TEST(Storyboard, DelaysTakeTheValueOfThen) {
  MadeScenario made;
  made.stories = story_of(event_text("first", "parallel", 1, ramp(1, 30), when_time(0.5, "rising", 0.7)));
  auto played = start_made(made);
  play_until(played, 2);
  EXPECT_NEAR(when(played, "first", ElementTransition::kStart), 1.2, 1e-9);
}

TEST(Storyboard, TransitionsAreSeenOnceAndStatesForLong) {
  MadeScenario made;
  made.stories =
      story_of(event_text("first", "parallel", 1, ramp(1, 30), when_time(0)) +
               event_text("second", "parallel", 1, ramp(0.2, 10), element_state("event", "first", "endTransition")) +
               event_text("third", "parallel", 1, ramp(0.1, 5),
                          element_state("event", "second", "completeState", "rising", 0.5)));
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_NEAR(when(played, "second", ElementTransition::kStart), 1.0, 1e-9);
  EXPECT_NEAR(when(played, "third", ElementTransition::kStart), 1.7, 1e-9);
}

TEST(Storyboard, TheStopTriggerEndsTheRunInItsStep) {
  MadeScenario made;
  made.stop = when_time(1.5);
  auto played = start_made(made);
  EXPECT_FALSE(play_until(played, 9));
  EXPECT_EQ(played.run->end_reason(), scenario::EndReason::kStopTrigger);
  EXPECT_NEAR(played.run->world().time_s(), 1.5, 1e-9);
}

TEST(Storyboard, EmptyActorsTakeTheTriggeringEntities) {
  MadeScenario made;
  const std::string trigger =
      "<ConditionGroup><Condition name=\"c\" delay=\"0\" conditionEdge=\"none\"><ByEntityCondition><TriggeringEntities "
      "triggeringEntitiesRule=\"any\"><EntityRef entityRef=\"Ego\"/><EntityRef "
      "entityRef=\"Other\"/></TriggeringEntities>"
      "<EntityCondition><SpeedCondition value=\"15\" "
      "rule=\"lessThan\"/></EntityCondition></ByEntityCondition></Condition></ConditionGroup>";
  made.stories =
      "<Story name=\"s\"><Act name=\"a\"><ManeuverGroup name=\"g\" maximumExecutionCount=\"1\"><Actors "
      "selectTriggeringEntities=\"true\"/>"
      "<Maneuver name=\"m\">" +
      event_text("first", "parallel", 1, ramp(1, 5), trigger) + "</Maneuver></ManeuverGroup></Act></Story>";
  auto played = start_made(made);
  play_until(played, 2);
  EXPECT_NEAR(played.state("Ego").speed_mps, 20, 1e-9);
  EXPECT_NEAR(played.state("Other").speed_mps, 5, 1e-9);
}

}  // namespace

}  // namespace hangil::tests
