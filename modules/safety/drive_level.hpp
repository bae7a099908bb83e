// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/config.hpp"
#include "base/time.hpp"

namespace hangil::safety {

// In order of severity. kReduced: some module does less work than it could. kHoldLast: no good trajectory has come for
// a while, the last one is followed on. kStop: the last stop is driven.
enum class DriveLevel { kFull, kReduced, kHoldLast, kStop };
std::string_view word_of(DriveLevel level);

struct LevelConfig {
  double hold_after_s = 0.25, stop_after_s = 0.5;
  int good_to_rise = 3;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("hold_after_s", hold_after_s, {0.02, 5}, "s", "without a good trajectory: hold the last one");
    visitor.field("stop_after_s", stop_after_s, {0.02, 5}, "s", "without a good trajectory: drive the last stop");
    visitor.field("good_to_rise", good_to_rise, {1, 100}, "trajectories", "good ones in a row before the level rises");
  }
};

// What happened since the last step.
struct LevelInput {
  base::Time now;
  std::optional<bool> is_good;  // the verdict on a new trajectory; nothing when none came
  std::string replaced_module;  // its instance was thrown away; empty: none
  int reduced_change = 0;       // modules that went to a lower level of work, less those that came back
};

struct LevelState {
  DriveLevel level = DriveLevel::kFull;
  std::optional<base::Time> last_good;  // none yet: nothing is missed before the first one
  int good_count = 0, reduced_count = 0;
};

struct LevelVerdict {
  DriveLevel level = DriveLevel::kFull;
  std::string reason;
  bool has_fallen = false;
};

// Falls at once, rises to what it may be after `good_to_rise` good trajectories in a row.
LevelVerdict step_level(const LevelInput& input, const LevelConfig& config, LevelState& state);

}  // namespace hangil::safety
