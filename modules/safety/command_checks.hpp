// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/config.hpp"
#include "messages/command.hpp"
#include "safety/finding.hpp"

namespace hangil::safety {

struct CommandLimits {
  double steering_rad = 0.6;
  double steering_rate_radps = 1.0;
  double acceleration_mps2 = 4.5;
  double braking_mps2 = 10;
  double acceleration_step_mps2 = 6;  // most that one command may ask more than the last; braking may come at once
  double max_age_s = 0.3;
  double fallback_braking_mps2 = 4;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("max_steering_rad", steering_rad, {0.1, 1.2}, "rad", "front wheel angle");
    visitor.field("max_steering_rate_radps", steering_rate_radps, {0.05, 5}, "rad/s", "between commands");
    visitor.field("max_acceleration_mps2", acceleration_mps2, {1, 10}, "m/s2", "asked for");
    visitor.field("max_braking_mps2", braking_mps2, {3, 12}, "m/s2", "asked for");
    visitor.field("max_acceleration_step_mps2", acceleration_step_mps2, {0.5, 20}, "m/s2",
                  "more than the last command");
    visitor.field("max_age_s", max_age_s, {0.02, 5}, "s", "of a command");
    visitor.field("fallback_braking_mps2", fallback_braking_mps2, {1, 9}, "m/s2", "instead of a rejected command");
  }
};

// Finite, within range, not faster than the actuators from `last` (null: none yet), not stale, and stamps not going
// back.
Findings check_command(const messages::Command& command, base::Time now, const messages::Command* last,
                       const CommandLimits& limits);

struct CommandVerdict {
  messages::Command safe;
  messages::SafetyReport report;
};

// The command as it is, or in its place braking, with the wheels turned as asked for as far as the limits allow. `last`
// becomes what leaves.
CommandVerdict supervise(const messages::Command& command, base::Time now, const CommandLimits& limits,
                         std::optional<messages::Command>& last);

}  // namespace hangil::safety
