// SPDX-License-Identifier: Apache-2.0
#include "scenario/speed_profile.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::scenario {

namespace {

double shortest_s(double change_mps, const ProfileLimits& limits) {
  const double a = limits.acceleration_mps2, j = limits.jerk_mps3;
  if (std::isinf(j)) return change_mps / a;
  // The acceleration is reached only by changes that are large enough for it.
  return std::isinf(a) || change_mps < a * a / j ? 2 * std::sqrt(change_mps / j) : change_mps / a + a / j;
}

}  // namespace

double ProfilePart::speed_mps() const {
  if (is_done()) return to_mps;
  const double change_mps = to_mps - from_mps, left_s = duration_s - progress_s;
  if (ramp_s <= 0) return from_mps + change_mps * progress_s / duration_s;
  const double acceleration = change_mps / (duration_s - ramp_s);
  if (progress_s < ramp_s) return from_mps + acceleration * progress_s * progress_s / (2 * ramp_s);
  if (left_s < ramp_s) return to_mps - acceleration * left_s * left_s / (2 * ramp_s);
  return from_mps + acceleration * (progress_s - ramp_s / 2);
}

ProfilePart make_profile_part(double from_mps, double to_mps, std::optional<double> time_s, const ProfileLimits& limits,
                              bool obeys_limits) {
  ProfilePart part{from_mps, to_mps};
  const double change_mps = std::abs(to_mps - from_mps);
  const double least_s = change_mps > 0 ? shortest_s(change_mps, limits) : 0;
  part.duration_s = time_s ? (obeys_limits ? std::max(*time_s, least_s) : *time_s) : least_s;
  if (!obeys_limits || std::isinf(limits.jerk_mps3) || change_mps == 0) return part;
  // The shortest ramp whose jerk is allowed: change = jerk * ramp * (duration - ramp).
  const double root = part.duration_s * part.duration_s - 4 * change_mps / limits.jerk_mps3;
  part.ramp_s = (part.duration_s - std::sqrt(std::max(0.0, root))) / 2;
  return part;
}

}  // namespace hangil::scenario
