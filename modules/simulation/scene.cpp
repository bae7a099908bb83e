// SPDX-License-Identifier: Apache-2.0
#include "simulation/scene.hpp"

#include <array>

#include "simulation/motorway.hpp"
#include "simulation/urban.hpp"

namespace hangil::simulation {

std::span<const std::string_view> scene_names() {
  static constexpr std::array<std::string_view, 3> kNames = {"urban", "dense", "motorway"};
  return kNames;
}

base::Result<Scene> make_scene(std::string_view name, std::uint64_t seed) {
  if (name == "urban") return urban_scene(seed, false);
  if (name == "dense") return urban_scene(seed, true);
  if (name == "motorway") return motorway_scene(seed);
  std::string known;
  for (const std::string_view one : scene_names()) known += (known.empty() ? "" : ", ") + std::string(one);
  return base::Error{"no scene \"" + std::string(name) + "\"; there are: " + known};
}

}  // namespace hangil::simulation
