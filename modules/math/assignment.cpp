// SPDX-License-Identifier: Apache-2.0
#include "math/assignment.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hangil::math {

namespace {

// Dense costs with at least as many columns as rows, all finite: a forbidden pair costs more than all others together.
struct Problem {
  int row_count = 0, column_count = 0;
  bool is_transposed = false;
  double forbidden_cost = 0, offset = 0;
  std::span<const double> cost;

  double operator()(int row, int column) const {
    const int index = is_transposed ? column * row_count + row : row * column_count + column;
    const double value = cost[static_cast<std::size_t>(index)];
    return std::isfinite(value) ? value - offset : forbidden_cost;
  }
};

Problem make_problem(std::span<const double> cost, int row_count, int column_count) {
  Problem problem{.row_count = std::min(row_count, column_count),
                  .column_count = std::max(row_count, column_count),
                  .is_transposed = row_count > column_count,
                  .cost = cost};
  double least = 0, most = 0;
  bool is_first = true;
  for (const double value : cost) {
    if (!std::isfinite(value)) continue;
    least = is_first ? value : std::min(least, value);
    most = is_first ? value : std::max(most, value);
    is_first = false;
  }
  problem.offset = least;
  problem.forbidden_cost = (most - least + 1) * (problem.row_count + 1);
  return problem;
}

// Grows a matching row by row; index 0 of rows and columns is the virtual start, as in the usual formulation.
class Solver {
 public:
  explicit Solver(const Problem& problem)
      : problem_(problem),
        row_potential_(static_cast<std::size_t>(problem.row_count) + 1),
        column_potential_(static_cast<std::size_t>(problem.column_count) + 1),
        row_of_(column_potential_.size()),
        previous_(column_potential_.size()) {}

  // For each column + 1 its row + 1, or 0.
  const std::vector<int>& solve() {
    for (int row = 1; row <= problem_.row_count; ++row) augment(row);
    return row_of_;
  }

 private:
  void augment(int row) {
    row_of_[0] = row;
    slack_.assign(column_potential_.size(), kForbiddenPair);
    is_used_.assign(column_potential_.size(), 0);
    int column = 0;
    do {
      column = next_column(column);
    } while (row_of_[at(column)] != 0);
    for (; column != 0; column = previous_[at(column)]) row_of_[at(column)] = row_of_[at(previous_[at(column)])];
  }

  int next_column(int column) {
    is_used_[at(column)] = 1;
    const int row = row_of_[at(column)];
    int nearest = 0;
    double delta = kForbiddenPair;
    for (int j = 1; j <= problem_.column_count; ++j) {
      if (is_used_[at(j)]) continue;
      const double reduced = problem_(row - 1, j - 1) - row_potential_[at(row)] - column_potential_[at(j)];
      if (reduced < slack_[at(j)]) slack_[at(j)] = reduced, previous_[at(j)] = column;
      if (slack_[at(j)] < delta) delta = slack_[at(j)], nearest = j;
    }
    shift_potentials(delta);
    return nearest;
  }

  void shift_potentials(double delta) {
    for (int j = 0; j <= problem_.column_count; ++j) {
      if (is_used_[at(j)]) {
        row_potential_[at(row_of_[at(j)])] += delta;
        column_potential_[at(j)] -= delta;
      } else {
        slack_[at(j)] -= delta;
      }
    }
  }

  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  const Problem& problem_;
  std::vector<double> row_potential_, column_potential_, slack_;
  std::vector<int> row_of_, previous_;
  std::vector<char> is_used_;
};

}  // namespace

std::vector<int> assign(std::span<const double> cost, int row_count, int column_count) {
  assert(cost.size() == static_cast<std::size_t>(row_count) * static_cast<std::size_t>(column_count));
  std::vector<int> column_of_row(static_cast<std::size_t>(row_count), -1);
  if (row_count == 0 || column_count == 0) return column_of_row;
  const Problem problem = make_problem(cost, row_count, column_count);
  const std::vector<int> row_of = Solver(problem).solve();
  for (int j = 1; j <= problem.column_count; ++j) {
    const int i = row_of[static_cast<std::size_t>(j)];
    if (i == 0 || problem(i - 1, j - 1) >= problem.forbidden_cost) continue;
    const int row = problem.is_transposed ? j : i, column = problem.is_transposed ? i : j;
    column_of_row[static_cast<std::size_t>(row - 1)] = column - 1;
  }
  return column_of_row;
}

}  // namespace hangil::math
