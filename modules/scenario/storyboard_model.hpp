// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/condition_model.hpp"

namespace hangil::scenario {

enum class Priority { kOverride, kParallel, kSkip };

struct StoryAction {
  std::string name;
  std::variant<PrivateActionValue, GlobalActionValue> value;
  base::SourcePlace place;
};

struct Event {
  std::string name;
  Priority priority = Priority::kParallel;
  int max_execution_count = 1;
  std::vector<StoryAction> actions;
  std::optional<Trigger> start;  // none: at once
};

struct Maneuver {
  std::string name;
  std::vector<Event> events;
};

struct ManeuverGroup {
  std::string name;
  int max_execution_count = 1;
  std::vector<EntityIndex> actors;
  bool takes_triggering_entities = false;
  std::vector<Maneuver> maneuvers;
};

struct Act {
  std::string name;
  std::vector<ManeuverGroup> groups;
  std::optional<Trigger> start;  // none: at once
  Trigger stop;
};

struct Story {
  std::string name;
  std::vector<Act> acts;
};

struct InitAction {
  std::optional<EntityIndex> actor;  // none: global
  StoryAction action;
};

struct Storyboard {
  std::vector<InitAction> init;
  std::vector<Story> stories;
  Trigger stop;
};

}  // namespace hangil::scenario
