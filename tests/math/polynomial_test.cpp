// SPDX-License-Identifier: Apache-2.0
#include "math/polynomial.hpp"

#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

void expect_near(const Jet& found, const Jet& wanted, double tolerance) {
  EXPECT_NEAR(found.value, wanted.value, tolerance);
  EXPECT_NEAR(found.first, wanted.first, tolerance);
  EXPECT_NEAR(found.second, wanted.second, tolerance);
}

TEST(Polynomial, QuinticMeetsBothStates) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> any(-10, 10), duration(0.2, 8);
  for (int i = 0; i < 1000; ++i) {
    const Jet start{any(random), any(random), any(random)}, end{any(random), any(random), any(random)};
    const double T = duration(random);
    const Polynomial5 p = quintic(start, end, T);
    expect_near(p.jet(0), start, 1e-12);
    expect_near(p.jet(T), end, 1e-8);
  }
}

TEST(Polynomial, QuarticMeetsStartEndSpeedAndEndAcceleration) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> any(-10, 10), duration(0.2, 8);
  for (int i = 0; i < 1000; ++i) {
    const Jet start{any(random), any(random), any(random)}, end{0, any(random), any(random)};
    const double T = duration(random);
    const Polynomial5 p = quartic(start, end, T);
    expect_near(p.jet(0), start, 1e-12);
    EXPECT_NEAR(p.first(T), end.first, 1e-8);
    EXPECT_NEAR(p.second(T), end.second, 1e-8);
    EXPECT_EQ(p.c[5], 0);
  }
}

TEST(Polynomial, DerivativesAgreeWithDifferences) {
  const Polynomial5 p{{1, -2, 3, 0.5, -0.25, 0.125}};
  const double h = 1e-5;
  for (double t = -2; t <= 2; t += 0.25) {
    EXPECT_NEAR(p.first(t), (p.value(t + h) - p.value(t - h)) / (2 * h), 1e-7);
    EXPECT_NEAR(p.second(t), (p.first(t + h) - p.first(t - h)) / (2 * h), 1e-7);
    EXPECT_NEAR(p.third(t), (p.second(t + h) - p.second(t - h)) / (2 * h), 1e-7);
  }
}

// The quintic is the motion of least integrated squared jerk: a bump that keeps both states only adds to it.
TEST(Polynomial, QuinticHasLeastJerk) {
  const double T = 3;
  const Polynomial5 best = quintic({0, 1, 0.5}, {4, 2, 0}, T);
  const auto jerk_integral = [&](double bump) {
    double sum = 0;
    for (double t = 0.0005; t < T; t += 0.001) {
      // Third derivative of t^3 (T - t)^3.
      const double third = 6 * T * T * T - 72 * T * T * t + 180 * T * t * t - 120 * t * t * t;
      const double jerk = best.third(t) + bump * third;
      sum += jerk * jerk * 0.001;
    }
    return sum;
  };
  EXPECT_GT(jerk_integral(0.01), jerk_integral(0));
  EXPECT_GT(jerk_integral(-0.01), jerk_integral(0));
}

}  // namespace
}  // namespace hangil::math
