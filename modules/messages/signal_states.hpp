// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/traffic_lights.hpp"

namespace hangil::messages {

// What a signal of the map shows.
struct SignalState {
  static constexpr std::string_view kType = "hangil_msgs/msg/SignalState";
  std::string id;  // of the map
  LightState state = LightState::kUnknown;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("state", self.state);
  }
};

// All signals whose state is known at one stamp; others are not known.
struct SignalStates {
  static constexpr std::string_view kType = "hangil_msgs/msg/SignalStates";
  Header header;
  std::vector<SignalState> signals;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("signals", self.signals);
  }
};

}  // namespace hangil::messages
