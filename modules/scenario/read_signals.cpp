// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_signals.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::scenario {

namespace {

SignalPhase read_phase(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  SignalPhase phase{reader.text("name"), reader.number("duration"), {}, ""};
  if (!(phase.duration_s >= 0) || !std::isfinite(phase.duration_s))
    reader.error("duration must be 0 s or more, and finite");
  reader.each("TrafficSignalState", [&](base::XmlElement one) {
    ElementReader state(one, context);
    phase.states.push_back({state.text("trafficSignalId"), state.text("state")});
  });
  if (const auto group = reader.child("TrafficSignalGroupState"))
    phase.group_state = ElementReader(group, context).text("state");
  return phase;
}

const SignalController* find_controller(const std::vector<SignalController>& controllers, const std::string& name) {
  const auto at = std::find_if(controllers.begin(), controllers.end(), [&](const auto& c) { return c.name == name; });
  return at == controllers.end() ? nullptr : &*at;
}

void read_controller(base::XmlElement element, ReadContext& context, std::vector<SignalController>& controllers) {
  ElementReader reader(element, context);
  SignalController controller;
  controller.place = element.place();
  controller.name = reader.text("name");
  controller.reference = reader.optional_text("reference").value_or("");
  controller.delay_s = reader.number_or("delay", 0);
  reader.each("Phase", [&](base::XmlElement one) { controller.phases.push_back(read_phase(one, context)); });
  if (!(controller.delay_s >= 0) || !std::isfinite(controller.delay_s))
    reader.error("delay must be 0 s or more, and finite");
  if (find_controller(controllers, controller.name) != nullptr)
    reader.error("there is a controller '" + controller.name + "' already");
  controllers.push_back(std::move(controller));
}

// What is wrong with the chain of references that begins at a controller; empty: nothing.
std::string trouble_with_references(const std::vector<SignalController>& controllers, const SignalController& first) {
  const SignalController* at = &first;
  for (std::size_t steps = 0; !at->reference.empty(); ++steps) {
    const SignalController* next = find_controller(controllers, at->reference);
    if (next == nullptr) return "reference '" + at->reference + "' is no controller here";
    if (steps > controllers.size()) return "refers to itself by its references";
    at = next;
  }
  return "";
}

}  // namespace

void check_phase(ElementReader& reader, const std::string& controller, const std::string& phase) {
  const SignalController* found = find_controller(reader.context().signal_controllers, controller);
  if (found == nullptr) {
    reader.error("there is no TrafficSignalController '" + controller + "'");
    return;
  }
  const auto& phases = found->phases;
  if (std::none_of(phases.begin(), phases.end(), [&](const SignalPhase& one) { return one.name == phase; })) {
    reader.error("controller '" + controller + "' has no phase '" + phase + "'");
  }
}

std::vector<SignalController> read_signal_controllers(base::XmlElement element, ReadContext& context) {
  std::vector<SignalController> controllers;
  if (!element) return controllers;
  ElementReader reader(element, context);
  reader.each("TrafficSignalController", [&](base::XmlElement one) { read_controller(one, context, controllers); });
  for (const SignalController& one : controllers) {
    const std::string trouble = trouble_with_references(controllers, one);
    if (trouble.empty()) continue;
    context.findings.push_back(
        {Severity::kError, one.place, "TrafficSignalController", "controller '" + one.name + "': " + trouble});
  }
  return controllers;
}

}  // namespace hangil::scenario
