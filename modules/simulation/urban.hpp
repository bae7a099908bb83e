// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/scene.hpp"

namespace hangil::simulation {

Scene urban_scene(std::uint64_t seed, bool is_dense);

}  // namespace hangil::simulation
