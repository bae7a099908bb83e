// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/yaml.hpp"

namespace hangil::scenario {

// What a signal shows, in the words of the scenario: "green", or a word a bulb ("off;off;on", from the top).
struct SignalState {
  std::string signal, state;
};

struct SignalPhase {
  std::string name;
  double duration_s = 0;
  std::vector<SignalState> states;
  std::string group_state;  // of every signal that the map's controller of that name holds; empty: none
};

// Phases that follow one another without end, before the first time as well. The first begins `delay_s` after the first
// of `reference` (or the start).
struct SignalController {
  base::SourcePlace place;
  std::string name, reference;
  double delay_s = 0;
  std::vector<SignalPhase> phases;

  double cycle_s() const {
    double sum = 0;
    for (const SignalPhase& phase : phases) sum += phase.duration_s;
    return sum;
  }
};

}  // namespace hangil::scenario
