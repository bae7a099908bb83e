// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "messages/predictions.hpp"
#include "safety/contact_checks.hpp"
#include "safety/drive_level.hpp"
#include "safety/motion_checks.hpp"

namespace hangil::safety {

struct SupervisorConfig {
  MotionLimits motion;
  ContactLimits contact;
  LevelConfig level;
  double max_age_s = 0.5;

  void visit(base::ConfigVisitor& visitor) {
    motion.visit(visitor);
    contact.visit(visitor);
    level.visit(visitor);
    visitor.field("max_age_s", max_age_s, {0.05, 5}, "s", "of a trajectory, and of predictions against it");
  }
};

// The ego at the trajectory's stamp.
struct EgoThen {
  math::Pose2 pose;
  double speed_mps = 0;
};

// What a trajectory is judged by. Without predictions or ego it fails.
struct Evidence {
  base::Time now;
  const messages::Predictions* predictions = nullptr;
  std::optional<EgoThen> ego;
};

// What the supervisor remembers: the newest trajectory whose stop passed all checks.
struct SupervisorState {
  std::optional<messages::Trajectory> last_stop;
};

struct Verdict {
  std::optional<messages::Trajectory> safe;  // what may leave; none where not even a stop is there
  messages::SafetyReport report;
};

// All checks of one motion.
Findings validate(std::span<const messages::TrajectoryPoint> points, const messages::Header& header,
                  const Evidence& evidence, const SupervisorConfig& config);

// Lets a motion that passes leave as it is. Else the first of: its stop, if that passes; the last stop that passed, if
// it still does; its stop, if contact is all that is wrong with it; the last stop that passed; nothing. The report's
// findings say what was wrong with the motion, and, marked "stop_", with the stop of an accepted one. A replaced
// trajectory's behaviour says so.
Verdict supervise(const messages::Trajectory& trajectory, const Evidence& evidence, const SupervisorConfig& config,
                  SupervisorState& state);

// The last good stop as seen from `now`, for when no trajectory comes any more; none without one.
std::optional<messages::Trajectory> stop_now(base::Time now, const std::string& reason, const SupervisorState& state);

// The same trajectory, its stop being what is driven.
messages::Trajectory stop_of(const messages::Trajectory& trajectory, const std::string& reason);

}  // namespace hangil::safety
