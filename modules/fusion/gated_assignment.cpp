// SPDX-License-Identifier: Apache-2.0
#include "fusion/gated_assignment.hpp"

#include <algorithm>
#include <limits>

namespace hangil::fusion {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::span<const AssignmentCosts::Entry> row_entries(const AssignmentCosts& costs, int row) {
  const std::size_t begin = row == 0 ? 0 : at(costs.row_ends[at(row - 1)]);
  return std::span(costs.entries).subspan(begin, at(costs.row_ends[at(row)]) - begin);
}

}  // namespace

std::span<const int> GatedAssignment::solve(const AssignmentCosts& costs, double unassigned_cost) {
  reset(costs);
  for (int row = 0; row < costs.row_count(); ++row) {
    if (!take_cheapest_free_column(costs, row, unassigned_cost)) search(costs, row, unassigned_cost);
  }
  return column_of_row_;
}

void GatedAssignment::reset(const AssignmentCosts& costs) {
  column_of_row_.assign(at(costs.row_count()), kUnassigned);
  row_dual_.assign(at(costs.row_count()), 0.0);
  row_of_column_.assign(at(costs.column_count), kUnassigned);
  previous_row_.assign(at(costs.column_count), kUnassigned);
  column_dual_.assign(at(costs.column_count), 0.0);
  distance_.assign(at(costs.column_count), kInfinity);
  is_closed_.assign(at(costs.column_count), 0);
  open_.reserve(at(costs.column_count));
  closed_.reserve(at(costs.column_count));
}

// Most rows of a gated problem want a column that nobody has: then the shortest path is one edge long.
bool GatedAssignment::take_cheapest_free_column(const AssignmentCosts& costs, int row, double unassigned_cost) {
  double least = unassigned_cost;
  int best = kUnassigned;
  for (const auto& [column, cost] : row_entries(costs, row)) {
    const double reduced = cost - column_dual_[at(column)];
    if (reduced < least) least = reduced, best = column;
  }
  if (best != kUnassigned && row_of_column_[at(best)] != kUnassigned) return false;
  row_dual_[at(row)] = least;
  column_of_row_[at(row)] = best;
  if (best != kUnassigned) row_of_column_[at(best)] = row;
  return true;
}

// Dijkstra over reduced costs from `root` to the nearest free column or to a row that is best left without one.
void GatedAssignment::search(const AssignmentCosts& costs, int root, double unassigned_cost) {
  open_.clear(), closed_.clear();
  leave_distance_ = kInfinity;
  relax_row(costs, root, 0, unassigned_cost);
  int end_column = kUnassigned;
  double length = leave_distance_;
  while (true) {
    const int column = take_nearest_column();
    if (column == kUnassigned || distance_[at(column)] >= leave_distance_) {
      length = leave_distance_;
      break;
    }
    length = distance_[at(column)];
    const int row = row_of_column_[at(column)];
    if (row == kUnassigned) {
      end_column = column;
      break;
    }
    relax_row(costs, row, length, unassigned_cost);
  }
  update_duals(root, length);
  augment(root, end_column);
  for (const int column : open_) distance_[at(column)] = kInfinity;
  for (const int column : closed_) distance_[at(column)] = kInfinity, is_closed_[at(column)] = 0;
}

void GatedAssignment::relax_row(const AssignmentCosts& costs, int row, double distance, double unassigned_cost) {
  const double leave = distance + unassigned_cost - row_dual_[at(row)];
  if (leave < leave_distance_) leave_distance_ = leave, leave_row_ = row;
  for (const auto& [column, cost] : row_entries(costs, row)) {
    if (is_closed_[at(column)]) continue;  // final; rounding must not reopen it
    const double through = distance + cost - row_dual_[at(row)] - column_dual_[at(column)];
    double& known = distance_[at(column)];
    if (known == kInfinity) open_.push_back(column);
    if (through < known) known = through, previous_row_[at(column)] = row;
  }
}

int GatedAssignment::take_nearest_column() {
  if (open_.empty()) return kUnassigned;
  const auto nearest = std::min_element(open_.begin(), open_.end(),
                                        [this](int a, int b) { return distance_[at(a)] < distance_[at(b)]; });
  const int column = *nearest;
  *nearest = open_.back();
  open_.pop_back();
  closed_.push_back(column);
  is_closed_[at(column)] = 1;
  return column;
}

void GatedAssignment::update_duals(int root, double length) {
  row_dual_[at(root)] += length;
  for (const int column : closed_) {
    const double slack = std::max(0.0, length - distance_[at(column)]);
    const int row = row_of_column_[at(column)];
    column_dual_[at(column)] -= slack;
    if (row != kUnassigned) row_dual_[at(row)] += slack;
  }
}

// Shifts the columns along the path; without an end column the path ends at leave_row_, which gives up its own.
void GatedAssignment::augment(int root, int end_column) {
  int column = end_column;
  if (column == kUnassigned) {
    column = column_of_row_[at(leave_row_)];
    column_of_row_[at(leave_row_)] = kUnassigned;
    if (leave_row_ == root) return;
  }
  while (true) {
    const int row = previous_row_[at(column)];
    row_of_column_[at(column)] = row;
    std::swap(column_of_row_[at(row)], column);
    if (row == root) return;
  }
}

}  // namespace hangil::fusion
