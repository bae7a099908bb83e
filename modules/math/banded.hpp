// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace hangil::math {

// A symmetric matrix whose elements farther than `bandwidth` from the diagonal are zero; only the lower half is kept.
class BandedMatrix {
 public:
  BandedMatrix(int size, int bandwidth)
      : size_(size),
        bandwidth_(bandwidth),
        lower_(static_cast<std::size_t>(size) * static_cast<std::size_t>(bandwidth + 1)) {}

  int size() const { return size_; }
  int bandwidth() const { return bandwidth_; }
  // Element (row, row - below), 0 <= below <= bandwidth.
  double& at(int row, int below) { return lower_[index(row, below)]; }
  double at(int row, int below) const { return lower_[index(row, below)]; }

 private:
  std::size_t index(int row, int below) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(bandwidth_ + 1) + static_cast<std::size_t>(below);
  }

  int size_, bandwidth_;
  std::vector<double> lower_;
};

// Turns a positive definite matrix into its L D L^T factors in place: O(size * bandwidth^2)
// (Golub and Van Loan, Matrix Computations, 4th ed., 4.3.5).
void factorize(BandedMatrix& matrix);
// Solves A x = b with the factors; `b` becomes x. O(size * bandwidth).
void solve_factorized(const BandedMatrix& factors, std::vector<double>& b);

}  // namespace hangil::math
