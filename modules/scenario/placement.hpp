// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "scenario/path.hpp"
#include "scenario/world.hpp"

namespace hangil::scenario {

// A position of a scenario in the world: a pose, and the lane it was given by if it was.
struct Placement {
  double x_m = 0, y_m = 0, z_m = 0;
  double h_rad = 0, p_rad = 0, r_rad = 0;
  LaneSpot spot;                   // on no road where the position is one of the world
  double heading_in_lane_rad = 0;  // of the spot
};

// Errors name the position's place and what is not there: roads, lanes, entities that are not placed yet.
base::Result<Placement> place_of(World& world, const Position& position);
// The entities that a position is relative to must be placed before it.
bool can_be_placed(const World& world, const Position& position);

void put(World& world, EntityIndex entity, const Placement& placement);

// A trajectory in the world, its positions resolved now. One of clothoids that does not say where it begins does so
// where `follower` is.
base::Result<Path> lay_out(World& world, const Trajectory& trajectory,
                           std::optional<EntityIndex> follower = std::nullopt);
// The way of a route by roads.
base::Result<std::vector<RouteLeg>> legs_of(World& world, const Route& route);

}  // namespace hangil::scenario
