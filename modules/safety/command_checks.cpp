// SPDX-License-Identifier: Apache-2.0
#include "safety/command_checks.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::safety {

namespace {

constexpr double kRoundingRad = 1e-6;

void check(Findings& findings, const char* name, double value, double limit, const char* unit, const char* where) {
  if (value > limit) findings.push_back(finding(name, value, limit, unit, where));
}

bool is_finite(const messages::Command& command) {
  return std::isfinite(command.steering_angle_rad) && std::isfinite(command.acceleration_mps2) &&
         std::isfinite(command.target_speed_mps);
}

// Turns the wheels as asked for, but no farther and no faster than allowed, so that it meets a controller that goes on.
double allowed_steering(const messages::Command& command, const CommandLimits& limits,
                        const std::optional<messages::Command>& last) {
  const double before = last ? last->steering_angle_rad : 0;
  if (!is_finite(command)) return before;
  const double dt_s = last ? std::clamp((command.header.stamp - last->header.stamp).to_s(), 0.0, 0.1) : 0;
  const double turn = limits.steering_rate_radps * dt_s;
  const double steering = std::clamp(command.steering_angle_rad, before - turn, before + turn);
  return std::clamp(steering, -limits.steering_rad, limits.steering_rad);
}

messages::Command braking_instead(const messages::Command& command, base::Time now, const CommandLimits& limits,
                                  const std::optional<messages::Command>& last) {
  const messages::Header header{std::min(command.header.stamp, now), command.header.frame_id};
  return {header, allowed_steering(command, limits, last), -limits.fallback_braking_mps2, 0, true};
}

}  // namespace

Findings check_command(const messages::Command& command, base::Time now, const messages::Command* last,
                       const CommandLimits& limits) {
  if (!is_finite(command)) return {{"finite", "a number of the command is not finite", 0, 0}};
  Findings findings;
  const double age_s = (now - command.header.stamp).to_s();
  check(findings, "stale", age_s, limits.max_age_s, "s", "old");
  check(findings, "stamp", -age_s, limits.max_age_s, "s", "in the future");
  check(findings, "steering", std::abs(command.steering_angle_rad), limits.steering_rad, "rad", "asked for");
  check(findings, "acceleration", command.acceleration_mps2, limits.acceleration_mps2, "m/s2", "asked for");
  check(findings, "braking", -command.acceleration_mps2, limits.braking_mps2, "m/s2", "asked for");
  if (last == nullptr) return findings;
  const double dt_s = (command.header.stamp - last->header.stamp).to_s();
  check(findings, "stamp", -dt_s, 0, "s", "before the last command's");
  const double turn = std::abs(command.steering_angle_rad - last->steering_angle_rad);
  check(findings, "steering_rate", turn, limits.steering_rate_radps * std::max(dt_s, 0.0) + kRoundingRad, "rad",
        "from the last command");
  check(findings, "acceleration_step", command.acceleration_mps2 - last->acceleration_mps2,
        limits.acceleration_step_mps2, "m/s2", "more than the last command");
  return findings;
}

CommandVerdict supervise(const messages::Command& command, base::Time now, const CommandLimits& limits,
                         std::optional<messages::Command>& last) {
  CommandVerdict verdict{command, {}};
  verdict.report.header = command.header;
  verdict.report.findings = check_command(command, now, last ? &*last : nullptr, limits);
  verdict.report.is_accepted = verdict.report.findings.empty();
  if (!verdict.report.is_accepted) verdict.safe = braking_instead(command, now, limits, last);
  last = verdict.safe;
  return verdict;
}

}  // namespace hangil::safety
