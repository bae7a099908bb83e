// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "map/road.hpp"

namespace hangil::map {

// A short stretch of a road, nearly straight, as a strip about its chord: from its start `length_m` along the unit
// direction and from right_m to left_m beside it. Every point of its lanes lies within margin_m of the strip.
struct RoadStrip {
  double x_m = 0, y_m = 0, direction_x = 1, direction_y = 0;
  float length_m = 0, right_m = 0, left_m = 0, margin_m = 0;
  double begin_s_m = 0, end_s_m = 0;
  std::int32_t road = 0;

  // Level distance of a point from the strip; 0 within it.
  double distance_m(math::Point2 point) const;
};

// Which strips lie near a point: a uniform grid over all roads, each cell listing the strips that touch it. Built once.
class RoadIndex {
 public:
  RoadIndex() = default;
  explicit RoadIndex(const std::vector<Road>& roads);

  const RoadStrip& strip(std::uint32_t index) const { return strips_[index]; }
  std::size_t strip_count() const { return strips_.size(); }
  double cell_m() const { return cell_m_; }

  // The column and row of the cell that holds a point; may lie outside the grid.
  struct Cell {
    std::int64_t column = 0, row = 0;
  };
  Cell cell_of(math::Point2 point) const;
  // Empty outside the grid.
  std::span<const std::uint32_t> strips_at(Cell cell) const;
  // How many rings of cells about `cell` it takes to have seen the whole grid.
  std::int64_t rings_to_all(Cell cell) const;

 private:
  void add_road(const Road& road, std::int32_t index);
  void add_strip(const Road& road, std::int32_t index, double begin_s_m, double end_s_m);
  void choose_cells();
  void fill_cells();

  std::vector<RoadStrip> strips_;
  std::vector<std::uint32_t> cell_begin_, entries_;
  double left_m_ = 0, bottom_m_ = 0, cell_m_ = 1;
  std::int64_t columns_ = 0, rows_ = 0;
};

}  // namespace hangil::map
