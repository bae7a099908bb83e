// SPDX-License-Identifier: Apache-2.0
#include "scenario/signal_run.hpp"

#include <algorithm>
#include <cmath>

#include "scenario/assignments.hpp"

namespace hangil::scenario {

namespace {

constexpr double kSlack_s = 1e-6;  // of times that are sums of steps

std::optional<std::size_t> index_of(const std::vector<SignalController>& controllers, const std::string& name) {
  for (std::size_t i = 0; i < controllers.size(); ++i) {
    if (controllers[i].name == name) return i;
  }
  return std::nullopt;
}

// From the start to the controller's first phase, by its references (which end: the reader has seen to it).
double first_phase_s(const std::vector<SignalController>& controllers, std::size_t index) {
  double sum_s = controllers[index].delay_s;
  for (auto at = index_of(controllers, controllers[index].reference); at;
       at = index_of(controllers, controllers[*at].reference)) {
    sum_s += controllers[*at].delay_s;
  }
  return sum_s;
}

bool has_group(const SignalController& controller) {
  return std::any_of(controller.phases.begin(), controller.phases.end(),
                     [](const SignalPhase& phase) { return !phase.group_state.empty(); });
}

// By the id that the standard asks for, or by the name.
const std::vector<std::string>* group_of(const World& world, const std::string& name) {
  if (!world.map) return nullptr;
  for (const map::SignalController& one : world.map->network().controllers) {
    if (one.id == name || one.name == name) return &one.signals;
  }
  return nullptr;
}

}  // namespace

base::Result<SignalRun> SignalRun::start(const World& world) {
  SignalRun run;
  run.controllers_ = &world.scenario->signal_controllers;
  for (std::size_t i = 0; i < run.controllers_->size(); ++i) {
    const SignalController& controller = (*run.controllers_)[i];
    State& state = run.states_.emplace_back();
    state.offset_s = -first_phase_s(*run.controllers_, i);
    if (!has_group(controller)) continue;
    state.group = group_of(world, controller.name);
    if (state.group == nullptr) {
      return base::Error{controller.place.text() + ": the map has no signal controller '" + controller.name +
                         "', so nobody knows the signals of its TrafficSignalGroupState"};
    }
  }
  return run;
}

std::size_t SignalRun::phase_now(std::size_t index, double time_s) const {
  const SignalController& controller = (*controllers_)[index];
  const double cycle_s = controller.cycle_s();
  if (cycle_s <= 0) return states_[index].asked.value_or(0);
  double left_s = std::fmod(time_s + states_[index].offset_s + kSlack_s, cycle_s);
  if (left_s < 0) left_s += cycle_s;
  for (std::size_t i = 0; i < controller.phases.size(); ++i) {
    if (left_s < controller.phases[i].duration_s) return i;
    left_s -= controller.phases[i].duration_s;
  }
  return controller.phases.size() - 1;
}

void SignalRun::show(World& world) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const SignalController& controller = (*controllers_)[i];
    if (controller.phases.empty()) continue;
    const std::size_t index = phase_now(i, world.time_s());
    if (states_[i].phase == index) continue;
    states_[i].phase = index;
    const SignalPhase& phase = controller.phases[index];
    assign(world.phases, controller.name, phase.name);
    if (states_[i].group != nullptr && !phase.group_state.empty()) {
      for (const std::string& signal : *states_[i].group) assign(world.signals, signal, phase.group_state);
    }
    for (const SignalState& shown : phase.states) assign(world.signals, shown.signal, shown.state);
  }
}

void SignalRun::begin_phase(const World& world, const std::string& controller, const std::string& phase) {
  const auto index = index_of(*controllers_, controller);
  if (!index) return;
  const auto& phases = (*controllers_)[*index].phases;
  double before_s = 0;
  for (std::size_t i = 0; i < phases.size(); before_s += phases[i].duration_s, ++i) {
    if (phases[i].name != phase) continue;
    State& state = states_[*index];
    state.offset_s = before_s - world.time_s();
    state.asked = i;
    state.phase.reset();
    return;
  }
}

}  // namespace hangil::scenario
