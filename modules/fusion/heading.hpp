// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::fusion {

// Heading and turn rate with covariance (a linear Kalman filter on the unwrapped angle), and which end is the front.
struct Heading {
  double yaw_rad = 0, turn_radps = 0;
  double yaw_variance = 0, covariance = 0, turn_variance = 0;
  double front_log_odds = 0;  // that yaw_rad points forward, not backward
};

// `turn_sigma_radps`: of one just seen.
Heading heading_at(double yaw_rad, double yaw_sigma_rad, double turn_sigma_radps);

// Moves on by dt; noise: angular acceleration constant over dt.
void predict(Heading& heading, double dt_s, double acceleration_sigma_radps2);

// A measured axis (of a box, or of travel), trusted modulo a half turn only: which end it calls front is one vote of
// `front_weight` log-odds. When the votes turn against the heading, it turns round.
void update_axis(Heading& heading, double yaw_rad, double sigma_rad, double front_weight);

}  // namespace hangil::fusion
