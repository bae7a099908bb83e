// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "control/lateral.hpp"
#include "control/longitudinal.hpp"
#include "messages/command.hpp"

namespace hangil::control {

struct ControllerConfig {
  LateralConfig lateral;
  LongitudinalConfig longitudinal;
  double stale_after_s = 0.6;
  double blind_braking_mps2 = 4.0;

  void visit(base::ConfigVisitor& visitor) {
    lateral.visit(visitor);
    longitudinal.visit(visitor);
    visitor.field("stale_after_s", stale_after_s, {0.1, 3}, "s", "older trajectories are left for their stop");
    visitor.field("blind_braking_mps2", blind_braking_mps2, {1, 9}, "m/s2", "without a trajectory or a pose");
  }
};

// What the controller remembers.
struct ControllerState {
  std::optional<base::Time> stamp;  // of the last command
  double steering_rad = 0, integral_mps2 = 0;
};

// The vehicle as it is measured.
struct EgoState {
  base::Time stamp;
  math::Pose2 pose;
  double speed_mps = 0;
};

// The command at the ego's stamp. Follows the trajectory's points; its stop points when it is stale. Without points, or
// with an ego that is not finite, it brakes with the wheels as they are. `trajectory` may be null. A steering angle
// changes no faster than the configured rate.
messages::Command follow(const messages::Trajectory* trajectory, const EgoState& ego, const ControllerConfig& config,
                         ControllerState& state);

}  // namespace hangil::control
