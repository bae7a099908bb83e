// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "math/box2.hpp"
#include "scenario/model.hpp"
#include "scenario/road_travel.hpp"

namespace hangil::scenario {

// Where an entity is and how it moves, at one moment. Reference point of the standard, map frame.
struct EntityState {
  bool is_present = false;  // false: not placed yet, or deleted
  double x_m = 0, y_m = 0, z_m = 0;
  double h_rad = 0, p_rad = 0, r_rad = 0;
  double speed_mps = 0;  // along its heading, negative backwards
  double vx_mps = 0, vy_mps = 0;
  double acceleration_mps2 = 0, ax_mps2 = 0, ay_mps2 = 0;  // over the last step
  double wheel_angle_rad = 0;
  double odometer_m = 0;
  double standing_s = 0;                            // for how long, while it stands
  std::optional<double> off_road_s, at_road_end_s;  // for how long it has been there; 0 where it has just come
  bool was_put =
      false;  // somewhere else since the last step: with the next one it is no longer off the road or at its end

  // In its lane, while it follows one; else looked up when asked for.
  LaneSpot spot;
  bool is_spot_current = false;
  double heading_in_lane_rad = 0;  // its heading less that of its lane
};

inline void count_on(std::optional<double>& how_long_s, bool is_there, double dt_s) {
  if (!is_there)
    how_long_s.reset();
  else
    how_long_s = how_long_s ? *how_long_s + dt_s : 0;
}

struct Contact {
  EntityIndex first = 0, second = 0;  // first < second
};

// Everything that conditions look at.
struct World {
  std::shared_ptr<const Scenario> scenario;
  std::shared_ptr<const map::Map> map;  // null: a scenario without roads
  base::Duration time;                  // since the start
  std::vector<EntityState> entities;
  std::vector<std::vector<RouteLeg>> routes;  // of each entity; empty: none
  std::vector<ParameterAssignment> parameters, variables, signals;
  std::vector<ParameterAssignment> phases;  // of each signal controller, by name
  std::optional<TimeOfDay> time_of_day;     // as last set, at time_of_day_set_s
  double time_of_day_set_s = 0;
  std::vector<Contact> contacts;  // that touch now or touched since the last step

  double time_s() const { return static_cast<double>(time.ns) / 1e9; }
  const EntityState& entity(EntityIndex index) const { return entities[static_cast<std::size_t>(index)]; }
  EntityState& entity(EntityIndex index) { return entities[static_cast<std::size_t>(index)]; }
  const EntityDefinition& definition(EntityIndex index) const {
    return scenario->entities[static_cast<std::size_t>(index)];
  }
};

// The lane at or nearest to a pose, passed the way it looks; on no road when every lane is farther than 10 m.
LaneSpot spot_near(const map::Map& map, const math::Pose2& pose, double z_m, int preferred_road = -1);
// The reference point is on none of the road's lanes, or on one of type none, which is the space beside the road.
bool is_off_road(const map::Map& map, const LaneSpot& spot);
math::Box2 footprint(const World& world, EntityIndex entity);
// The lane spot of an entity, looked up on the map when it is not in its lane; off every road: none.
LaneSpot spot_of(World& world, EntityIndex entity);
// Takes pose and heading of a spot.
void place_at_spot(World& world, EntityIndex entity, const LaneSpot& spot, double heading_in_lane_rad);

}  // namespace hangil::scenario
