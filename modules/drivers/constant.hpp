// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/reaction.hpp"
#include "drivers/scene.hpp"

namespace hangil::drivers {

// Keeps its speed whatever happens.
struct Constant {};

inline Decision step(Constant&, const Scene&, double /*dt_s*/) { return {}; }

}  // namespace hangil::drivers
