// SPDX-License-Identifier: Apache-2.0
#include "scenario/activation.hpp"

#include <algorithm>

namespace hangil::scenario {

namespace {

bool activates_longitudinal(const StoryAction& action) {
  const auto* value = std::get_if<PrivateActionValue>(&action.value);
  if (value == nullptr) return false;
  if (const auto* activation = std::get_if<ActivateControllerAction>(value))
    return activation->longitudinal.value_or(false);
  const auto* assignment = std::get_if<AssignControllerAction>(value);
  return assignment != nullptr && assignment->activate_longitudinal.value_or(false);
}

}  // namespace

bool will_be_activated(const Scenario& scenario, EntityIndex entity) {
  for (const InitAction& init : scenario.storyboard.init) {
    if (init.actor == entity && activates_longitudinal(init.action)) return true;
  }
  for (const Story& story : scenario.storyboard.stories) {
    for (const Act& act : story.acts) {
      for (const ManeuverGroup& group : act.groups) {
        if (std::find(group.actors.begin(), group.actors.end(), entity) == group.actors.end()) continue;
        for (const Maneuver& maneuver : group.maneuvers) {
          for (const Event& event : maneuver.events) {
            if (std::any_of(event.actions.begin(), event.actions.end(), activates_longitudinal)) return true;
          }
        }
      }
    }
  }
  return false;
}

bool is_controller_on(const RunLog& log, EntityIndex entity) {
  bool is_on = false;
  for (const ControllerEvent& event : log.controllers) {
    if (event.entity == entity) is_on = event.longitudinal.value_or(is_on);
  }
  return is_on;
}

}  // namespace hangil::scenario
