// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "simulation/path.hpp"
#include "simulation/speed_profile.hpp"
#include "simulation/world.hpp"

namespace hangil::simulation {

// How one body moves: along a path, from a place on it, at a speed that was settled beforehand.
struct Motion {
  Path path;
  double start_m = 0;  // way on the path at 0 s
  SpeedProfile speed;
};

// What happens in a scripted scene; `actors` is parallel to World::actors.
struct Script {
  Motion ego;
  std::vector<Motion> actors;
};

// A body is present while it is on its path.
ActorState state_at(const Motion& motion, double time_s);

// `time` counts from `start`; before it everybody keeps the speed of the beginning.
Snapshot snapshot_at(const Script& script, base::Time start, base::Time time);

}  // namespace hangil::simulation
