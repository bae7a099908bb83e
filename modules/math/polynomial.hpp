// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace hangil::math {

// A value with its first and second derivative.
struct Jet {
  double value = 0, first = 0, second = 0;
};

// c0 + c1 t + ... + c5 t^5.
struct Polynomial5 {
  std::array<double, 6> c{};

  double value(double t) const { return c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5])))); }
  double first(double t) const { return c[1] + t * (2 * c[2] + t * (3 * c[3] + t * (4 * c[4] + t * 5 * c[5]))); }
  double second(double t) const { return 2 * c[2] + t * (6 * c[3] + t * (12 * c[4] + t * 20 * c[5])); }
  double third(double t) const { return 6 * c[3] + t * (24 * c[4] + t * 60 * c[5]); }
  Jet jet(double t) const { return {value(t), first(t), second(t)}; }
};

// The jerk-optimal motion between two full states over `duration` > 0 (Takahashi et al. 1989; Werling et al. 2010,
// III).
inline Polynomial5 quintic(const Jet& start, const Jet& end, double duration) {
  const double T = duration, T2 = T * T, T3 = T2 * T;
  const double p = end.value - (start.value + start.first * T + start.second * T2 / 2);
  const double v = end.first - (start.first + start.second * T);
  const double a = end.second - start.second;
  return {{start.value, start.first, start.second / 2, 10 * p / T3 - 4 * v / T2 + a / (2 * T),
           (-15 * p / T + 7 * v - a * T) / T3, (6 * p / T - 3 * v + a * T / 2) / (T3 * T)}};
}

// As quintic, where the end's value is free (Werling et al. 2010, "Velocity keeping"); end.value is ignored.
inline Polynomial5 quartic(const Jet& start, const Jet& end, double duration) {
  const double T = duration;
  const double v = end.first - (start.first + start.second * T);
  const double a = end.second - start.second;
  return {{start.value, start.first, start.second / 2, (3 * v - a * T) / (3 * T * T), (a * T - 2 * v) / (4 * T * T * T),
           0}};
}

}  // namespace hangil::math
