// SPDX-License-Identifier: Apache-2.0
#include "math/assignment.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

struct Quality {
  int pair_count = 0;
  double cost = 0;
  bool is_better_than(const Quality& other) const {
    return pair_count != other.pair_count ? pair_count > other.pair_count : cost < other.cost - 1e-9;
  }
};

Quality quality(const std::vector<double>& cost, int columns, const std::vector<int>& column_of_row) {
  Quality sum;
  for (std::size_t i = 0; i < column_of_row.size(); ++i) {
    if (column_of_row[i] < 0) continue;
    ++sum.pair_count;
    sum.cost += cost[i * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column_of_row[i])];
  }
  return sum;
}

// Tries every injective map of rows to columns or to nothing.
Quality best_by_brute_force(const std::vector<double>& cost, int rows, int columns) {
  std::vector<int> slots(static_cast<std::size_t>(columns + rows));
  std::iota(slots.begin(), slots.end(), 0);
  Quality best;
  do {
    std::vector<int> column_of_row(static_cast<std::size_t>(rows), -1);
    for (int i = 0; i < rows; ++i) {
      const int j = slots[static_cast<std::size_t>(i)];
      if (j < columns && cost[static_cast<std::size_t>(i * columns + j)] < kForbiddenPair) {
        column_of_row[static_cast<std::size_t>(i)] = j;
      }
    }
    const Quality here = quality(cost, columns, column_of_row);
    if (here.is_better_than(best)) best = here;
  } while (std::next_permutation(slots.begin(), slots.end()));
  return best;
}

TEST(Assign, AgreesWithBruteForce) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const int rows = static_cast<int>(random() % 4), columns = static_cast<int>(random() % 5);
    std::vector<double> cost(static_cast<std::size_t>(rows * columns));
    for (double& value : cost) {
      value = random() % 3 == 0 ? kForbiddenPair : static_cast<double>(random() % 1000) / 100 - 5;
    }
    const auto pairs = assign(cost, rows, columns);
    const Quality found = quality(cost, columns, pairs), best = best_by_brute_force(cost, rows, columns);
    EXPECT_EQ(found.pair_count, best.pair_count) << "round " << round;
    EXPECT_NEAR(found.cost, best.cost, 1e-9) << "round " << round;
  }
}

TEST(Assign, PrefersMorePairsToLessCost) {
  EXPECT_EQ(assign(std::vector<double>{0.0, 5.0, 5.0, kForbiddenPair}, 2, 2), (std::vector<int>{1, 0}));
}

TEST(Assign, GivesNoColumnTwice) {
  const std::vector<double> cost(12, 1.0);
  auto columns = assign(cost, 4, 3);
  EXPECT_EQ(std::count(columns.begin(), columns.end(), -1), 1);
  std::sort(columns.begin(), columns.end());
  EXPECT_EQ(std::adjacent_find(columns.begin() + 1, columns.end()), columns.end());
}

TEST(Assign, LeavesForbiddenAndNanPairsApart) {
  EXPECT_EQ(assign(std::vector<double>{kForbiddenPair, std::nan("")}, 1, 2), std::vector<int>{-1});
  EXPECT_EQ(assign({}, 0, 3), std::vector<int>{});
  EXPECT_EQ(assign({}, 2, 0), (std::vector<int>{-1, -1}));
}

}  // namespace
}  // namespace hangil::math
