// SPDX-License-Identifier: Apache-2.0
#include "fusion/gated_assignment.hpp"

#include <random>

#include <gtest/gtest.h>

namespace hangil::fusion {
namespace {

AssignmentCosts random_costs(std::mt19937& random, int rows, int columns, double density, bool is_integer) {
  std::uniform_real_distribution<double> cost(-2.0, 10.0), chance(0.0, 1.0);
  AssignmentCosts costs;
  costs.clear(columns);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (chance(random) < density) costs.add(column, is_integer ? std::round(cost(random)) : cost(random));
    }
    costs.end_row();
  }
  return costs;
}

double least_sum(const AssignmentCosts& costs, double unassigned_cost, int row, std::vector<char>& is_taken) {
  if (row == costs.row_count()) return 0;
  double least = unassigned_cost + least_sum(costs, unassigned_cost, row + 1, is_taken);
  for (int i = row == 0 ? 0 : costs.row_ends[row - 1]; i < costs.row_ends[row]; ++i) {
    const auto [column, cost] = costs.entries[i];
    if (is_taken[column]) continue;
    is_taken[column] = 1;
    least = std::min(least, cost + least_sum(costs, unassigned_cost, row + 1, is_taken));
    is_taken[column] = 0;
  }
  return least;
}

double brute_force(const AssignmentCosts& costs, double unassigned_cost) {
  std::vector<char> is_taken(costs.column_count, 0);
  return least_sum(costs, unassigned_cost, 0, is_taken);
}

// The sum of an assignment; NaN when it uses a column twice or a pair that is not allowed.
double sum_of(const AssignmentCosts& costs, double unassigned_cost, std::span<const int> column_of_row) {
  std::vector<char> is_taken(costs.column_count, 0);
  double sum = 0;
  for (int row = 0; row < costs.row_count(); ++row) {
    double cost = column_of_row[row] == kUnassigned ? unassigned_cost : std::nan("");
    for (int i = row == 0 ? 0 : costs.row_ends[row - 1]; i < costs.row_ends[row]; ++i) {
      if (costs.entries[i].column == column_of_row[row]) cost = costs.entries[i].cost;
    }
    if (column_of_row[row] != kUnassigned && is_taken[column_of_row[row]]++) cost = std::nan("");
    sum += cost;
  }
  return sum;
}

TEST(GatedAssignment, AgreesWithBruteForceOnSmallProblems) {
  std::mt19937 random(1);
  GatedAssignment assignment;
  for (int trial = 0; trial < 4000; ++trial) {
    const int rows = trial % 7, columns = (trial / 7) % 7;
    const double density = 0.2 + 0.2 * (trial % 5), unassigned_cost = trial % 3 == 0 ? 100.0 : 4.0;
    const AssignmentCosts costs = random_costs(random, rows, columns, density, trial % 2 == 0);
    const auto column_of_row = assignment.solve(costs, unassigned_cost);
    ASSERT_NEAR(sum_of(costs, unassigned_cost, column_of_row), brute_force(costs, unassigned_cost), 1e-9)
        << "trial " << trial;
  }
}

TEST(GatedAssignment, LargeUnassignedCostGivesTheMostPairs) {
  AssignmentCosts costs;  // row 0 prefers column 0, but only then row 1 stays alone
  costs.clear(2);
  costs.add(0, 0.1), costs.add(1, 0.9), costs.end_row();
  costs.add(0, 0.5), costs.end_row();
  GatedAssignment assignment;
  const auto many = assignment.solve(costs, 1e4);
  EXPECT_EQ(many[0], 1);
  EXPECT_EQ(many[1], 0);
  const auto few = assignment.solve(costs, 0.3);
  EXPECT_EQ(few[0], 0);
  EXPECT_EQ(few[1], kUnassigned);
}

TEST(GatedAssignment, OrderOfRowsDoesNotChangeTheSum) {
  std::mt19937 random(2);
  GatedAssignment assignment;
  for (int trial = 0; trial < 50; ++trial) {
    const AssignmentCosts costs = random_costs(random, 60, 50, 0.1, false);
    AssignmentCosts reversed;
    reversed.clear(costs.column_count);
    for (int row = costs.row_count() - 1; row >= 0; --row) {
      for (int i = row == 0 ? 0 : costs.row_ends[row - 1]; i < costs.row_ends[row]; ++i) {
        reversed.add(costs.entries[i].column, costs.entries[i].cost);
      }
      reversed.end_row();
    }
    const double sum = sum_of(costs, 5.0, assignment.solve(costs, 5.0));
    EXPECT_NEAR(sum, sum_of(reversed, 5.0, assignment.solve(reversed, 5.0)), 1e-9);
  }
}

TEST(GatedAssignment, NothingToAssignIsFine) {
  GatedAssignment assignment;
  AssignmentCosts costs;
  EXPECT_TRUE(assignment.solve(costs, 1.0).empty());
  costs.clear(3);
  costs.end_row();
  EXPECT_EQ(assignment.solve(costs, 1.0)[0], kUnassigned);
}

}  // namespace
}  // namespace hangil::fusion
