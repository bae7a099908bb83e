// SPDX-License-Identifier: Apache-2.0
#include "prediction/position_uncertainty.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::prediction {

namespace {

constexpr double kLeastSigmaM = 0.05;

// Root of the greater eigenvalue of [xx xy; xy yy]; 0 where a broken covariance makes it negative.
double worst_sigma(double xx, double xy, double yy) {
  const double mean = (xx + yy) / 2, half = (xx - yy) / 2;
  return std::sqrt(std::max(0.0, mean + std::hypot(half, xy)));
}

}  // namespace

double position_sigma_m(const std::array<double, 16>& p, double acceleration_noise_mps, double time_s) {
  const double t = time_s, noise = acceleration_noise_mps * acceleration_noise_mps * t * t * t / 3;
  const double xx = p[0] + t * (p[2] + p[8]) + t * t * p[10] + noise;
  const double xy = p[1] + t * (p[3] + p[9] + p[6] + p[12]) / 2 + t * t * p[11];
  const double yy = p[5] + t * (p[7] + p[13]) + t * t * p[15] + noise;
  return std::max(kLeastSigmaM, worst_sigma(xx, xy, yy));
}

double velocity_sigma_mps(const std::array<double, 16>& p) { return worst_sigma(p[10], p[11], p[15]); }

}  // namespace hangil::prediction
