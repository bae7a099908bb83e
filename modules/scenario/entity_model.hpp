// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.hpp"
#include "scenario/entity_index.hpp"
#include "scenario/parameters.hpp"

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
// The standard's words of object types; what is neither vehicle nor pedestrian is miscellaneous.
inline EntityKind entity_kind(std::string_view word) {
  if (word == "vehicle") return EntityKind::kVehicle;
  return word == "pedestrian" ? EntityKind::kPedestrian : EntityKind::kMiscObject;
}

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
  std::shared_ptr<EntityDefinition> own_trailer;  // written inside its vehicle; becomes an entity of its own
  base::SourcePlace place;
};

}  // namespace hangil::scenario
