// SPDX-License-Identifier: Apache-2.0
#include "scenario/scenario_run.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::scenario {

namespace {

bool comes_before(const Contact& a, const Contact& b) {
  return a.first != b.first ? a.first < b.first : a.second < b.second;
}

bool has(const std::vector<Contact>& sorted, const Contact& wanted) {
  return std::binary_search(sorted.begin(), sorted.end(), wanted, comes_before);
}

// The position that an Init action needs, where it needs one.
const Position* needed_position(const StoryAction& action) {
  if (const auto* global = std::get_if<GlobalActionValue>(&action.value)) {
    const auto* addition = std::get_if<AddEntityAction>(global);
    return addition != nullptr ? &addition->position : nullptr;
  }
  const auto* value = std::get_if<PrivateActionValue>(&action.value);
  const auto* teleport = value != nullptr ? std::get_if<TeleportAction>(value) : nullptr;
  return teleport != nullptr ? &teleport->position : nullptr;
}

}  // namespace

std::string_view word(EndReason reason) {
  switch (reason) {
    case EndReason::kRunning:
      return "running";
    case EndReason::kStopTrigger:
      return "stop trigger";
    case EndReason::kStoryboardComplete:
      return "storyboard complete";
    case EndReason::kTimeLimit:
      return "time limit";
    case EndReason::kAvoided:
      return "nothing left to avoid";
  }
  return "";
}

ScenarioRun::ScenarioRun(std::shared_ptr<const Scenario> scenario, std::shared_ptr<const map::Map> map,
                         const RunOptions& options)
    : options_(options), world_(std::make_unique<World>()) {
  world_->scenario = std::move(scenario);
  world_->map = std::move(map);
  world_->entities.resize(world_->scenario->entities.size());
  world_->routes.resize(world_->scenario->entities.size());
  world_->parameters = world_->scenario->parameters;
  world_->variables = world_->scenario->variables;
  storyboard_ = std::make_unique<StoryboardRun>(world_->scenario->storyboard);
  mover_ = std::make_unique<Mover>(*world_);
}

base::Result<ScenarioRun> ScenarioRun::start(std::shared_ptr<const Scenario> scenario,
                                             std::shared_ptr<const map::Map> map, const RunOptions& options) {
  if (options.step.ns <= 0) return base::Error{scenario->file + ": the step must be longer than 0 s"};
  ScenarioRun run(std::move(scenario), std::move(map), options);
  if (const auto played = run.play_init(); !played) return played.error();
  if (const auto judged = run.judge(); !judged) return judged.error();
  return run;
}

// Init actions start in order, but nobody is placed before those they are placed by.
base::Status ScenarioRun::play_init() {
  auto signals = SignalRun::start(*world_);
  if (!signals) return signals.error();
  signals_ = *std::move(signals);
  signals_.show(*world_);  // what an action of Init says of a signal is later
  std::vector<const InitAction*> waiting;
  for (const InitAction& action : world_->scenario->storyboard.init) waiting.push_back(&action);
  while (!waiting.empty()) {
    std::vector<const InitAction*> later;
    std::vector<EntityIndex> held;  // whose earlier action waits
    for (const InitAction* one : waiting) {
      const Position* position = needed_position(one->action);
      const bool is_held = one->actor && std::find(held.begin(), held.end(), *one->actor) != held.end();
      if (is_held || (position != nullptr && later.size() + 1 < waiting.size() && !can_be_placed(*world_, *position))) {
        later.push_back(one);
        if (one->actor) held.push_back(*one->actor);
        continue;
      }
      const std::vector<EntityIndex> actors =
          one->actor ? std::vector<EntityIndex>{*one->actor} : std::vector<EntityIndex>{};
      const auto started = mover_->start(*world_, one->action, actors, -1);
      if (!started) return started.error();
      note(one->action, actors);
      start_traffic(one->action);
    }
    if (later.size() == waiting.size()) {
      const auto placed = place_of(*world_, *needed_position(later.front()->action));
      return placed ? base::Status{} : base::Status{placed.error()};
    }
    waiting = std::move(later);
  }
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(world_->entities.size()); ++entity) {
    EntityState& state = world_->entity(entity);
    state.vx_mps = state.speed_mps * std::cos(state.h_rad);
    state.vy_mps = state.speed_mps * std::sin(state.h_rad);
  }
  mover_->pull_trailers(*world_, 0);
  return traffic_.step(*world_, *mover_);
}

bool ScenarioRun::start_action(const StoryAction& action, const std::vector<EntityIndex>& actors, int element) {
  const auto started = mover_->start(*world_, action, actors, element);
  if (!started && trouble_.ok()) trouble_ = started.error();
  note(action, actors);
  start_traffic(action);
  return !started || *started;
}

