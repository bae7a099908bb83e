// SPDX-License-Identifier: Apache-2.0
#include "simulation/ego_vehicle.hpp"

namespace hangil::simulation {

EgoVehicle::EgoVehicle(const control::DynamicBicycleModel& model, const scenario::World& world,
                       scenario::EntityIndex entity)
    : model_(model), entity_(entity) {
  const scenario::EntityDefinition& definition = world.definition(entity);
  const double wheelbase_m = definition.front_axle.position_x_m - definition.rear_axle.position_x_m;
  if (wheelbase_m > 0.5) {
    model_.mass_ahead_m *= wheelbase_m / model_.bicycle.wheelbase_m;
    model_.bicycle.wheelbase_m = wheelbase_m;
  }
  if (definition.front_axle.max_steering_rad > 0)
    model_.bicycle.max_steering_rad = definition.front_axle.max_steering_rad;
  stand_at(world);
}

void EgoVehicle::stand_at(const scenario::World& world) {
  const scenario::EntityState& state = world.entity(entity_);
  state_ = {};
  state_.motion.pose = {state.x_m, state.y_m, state.h_rad};
  state_.motion.speed_mps = std::max(0.0, state.speed_mps);
  state_.motion.acceleration_mps2 = state.acceleration_mps2;
}

void EgoVehicle::obey(const messages::Command* command, double duration_s) {
  const control::Actuation wanted = command != nullptr
                                        ? control::Actuation{command->steering_angle_rad, command->acceleration_mps2}
                                        : control::Actuation{};
  state_ = control::advance(state_, wanted, model_, duration_s);
}

scenario::OutsideMotion EgoVehicle::motion(const scenario::World& world) const {
  const scenario::EntityState& last = world.entity(entity_);
  const math::Pose2& pose = state_.motion.pose;
  return {entity_, pose.x_m, pose.y_m, last.z_m, pose.yaw_rad, last.p_rad, last.r_rad, state_.motion.speed_mps};
}

}  // namespace hangil::simulation
