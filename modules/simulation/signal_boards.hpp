// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "map/map.hpp"
#include "messages/signal_states.hpp"
#include "simulation/world.hpp"

namespace hangil::simulation {

// One lamp of a light's head: a disc that shines towards the traffic it is meant for.
struct Lamp {
  std::string signal;                 // id of the map
  int place = 0;                      // 0 red, 1 yellow, 2 green
  Eigen::Vector3d middle, right, up;  // in map; the latter two have the disc's radius
};

// What stands beside the roads of a map for drivers to read: heads of lights with their lamps, boards of signs, posts.
struct SignalBoards {
  std::vector<Fixture> bodies;
  std::vector<Lamp> lamps;
};
SignalBoards signal_boards(const map::Map& map);

// What a lamp shows; dark where the state is not known.
Colour lamp_colour(int place, messages::LightState state);

}  // namespace hangil::simulation
