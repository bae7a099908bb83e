// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace hangil::fusion {

// The pairs (row, column) that are allowed at all, row by row. Keep and clear() one to avoid allocation.
struct AssignmentCosts {
  struct Entry {
    int column = 0;
    double cost = 0;
  };
  std::vector<Entry> entries;  // of all rows, one after another; at most one a column in each row
  std::vector<int> row_ends;   // index into entries past each row's last
  int column_count = 0;

  void clear(int columns) { entries.clear(), row_ends.clear(), column_count = columns; }
  void add(int column, double cost) { entries.push_back({column, cost}); }
  void end_row() { row_ends.push_back(static_cast<int>(entries.size())); }
  int row_count() const { return static_cast<int>(row_ends.size()); }
};

inline constexpr int kUnassigned = -1;

// Optimal sparse linear assignment by shortest augmenting paths (Jonker and Volgenant, "A shortest augmenting path
// algorithm for dense and sparse linear assignment problems", Computing 38, 1987; rectangular form and dual updates as
// Crouse, "On implementing 2D rectangular assignment algorithms", IEEE TAES 52(4), 2016). A search only ever touches
// the connected component of its row, so gated costs are solved component by component.
class GatedAssignment {
 public:
  // The column of each row, or kUnassigned, such that each column is used once at most and the sum of the chosen costs
  // plus `unassigned_cost` for each row left out is least. Costs must be finite. Ties are broken by order, always in
  // the same way. The span is valid until the next call; nothing is allocated once sizes have been seen.
  std::span<const int> solve(const AssignmentCosts& costs, double unassigned_cost);

 private:
  void reset(const AssignmentCosts& costs);
  bool take_cheapest_free_column(const AssignmentCosts& costs, int row, double unassigned_cost);
  void search(const AssignmentCosts& costs, int row, double unassigned_cost);
  void relax_row(const AssignmentCosts& costs, int row, double distance, double unassigned_cost);
  int take_nearest_column();
  void update_duals(int root, double length);
  void augment(int root, int end_column);

  std::vector<int> column_of_row_, row_of_column_, previous_row_;
  std::vector<double> row_dual_, column_dual_, distance_;
  std::vector<int> open_, closed_;  // columns reached, and those whose distance is final
  std::vector<char> is_closed_;
  double leave_distance_ = 0;  // of the best path that ends by leaving a row without a column
  int leave_row_ = kUnassigned;
};

}  // namespace hangil::fusion
