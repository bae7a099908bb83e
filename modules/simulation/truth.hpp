// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "messages/truth_objects.hpp"
#include "simulation/world.hpp"

namespace hangil::simulation {

// The label of every present actor whose middle is within max_range_m of the ego frame's origin, exactly: box and
// velocity over ground in ego at the snapshot's moment. `echo_counts` is parallel to World::actors. A box is upright
// in ego while its body stands on its own ground: hills tilt the two against each other by at most a few degrees.
messages::TruthObjects truth_objects(const World& world, const Snapshot& snapshot,
                                     std::span<const std::uint32_t> echo_counts, double max_range_m);

}  // namespace hangil::simulation
