// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "scenario/parameters.hpp"
#include "scenario/read_context.hpp"

namespace hangil::scenario {

// About the entity's reference point (a vehicle's rear axle on the ground), x forward, y left, z up.
struct BoundingBox {
  double center_x_m = 0, center_y_m = 0, center_z_m = 0;
  double length_m = 0, width_m = 0, height_m = 0;
};

struct Performance {
  double max_speed_mps = std::numeric_limits<double>::infinity();
  double max_acceleration_mps2 = std::numeric_limits<double>::infinity();
  double max_deceleration_mps2 = std::numeric_limits<double>::infinity();
};

struct Axle {
  double max_steering_rad = 0, wheel_diameter_m = 0, track_width_m = 0, position_x_m = 0, position_z_m = 0;
};

enum class EntityKind { kVehicle, kPedestrian, kMiscObject };

struct ControllerDefinition {
  std::string name, type;
  std::vector<ParameterAssignment> properties;
};

struct EntityDefinition {
  std::string name;
  EntityKind kind = EntityKind::kVehicle;
  std::string category;  // the standard's word: car, truck, pedestrian, barrier ...
  std::string model;
  double mass_kg = 0;
  BoundingBox box;
  Performance performance;
  Axle front_axle, rear_axle;
  std::vector<ParameterAssignment> properties;
  std::vector<ControllerDefinition> controllers;
  std::optional<double> hitch_x_m, coupler_x_m;  // where a trailer is pulled, and this one as a trailer
  std::optional<EntityIndex> trailer;
  base::SourcePlace place;
};

}  // namespace hangil::scenario
