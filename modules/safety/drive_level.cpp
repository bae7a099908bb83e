// SPDX-License-Identifier: Apache-2.0
#include "safety/drive_level.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::safety {

namespace {

std::string age_text(double age_s) {
  return "no good trajectory for " + std::to_string(static_cast<int>(std::lround(1000 * age_s))) + " ms";
}

// What the moment allows, whatever was before.
LevelVerdict judge_now(const LevelInput& input, const LevelConfig& config, const LevelState& state) {
  const double age_s = state.last_good ? (input.now - *state.last_good).to_s() : 0;
  if (!input.replaced_module.empty()) return {DriveLevel::kStop, input.replaced_module + " was replaced"};
  if (age_s > config.stop_after_s) return {DriveLevel::kStop, age_text(age_s)};
  if (age_s > config.hold_after_s) return {DriveLevel::kHoldLast, age_text(age_s)};
  if (state.reduced_count > 0)
    return {DriveLevel::kReduced, std::to_string(state.reduced_count) + " module(s) do less work"};
  return {};
}

}  // namespace

std::string_view word_of(DriveLevel level) {
  switch (level) {
    case DriveLevel::kFull:
      return "full";
    case DriveLevel::kReduced:
      return "reduced";
    case DriveLevel::kHoldLast:
      return "hold_last";
    case DriveLevel::kStop:
      return "stop";
  }
  return "";
}

LevelVerdict step_level(const LevelInput& input, const LevelConfig& config, LevelState& state) {
  state.reduced_count = std::max(0, state.reduced_count + input.reduced_change);
  if (input.is_good) state.good_count = *input.is_good ? state.good_count + 1 : 0;
  if (input.is_good.value_or(false)) state.last_good = input.now;
  LevelVerdict verdict = judge_now(input, config, state);
  if (verdict.level >= state.level) {
    verdict.has_fallen = verdict.level > state.level;
    if (verdict.has_fallen) state.good_count = 0;
  } else if (state.good_count < config.good_to_rise) {
    verdict = {state.level, std::to_string(state.good_count) + " of " + std::to_string(config.good_to_rise) +
                                " good trajectories since"};
  }
  state.level = verdict.level;
  return verdict;
}

}  // namespace hangil::safety
