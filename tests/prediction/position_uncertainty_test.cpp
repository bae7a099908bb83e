// SPDX-License-Identifier: Apache-2.0
#include "prediction/position_uncertainty.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::prediction {
namespace {

// F P F^T for x' = x + v t, by hand, plus the noise; greatest eigenvalue by power iteration.
double sigma_by_hand(const std::array<double, 16>& p, double noise, double t) {
  double m[2][2];
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j) {
      const auto at = [&](int row, int column) { return p[static_cast<std::size_t>(4 * row + column)]; };
      m[i][j] = at(i, j) + t * at(i, j + 2) + t * at(i + 2, j) + t * t * at(i + 2, j + 2);
    }
    m[i][i] += noise * noise * t * t * t / 3;
  }
  double x = 0.6, y = 0.8, value = 0;
  for (int i = 0; i < 20000; ++i) {
    const double nx = m[0][0] * x + m[0][1] * y, ny = m[1][0] * x + m[1][1] * y;
    value = std::hypot(nx, ny);
    x = nx / value;
    y = ny / value;
  }
  return std::sqrt(value);
}

std::array<double, 16> random_covariance(std::mt19937& random) {
  std::normal_distribution<double> any(0, 0.5);
  double root[4][4];
  for (auto& row : root) {
    for (double& value : row) value = any(random);
  }
  std::array<double, 16> p{};
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      for (std::size_t k = 0; k < 4; ++k) p[4 * i + j] += root[i][k] * root[j][k];
    }
  }
  return p;
}

TEST(PositionSigma, AgreesWithPropagationByHand) {
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    const auto p = random_covariance(random);
    for (const double t : {0.0, 0.3, 1.0, 4.0}) {
      EXPECT_NEAR(position_sigma_m(p, 0.7, t), std::max(0.05, sigma_by_hand(p, 0.7, t)), 1e-3);
    }
  }
}

TEST(PositionSigma, GrowsWithTimeWithoutCorrelation) {
  std::array<double, 16> p{};
  p[0] = 0.04, p[5] = 0.09, p[10] = 0.25, p[15] = 0.16;
  double last = 0;
  for (double t = 0; t < 6; t += 0.1) {
    const double sigma = position_sigma_m(p, 0.5, t);
    EXPECT_GT(sigma, last);
    last = sigma;
  }
}

TEST(PositionSigma, BrokenCovarianceGivesTheFloor) {
  std::array<double, 16> p{};
  p[0] = p[5] = -4;
  EXPECT_EQ(position_sigma_m(p, 0, 1), 0.05);
}

}  // namespace
}  // namespace hangil::prediction
