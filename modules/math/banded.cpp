// SPDX-License-Identifier: Apache-2.0
#include "math/banded.hpp"

#include <algorithm>

namespace hangil::math {

// Row by row: at(i, 0) becomes D(i), at(i, k) becomes L(i, i - k).
void factorize(BandedMatrix& matrix) {
  const int width = matrix.bandwidth();
  for (int i = 0; i < matrix.size(); ++i) {
    for (int j = std::max(0, i - width); j < i; ++j) {
      double sum = matrix.at(i, i - j);
      for (int k = std::max(0, i - width); k < j; ++k) sum -= matrix.at(i, i - k) * matrix.at(j, j - k);
      matrix.at(i, i - j) = sum;  // L(i, j) D(j); divided by D(j) below
    }
    for (int j = std::max(0, i - width); j < i; ++j) {
      const double scaled = matrix.at(i, i - j);
      matrix.at(i, i - j) = scaled / matrix.at(j, 0);
      matrix.at(i, 0) -= scaled * matrix.at(i, i - j);
    }
  }
}

void solve_factorized(const BandedMatrix& factors, std::vector<double>& b) {
  const int size = factors.size(), width = factors.bandwidth();
  const auto value = [&b](int i) -> double& { return b[static_cast<std::size_t>(i)]; };
  for (int i = 0; i < size; ++i) {
    for (int k = 1; k <= std::min(width, i); ++k) value(i) -= factors.at(i, k) * value(i - k);
  }
  for (int i = 0; i < size; ++i) value(i) /= factors.at(i, 0);
  for (int i = size - 1; i >= 0; --i) {
    for (int k = 1; k <= std::min(width, size - 1 - i); ++k) value(i) -= factors.at(i + k, k) * value(i + k);
  }
}

}  // namespace hangil::math
