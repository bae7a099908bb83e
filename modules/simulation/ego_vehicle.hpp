// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "control/dynamic_bicycle.hpp"
#include "messages/command.hpp"
#include "scenario/scenario_run.hpp"

namespace hangil::simulation {

// Ego of a played scenario as a vehicle that obeys commands: until it is taken over, it stands where the scenario puts
// it; from then on it moves by its own dynamics alone.
class EgoVehicle {
 public:
  // Wheelbase and steering lock are those of the entity where it states them.
  EgoVehicle(const control::DynamicBicycleModel& model, const scenario::World& world, scenario::EntityIndex entity);

  // Where the scenario has it, with that speed.
  void stand_at(const scenario::World& world);
  // Obeys a command for `duration_s`; without one it keeps its wheels straight and rolls.
  void obey(const messages::Command* command, double duration_s);

  // For the run's next step; height and tilt are those of the road where it last was.
  scenario::OutsideMotion motion(const scenario::World& world) const;
  const control::DynamicBicycleState& state() const { return state_; }

 private:
  control::DynamicBicycleModel model_;
  scenario::EntityIndex entity_;
  control::DynamicBicycleState state_;
};

}  // namespace hangil::simulation
