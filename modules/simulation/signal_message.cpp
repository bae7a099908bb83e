// SPDX-License-Identifier: Apache-2.0
#include "simulation/signal_message.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace hangil::simulation {

namespace {

using messages::LightState;

bool is_lit(std::string_view bulb) { return bulb == "on" || bulb == "true" || bulb == "1"; }

// Red, yellow, green from the top; a light of two bulbs has no yellow.
LightState by_bulbs(std::string_view word) {
  std::vector<bool> lit;
  for (std::size_t from = 0; from <= word.size();) {
    const std::size_t to = std::min(word.find(';', from), word.size());
    lit.push_back(is_lit(word.substr(from, to - from)));
    from = to + 1;
  }
  const bool red = lit.front(), green = lit.size() > 1 && lit[lit.size() > 2 ? 2 : 1];
  const bool yellow = lit.size() > 2 && lit[1];
  if (red) return yellow ? LightState::kRedYellow : LightState::kRed;
  return yellow ? LightState::kYellow : green ? LightState::kGreen : LightState::kOff;
}

}  // namespace

LightState light_state(std::string_view given) {
  std::string word(given);
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
  if (word.find(';') != std::string::npos) return by_bulbs(word);
  const auto has = [&](std::string_view part) { return word.find(part) != std::string::npos; };
  const bool red = has("red") || word == "stop", yellow = has("yellow") || has("amber") || has("attention");
  if (red) return yellow ? LightState::kRedYellow : LightState::kRed;
  if (yellow) return LightState::kYellow;
  if (has("green") || word == "go") return LightState::kGreen;
  return word == "off" ? LightState::kOff : LightState::kUnknown;
}

messages::SignalStates signal_states(const scenario::World& world, base::Time stamp) {
  messages::SignalStates states;
  states.header = {stamp, "map"};
  for (const scenario::ParameterAssignment& signal : world.signals) {
    states.signals.push_back({signal.name, light_state(signal.value)});
  }
  return states;
}

}  // namespace hangil::simulation
