// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <span>
#include <vector>

namespace hangil::math {

// The cost of a pair that must not be formed.
inline constexpr double kForbiddenPair = std::numeric_limits<double>::infinity();

// Pairs rows with columns, each at most once: as many allowed pairs as possible and, among those, the least sum of
// costs (Kuhn 1955, Munkres 1957; shortest augmenting paths with potentials, O(rows * columns * min(rows, columns))).
// `cost` is row-major, rows * columns long, finite or kForbiddenPair (NaN counts as forbidden). Returns for each row
// its column, or -1. The same costs give the same pairs.
std::vector<int> assign(std::span<const double> cost, int row_count, int column_count);

}  // namespace hangil::math
