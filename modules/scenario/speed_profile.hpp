// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace hangil::scenario {

// From one speed to the next within a profile: acceleration rises linearly over ramp_s, holds, and falls again. Without
// a ramp the speed is linear.
struct ProfilePart {
  double from_mps = 0, to_mps = 0;
  double duration_s = 0, ramp_s = 0;
  double progress_s = 0;

  bool is_done() const { return progress_s >= duration_s; }
  double speed_mps() const;
};

struct ProfileLimits {
  double acceleration_mps2 = 0, jerk_mps3 = 0;  // infinite: none
};

// As long as `time_s` says; longer where the limits want that and `obeys_limits`, and as short as they allow where no
// time is given.
ProfilePart make_profile_part(double from_mps, double to_mps, std::optional<double> time_s, const ProfileLimits& limits,
                              bool obeys_limits);

}  // namespace hangil::scenario
