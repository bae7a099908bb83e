// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace hangil::prediction {

// Standard deviation along its worst axis of the position `time_s` ahead, from the covariance of (x, y, vx, vy) now,
// row-major, and white acceleration noise (nearly constant velocity model; Bar-Shalom, Li, Kirubarajan, Estimation with
// Applications to Tracking and Navigation, 2001, 6.2.2). Never below 0.05 m; not decreasing in time for a positive
// definite covariance without correlation between position and velocity.
double position_sigma_m(const std::array<double, 16>& covariance, double acceleration_noise_mps, double time_s);

// Standard deviation of the velocity along its worst axis.
double velocity_sigma_mps(const std::array<double, 16>& covariance);

}  // namespace hangil::prediction
