// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "simulation/script.hpp"

namespace hangil::simulation {

// A scripted scene: what stands where, who moves how, and where the ego vehicle is meant to go. At 0 s the ego frame
// is the map frame, but for the tilt of the land.
struct Scene {
  World world;
  Script script;
  double desired_speed_mps = 0;
};

// "urban": a street with parked cars, a pedestrian who crosses, a stop, a junction. "dense": the same with about twice
// the traffic. "motorway": three lanes, lorries, a car that cuts in, a bridge. The seed varies sizes, gaps and paints;
// the script stays.
std::span<const std::string_view> scene_names();
// Error: no scene of that name; lists those there are.
base::Result<Scene> make_scene(std::string_view name, std::uint64_t seed);

}  // namespace hangil::simulation
