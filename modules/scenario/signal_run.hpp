// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/world.hpp"

namespace hangil::scenario {

// Lets the controllers' phases follow one another and says what each signal shows in World::signals. What an action
// sets holds until its signal's controller begins the next phase.
class SignalRun {
 public:
  // Errors: a phase is of a group of signals that the map does not have.
  static base::Result<SignalRun> start(const World& world);

  // Shows what the phases at the world's time say; call once a step.
  void show(World& world);
  // From now on `controller` is at the beginning of `phase`; those that refer to it keep their times. What is not there
  // is left alone: the reader has seen to it.
  void begin_phase(const World& world, const std::string& controller, const std::string& phase);

 private:
  struct State {
    double offset_s = 0;                              // time within the cycle at 0 s
    std::optional<std::size_t> asked;                 // by an action, of a cycle without time
    std::optional<std::size_t> phase;                 // shown last
    const std::vector<std::string>* group = nullptr;  // signals of the map's controller; lives as long as the map
  };
  std::size_t phase_now(std::size_t index, double time_s) const;

  const std::vector<SignalController>* controllers_ = nullptr;
  std::vector<State> states_;  // one a controller
};

}  // namespace hangil::scenario
