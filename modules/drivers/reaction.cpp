// SPDX-License-Identifier: Apache-2.0
#include "drivers/reaction.hpp"

#include <algorithm>

namespace hangil::drivers {

Decision react(Reaction& reaction, bool is_unsafe, double delay_s, double target_mps2, double jerk_mps3, double dt_s) {
  if (!is_unsafe) {
    reaction.deceleration_mps2 = 0;
    return {};
  }
  constexpr double kRounding_s = 1e-9;
  if (reaction.unsafe_s + kRounding_s < delay_s) {
    reaction.unsafe_s += dt_s;
    return {0, Phase::kReacting};
  }
  reaction.deceleration_mps2 = std::min(target_mps2, reaction.deceleration_mps2 + jerk_mps3 * dt_s);
  return {-reaction.deceleration_mps2, Phase::kBraking};
}

}  // namespace hangil::drivers
