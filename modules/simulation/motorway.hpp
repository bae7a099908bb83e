// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/scene.hpp"

namespace hangil::simulation {

Scene motorway_scene(std::uint64_t seed);

}  // namespace hangil::simulation
