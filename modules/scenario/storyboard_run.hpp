// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>

#include "scenario/trigger_state.hpp"
#include "scenario/world.hpp"

namespace hangil::scenario {

enum class ElementTransition { kNone, kStart, kEnd, kStop, kSkip };

// One change of state, as it is recorded.
struct StoryEvent {
  double time_s = 0;
  StoryElementType type = StoryElementType::kEvent;
  std::string_view name;
  ElementTransition transition = ElementTransition::kNone;
};

// What the storyboard asks of those who move entities.
struct ActionStarter {
  // Starts an action for its actors (none: a global action); true when it is done at once.
  std::function<bool(const StoryAction& action, const std::vector<EntityIndex>& actors, int element)> start;
  std::function<void(int element)> stop;
};

// States of all storyboard elements below the storyboard itself (ASAM OpenSCENARIO XML 1.3, 8.4): standby, running,
// complete, and the transitions between. An order of calls a step: evaluate(), then the actions move everybody and
// report with action_done(), then finish_step().
class StoryboardRun {
 public:
  explicit StoryboardRun(const Storyboard& storyboard);

  // Judges triggers at world.time and starts and stops elements. Stop triggers are looked at before start triggers.
  void evaluate(World& world, const ActionStarter& starter);
  // The action of that element has reached its goal.
  void action_done(int element);
  // Ends what has nothing left to do, from events up to stories.
  void finish_step();
  // Whether the storyboard's own stop trigger fires; to be asked once a step, after evaluate().
  bool is_stopped(World& world);
  // No story has anything left to do, and no stop trigger is there to wait for.
  bool is_complete() const;

  // The transitions since the last call.
  std::vector<StoryEvent> take_events();

 private:
  enum class State { kStandby, kRunning, kComplete };
  struct Element {
    StoryElementType type = StoryElementType::kEvent;
    std::string_view name;
    int parent = -1;
    std::vector<int> children;
    State state = State::kStandby;
    ElementTransition last = ElementTransition::kNone;
    std::uint64_t last_sequence = 0;
    int execution_count = 0;
    const Act* act = nullptr;
    const ManeuverGroup* group = nullptr;
    const Event* event = nullptr;
    const StoryAction* action = nullptr;
    TriggerHistory start_history, stop_history;
    std::vector<EntityIndex> triggering;  // of an act or event, when it started
  };

  int add(StoryElementType type, std::string_view name, int parent);
  void add_act(const Act& act, int story);
  void add_maneuver(const Maneuver& maneuver, int group);
  Element& at(int index) { return elements_[static_cast<std::size_t>(index)]; }
  const Element& at(int index) const { return elements_[static_cast<std::size_t>(index)]; }

  void transit(int index, ElementTransition transition, State state);
  void evaluate_act(int act);
  void start_running(int index);
  bool evaluate_trigger_fires(const Trigger& trigger, TriggerHistory& history);
  void evaluate_event(int event);
  void start_event(int event, std::vector<EntityIndex> triggering);
  bool may_start(int event);
  std::vector<EntityIndex> actors_of(int event) const;
  void stop(int index);
  void end_if_done(int index);
  void end_group(int group);
  void reset(int index);
  bool all_complete(const Element& element) const;
  bool query(const StoryboardElementStateCondition& condition, std::uint64_t& seen) const;

  const Storyboard* storyboard_;
  std::vector<Element> elements_;
  std::vector<int> stories_;
  std::multimap<std::string_view, int> by_name_;
  TriggerHistory stop_history_;
  std::vector<StoryEvent> events_;
  std::uint64_t sequence_ = 0;
  ElementStateQuery states_;
  World* world_ = nullptr;                  // while evaluating
  const ActionStarter* starter_ = nullptr;  // while evaluating
  double time_s_ = 0;
};

}  // namespace hangil::scenario
