// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>

namespace hangil::math {

// Into (-pi, pi].
inline double wrap_angle_rad(double angle_rad) {
  const double wrapped = std::remainder(angle_rad, 2.0 * std::numbers::pi);
  return wrapped <= -std::numbers::pi ? std::numbers::pi : wrapped;
}

// Shortest turn from `from` to `to`, in (-pi, pi].
inline double angle_difference_rad(double to_rad, double from_rad) { return wrap_angle_rad(to_rad - from_rad); }

}  // namespace hangil::math
