// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "math/pose2.hpp"

namespace hangil::map {

// A short stretch of a road or lane, nearly straight, as a strip about its chord: from its start `length_m` along the
// unit direction and from right_m to left_m beside it. Everything it stands for lies within margin_m of it.
struct Strip {
  double x_m = 0, y_m = 0, direction_x = 1, direction_y = 0;
  float length_m = 0, right_m = 0, left_m = 0, margin_m = 0;
  // Normals of the planes it shares with the strips before and after; zero at the ends of a line.
  float begin_normal_x = 0, begin_normal_y = 0, end_normal_x = 0, end_normal_y = 0;
  double begin_s_m = 0, end_s_m = 0;
  std::int32_t owner = 0;  // the road or lane
  bool is_gentle = false;  // bends so little that the planes tell whose foot a point beside it is

  // Level distance of a point from the strip; 0 within it.
  double distance_m(math::Point2 point) const;
  // Between the planes at its ends.
  bool holds_foot(math::Point2 point) const;
};

// Sets the shared planes of strips that follow each other along one line.
void join_strips(std::span<Strip> strips);

// Which strips lie near a point: a uniform grid, each cell listing the strips that touch it. Built once.
class StripGrid {
 public:
  StripGrid() = default;
  explicit StripGrid(std::vector<Strip> strips);

  const Strip& strip(std::uint32_t index) const { return strips_[index]; }
  std::size_t strip_count() const { return strips_.size(); }
  double cell_m() const { return cell_m_; }

  // The column and row of the cell that holds a point; may lie outside the grid.
  struct Cell {
    std::int64_t column = 0, row = 0;
  };
  Cell cell_of(math::Point2 point) const;
  // Empty outside the grid.
  std::span<const std::uint32_t> strips_at(Cell cell) const;

  // Calls visit(strip) for strips in order of distance from the point by rings of cells, until `reach()` (metres; asked
  // again and again, may shrink) lies within the rings seen. A strip may be visited several times.
  template <class Visit, class Reach>
  void visit_near(math::Point2 point, Visit&& visit, Reach&& reach) const {
    const Cell middle = cell_of(point);
    const auto visit_row = [&](std::int64_t row, std::int64_t from, std::int64_t to) {
      if (row < 0 || row >= rows_) return;
      for (std::int64_t column = std::max<std::int64_t>(from, 0); column <= std::min(to, columns_ - 1); ++column) {
        for (const std::uint32_t index : strips_at({column, row})) visit(strips_[index]);
      }
    };
    const std::int64_t last = rings_to_all(middle);
    for (std::int64_t ring = rings_to_any(middle); ring <= last; ++ring) {
      if (static_cast<double>(ring - 1) * cell_m_ > reach()) return;
      visit_row(middle.row - ring, middle.column - ring, middle.column + ring);
      if (ring > 0) visit_row(middle.row + ring, middle.column - ring, middle.column + ring);
      const std::int64_t low = std::max<std::int64_t>(middle.row - ring + 1, 0);
      for (std::int64_t row = low; row < std::min(middle.row + ring, rows_); ++row) {
        visit_row(row, middle.column - ring, middle.column - ring);
        visit_row(row, middle.column + ring, middle.column + ring);
      }
    }
  }

 private:
  // How many rings about a cell it takes to meet the grid, and to have seen all of it; more than that for no grid.
  std::int64_t rings_to_any(Cell cell) const;
  std::int64_t rings_to_all(Cell cell) const;
  void choose_cells();
  void fill_cells();

  std::vector<Strip> strips_;
  std::vector<std::uint32_t> cell_begin_, entries_;
  double left_m_ = 0, bottom_m_ = 0, cell_m_ = 1;
  std::int64_t columns_ = 0, rows_ = 0;
};

}  // namespace hangil::map
