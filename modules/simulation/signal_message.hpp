// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "messages/signal_states.hpp"
#include "scenario/world.hpp"

namespace hangil::simulation {

// What a word of a scenario says of a light: red, yellow (amber), green, red-yellow, off, or the bulbs of a light from
// the top
// ("on;off;off", "true;false;false", "1;0;0"); else unknown.
messages::LightState light_state(std::string_view word);

messages::SignalStates signal_states(const scenario::World& world, base::Time stamp);

}  // namespace hangil::simulation
