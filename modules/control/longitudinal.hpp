// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/config.hpp"
#include "math/pose2.hpp"
#include "messages/trajectory.hpp"

namespace hangil::control {

struct LongitudinalConfig {
  double speed_gain_ps = 1.0;
  double place_gain_ps2 = 0.3;
  double integral_gain_ps2 = 0.15;
  double lag_s = 0.15;
  double max_acceleration_mps2 = 3.0;
  double max_braking_mps2 = 9.0;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("speed_gain_ps", speed_gain_ps, {0, 5}, "1/s", "acceleration per speed error");
    visitor.field("place_gain_ps2", place_gain_ps2, {0, 5}, "1/s2", "acceleration per metre behind the trajectory");
    visitor.field("integral_gain_ps2", integral_gain_ps2, {0, 2}, "1/s2", "for slopes and wrong brakes");
    visitor.field("lag_s", lag_s, {0, 1}, "s", "acceleration is taken this far ahead: drive and brake lag");
    visitor.field("max_acceleration_mps2", max_acceleration_mps2, {0.5, 6}, "m/s2", "most commanded");
    visitor.field("max_braking_mps2", max_braking_mps2, {2, 11}, "m/s2", "most commanded");
  }
};

struct LongitudinalDemand {
  double acceleration_mps2 = 0;
  double target_speed_mps = 0;
};

// Acceleration of the trajectory at `time_s`, corrected for speed and place, and by an integral that does not wind up
// while the demand is limited (back-calculation; Astrom and Hagglund, PID Controllers, 1995, 3.5). At rest where the
// trajectory ends at rest, the brakes hold. `integral_mps2` is the controller's memory; `dt_s` since the last call.
LongitudinalDemand longitudinal_demand(std::span<const messages::TrajectoryPoint> points, double time_s,
                                       const math::Pose2& pose, double speed_mps, double dt_s, double& integral_mps2,
                                       const LongitudinalConfig& config);

}  // namespace hangil::control