void ScenarioRun::start_traffic(const StoryAction& action) {
  const auto* global = std::get_if<GlobalActionValue>(&action.value);
  const auto* traffic = global != nullptr ? std::get_if<TrafficAction>(global) : nullptr;
  if (traffic != nullptr) traffic_.start(*traffic);
}

void ScenarioRun::note(const StoryAction& action, const std::vector<EntityIndex>& actors) {
  const double time_s = world_->time_s();
  if (const auto* global = std::get_if<GlobalActionValue>(&action.value)) {
    const auto* variable = std::get_if<VariableAction>(global);
    const auto* parameter = std::get_if<ParameterAction>(global);
    if (variable != nullptr) log_.values.push_back({time_s, variable->name, variable->value});
    if (parameter != nullptr) log_.values.push_back({time_s, parameter->name, parameter->value});
    const auto* phase = std::get_if<SignalPhaseAction>(global);
    if (phase != nullptr) signals_.begin_phase(*world_, phase->controller, phase->phase);
    return;
  }
  const auto& value = std::get<PrivateActionValue>(action.value);
  for (const EntityIndex entity : actors) {
    if (const auto* activation = std::get_if<ActivateControllerAction>(&value)) {
      log_.controllers.push_back({time_s, entity, activation->lateral, activation->longitudinal});
    } else if (const auto* assignment = std::get_if<AssignControllerAction>(&value)) {
      if (!assignment->activate_lateral && !assignment->activate_longitudinal) continue;
      log_.controllers.push_back({time_s, entity, assignment->activate_lateral, assignment->activate_longitudinal});
    } else if (const auto* light = std::get_if<LightStateAction>(&value)) {
      log_.lights.push_back({time_s, entity, light->light, light->mode});
    } else if (const auto* animation = std::get_if<AnimationAction>(&value)) {
      log_.animations.push_back({time_s, entity, animation->what, animation->state});
    }
  }
}

base::Status ScenarioRun::judge() {
  const ActionStarter starter{[this](const StoryAction& action, const std::vector<EntityIndex>& actors, int element) {
                                return start_action(action, actors, element);
                              },
                              [this](int element) { mover_->stop(element); }};
  signals_.show(*world_);
  storyboard_->evaluate(*world_, starter);
  signals_.show(*world_);  // what an action has begun
  log_signals();
  if (!trouble_) return trouble_;
  if (storyboard_->is_stopped(*world_))
    end_reason_ = EndReason::kStopTrigger;
  else if (storyboard_->is_complete())
    end_reason_ = EndReason::kStoryboardComplete;
  else if (world_->time >= options_.time_limit)
    end_reason_ = EndReason::kTimeLimit;
  for (StoryEvent& event : storyboard_->take_events()) log_.story.push_back(event);
  return {};
}

void ScenarioRun::log_signals() {
  for (std::size_t i = 0; i < world_->signals.size(); ++i) {
    const ParameterAssignment& now = world_->signals[i];
    if (i < signals_before_.size() && signals_before_[i].value == now.value) continue;
    log_.signals.push_back({world_->time_s(), now.name, now.value});
    signals_before_.resize(std::max(signals_before_.size(), i + 1));
    signals_before_[i] = now;
  }
}

base::Result<bool> ScenarioRun::step(const OutsideControl& outside) {
  if (end_reason_ != EndReason::kRunning) return false;
  before_ = world_->entities;
  done_elements_.clear();
  mover_->step(*world_, options_.step.to_s(), outside, done_elements_);
  for (const int element : done_elements_) storyboard_->action_done(element);
  storyboard_->finish_step();
  world_->time = world_->time + options_.step;
  if (options_.checks_collisions) check_collisions();
  if (const auto placed = traffic_.step(*world_, *mover_); !placed) return placed.error();
  for (std::string& name : traffic_.take_exhausted())
    log_.exhausted_sources.push_back({world_->time_s(), std::move(name)});
  if (const auto judged = judge(); !judged) return judged.error();
  return end_reason_ == EndReason::kRunning;
}

void ScenarioRun::check_collisions() {
  std::swap(contacts_before_, world_->contacts);
  collision_check_.find(*world_, before_, world_->contacts);
  for (const Contact& contact : world_->contacts) {
    if (!has(contacts_before_, contact)) log_.collisions.push_back({world_->time_s(), contact, true});
  }
  for (const Contact& contact : contacts_before_) {
    if (!has(world_->contacts, contact)) log_.collisions.push_back({world_->time_s(), contact, false});
  }
}

std::optional<EntityIndex> ScenarioRun::entity_named(std::string_view name) const {
  for (std::size_t i = 0; i < world_->scenario->entities.size(); ++i) {
    if (world_->scenario->entities[i].name == name) return static_cast<EntityIndex>(i);
  }
  return std::nullopt;
}

}  // namespace hangil::scenario
