// SPDX-License-Identifier: Apache-2.0
#include "math/banded.hpp"

#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

// Diagonally dominant, hence positive definite.
BandedMatrix random_matrix(int size, int bandwidth, std::mt19937& random) {
  std::uniform_real_distribution<double> any(-1, 1);
  BandedMatrix matrix(size, bandwidth);
  for (int i = 0; i < size; ++i) {
    matrix.at(i, 0) = 2 * bandwidth + 1.5 + any(random);
    for (int k = 1; k <= bandwidth && k <= i; ++k) matrix.at(i, k) = any(random);
  }
  return matrix;
}

double element(const BandedMatrix& matrix, int row, int column) {
  const int below = std::abs(row - column);
  return below > matrix.bandwidth() ? 0 : matrix.at(std::max(row, column), below);
}

TEST(BandedMatrix, SolutionMultipliesBackToTheRightSide) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(-5, 5);
  for (int round = 0; round < 200; ++round) {
    const int size = 1 + round % 40, bandwidth = round % 5;
    const BandedMatrix matrix = random_matrix(size, bandwidth, random);
    std::vector<double> right;
    for (int i = 0; i < size; ++i) right.push_back(any(random));
    BandedMatrix factors = matrix;
    factorize(factors);
    std::vector<double> x = right;
    solve_factorized(factors, x);
    for (int row = 0; row < size; ++row) {
      double product = 0;
      for (int column = 0; column < size; ++column) {
        product += element(matrix, row, column) * x[static_cast<std::size_t>(column)];
      }
      EXPECT_NEAR(product, right[static_cast<std::size_t>(row)], 1e-9);
    }
  }
}

}  // namespace
}  // namespace hangil::math
