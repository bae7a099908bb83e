// SPDX-License-Identifier: Apache-2.0
#include "scenario/storyboard_run.hpp"

#include <algorithm>

namespace hangil::scenario {

StoryboardRun::StoryboardRun(const Storyboard& storyboard) : storyboard_(&storyboard) {
  for (const Story& story : storyboard.stories) {
    const int index = add(StoryElementType::kStory, story.name, -1);
    stories_.push_back(index);
    for (const Act& act : story.acts) add_act(act, index);
  }
  for (std::size_t i = 0; i < elements_.size(); ++i) by_name_.emplace(elements_[i].name, static_cast<int>(i));
}

int StoryboardRun::add(StoryElementType type, std::string_view name, int parent) {
  const int index = static_cast<int>(elements_.size());
  elements_.emplace_back();
  elements_.back().type = type;
  elements_.back().name = name;
  elements_.back().parent = parent;
  if (parent >= 0) at(parent).children.push_back(index);
  return index;
}

void StoryboardRun::add_act(const Act& act, int story) {
  const int index = add(StoryElementType::kAct, act.name, story);
  at(index).act = &act;
  for (const ManeuverGroup& group : act.groups) {
    const int group_index = add(StoryElementType::kManeuverGroup, group.name, index);
    at(group_index).group = &group;
    for (const Maneuver& maneuver : group.maneuvers) add_maneuver(maneuver, group_index);
  }
}

void StoryboardRun::add_maneuver(const Maneuver& maneuver, int group) {
  const int index = add(StoryElementType::kManeuver, maneuver.name, group);
  for (const Event& event : maneuver.events) {
    const int event_index = add(StoryElementType::kEvent, event.name, index);
    at(event_index).event = &event;
    for (const StoryAction& action : event.actions) {
      at(add(StoryElementType::kAction, action.name, event_index)).action = &action;
    }
  }
}

void StoryboardRun::transit(int index, ElementTransition transition, State state) {
  Element& element = at(index);
  element.state = state;
  element.last = transition;
  element.last_sequence = ++sequence_;
  events_.push_back({time_s_, element.type, element.name, transition});
}

void StoryboardRun::evaluate(World& world, const ActionStarter& starter) {
  world_ = &world;
  starter_ = &starter;
  time_s_ = world.time_s();
  states_ = [this](const auto& condition, std::uint64_t& seen) { return query(condition, seen); };
  for (const int story : stories_) {
    if (at(story).state == State::kStandby) transit(story, ElementTransition::kStart, State::kRunning);
    if (at(story).state != State::kRunning) continue;
    for (const int act : at(story).children) evaluate_act(act);
  }
  world_ = nullptr;
  starter_ = nullptr;
}

void StoryboardRun::evaluate_act(int index) {
  Element& act = at(index);
  if (act.state == State::kComplete) return;
  if (!act.act->stop.empty() && evaluate_trigger_fires(act.act->stop, act.stop_history)) return stop(index);
  if (act.state == State::kStandby) {
    if (act.act->start) {
      TriggerResult result = scenario::evaluate(*act.act->start, act.start_history, *world_, states_);
      if (!result.fires) return;
      act.triggering = std::move(result.triggering);
    }
    start_running(index);
  }
  for (const int group : act.children) {
    for (const int maneuver : at(group).children) {
      if (at(maneuver).state != State::kRunning) continue;
      for (const int event : at(maneuver).children) evaluate_event(event);
    }
  }
}

bool StoryboardRun::evaluate_trigger_fires(const Trigger& trigger, TriggerHistory& history) {
  return scenario::evaluate(trigger, history, *world_, states_).fires;
}

// Acts, groups and maneuvers run with everything below them down to the maneuvers; events wait for their triggers.
void StoryboardRun::start_running(int index) {
  if (at(index).type == StoryElementType::kEvent) return;
  transit(index, ElementTransition::kStart, State::kRunning);
  for (const int child : at(index).children) start_running(child);
}

void StoryboardRun::evaluate_event(int index) {
  Element& event = at(index);
  if (event.state == State::kComplete) return;
  if (event.state == State::kRunning && event.execution_count >= event.event->max_execution_count) return;
  // The trigger of one that may run again is looked at while it runs, so that edges are seen when they happen.
  TriggerResult result{true, {}};
  if (event.event->start) result = scenario::evaluate(*event.event->start, event.start_history, *world_, states_);
  if (event.state == State::kStandby && result.fires && may_start(index))
    start_event(index, std::move(result.triggering));
}

bool StoryboardRun::may_start(int index) {
  const Priority priority = at(index).event->priority;
  if (priority == Priority::kParallel) return true;
  for (const int other : at(at(index).parent).children) {
    if (other == index || at(other).state != State::kRunning) continue;
    if (priority == Priority::kSkip) return transit(index, ElementTransition::kSkip, State::kStandby), false;
    stop(other);
  }
  return true;
}

std::vector<EntityIndex> StoryboardRun::actors_of(int event) const {
  const Element& group = at(at(at(event).parent).parent);
  std::vector<EntityIndex> actors = group.group->actors;
  if (!group.group->takes_triggering_entities) return actors;
  for (const EntityIndex entity : at(event).triggering) {
    if (std::find(actors.begin(), actors.end(), entity) == actors.end()) actors.push_back(entity);
  }
  return actors;
}

void StoryboardRun::start_event(int index, std::vector<EntityIndex> triggering) {
  at(index).triggering = std::move(triggering);
  ++at(index).execution_count;
  transit(index, ElementTransition::kStart, State::kRunning);
  const std::vector<EntityIndex> actors = actors_of(index);
  for (const int action : at(index).children) {
    transit(action, ElementTransition::kStart, State::kRunning);
    if (starter_->start(*at(action).action, actors, action)) action_done(action);
  }
}

void StoryboardRun::action_done(int index) {
  if (at(index).state == State::kRunning) transit(index, ElementTransition::kEnd, State::kComplete);
}

// Stops an element and all below it for good.
void StoryboardRun::stop(int index) {
  if (at(index).state == State::kComplete) return;
  const bool was_running = at(index).state == State::kRunning;
  for (const int child : at(index).children) stop(child);
  if (at(index).type == StoryElementType::kAction && was_running) starter_->stop(index);
  transit(index, ElementTransition::kStop, State::kComplete);
}

bool StoryboardRun::all_complete(const Element& element) const {
  return std::all_of(element.children.begin(), element.children.end(),
                     [&](int child) { return at(child).state == State::kComplete; });
}

void StoryboardRun::finish_step() {
  for (const int story : stories_) end_if_done(story);
}

void StoryboardRun::end_if_done(int index) {
  if (at(index).state != State::kRunning || at(index).type == StoryElementType::kAction) return;
  for (const int child : at(index).children) end_if_done(child);
  if (!all_complete(at(index))) return;
  Element& element = at(index);
  int most = 1;
  if (element.event != nullptr) most = element.event->max_execution_count;
  if (element.group != nullptr) most = element.group->max_execution_count;
  if (element.group != nullptr) ++element.execution_count;
  const bool runs_again = element.execution_count < most && (element.event != nullptr || element.group != nullptr);
  transit(index, ElementTransition::kEnd, runs_again ? State::kStandby : State::kComplete);
  if (!runs_again) return;
  for (const int child : at(index).children) reset(child);
  if (element.group != nullptr) start_running(index);
}

// As if it had never run.
void StoryboardRun::reset(int index) {
  Element& element = at(index);
  element.state = State::kStandby;
  if (element.type != StoryElementType::kAction) element.execution_count = 0;
  element.start_history.clear();
  for (const int child : element.children) reset(child);
}

bool StoryboardRun::is_stopped(World& world) {
  if (storyboard_->stop.empty()) return false;
  const ElementStateQuery states = [this](const auto& condition, std::uint64_t& seen) {
    return query(condition, seen);
  };
  return scenario::evaluate(storyboard_->stop, stop_history_, world, states).fires;
}

bool StoryboardRun::is_complete() const {
  return storyboard_->stop.empty() && !stories_.empty() &&
         std::all_of(stories_.begin(), stories_.end(), [&](int story) { return at(story).state == State::kComplete; });
}

std::vector<StoryEvent> StoryboardRun::take_events() { return std::exchange(events_, {}); }

bool StoryboardRun::query(const StoryboardElementStateCondition& condition, std::uint64_t& seen) const {
  const std::uint64_t seen_before = std::exchange(seen, sequence_);
  const auto [begin, end] = by_name_.equal_range(condition.element);
  for (auto found = begin; found != end; ++found) {
    const Element& element = at(found->second);
    if (element.type != condition.type) continue;
    const bool is_new = element.last_sequence > seen_before;
    switch (condition.state) {
      case ElementState::kStandby:
        return element.state == State::kStandby;
      case ElementState::kRunning:
        return element.state == State::kRunning;
      case ElementState::kComplete:
        return element.state == State::kComplete;
      case ElementState::kStartTransition:
        return is_new && element.last == ElementTransition::kStart;
      case ElementState::kEndTransition:
        return is_new && element.last == ElementTransition::kEnd;
      case ElementState::kStopTransition:
        return is_new && element.last == ElementTransition::kStop;
      case ElementState::kSkipTransition:
        return is_new && element.last == ElementTransition::kSkip;
    }
  }
  return false;
}

}  // namespace hangil::scenario
