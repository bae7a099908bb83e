// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "lidar/points.hpp"

// Points sorted into vertical columns over a grid seen from above, as Lang et al. do ("PointPillars: fast encoders for
// object detection from point clouds", CVPR 2019, section 2.1), but with every point of a pillar and without a limit on
// pillars: a counting sort over the dense grid.
namespace hangil::lidar {

// Cell = row * column_count + column; columns along x, rows along y. Points with z outside the limits have no pillar.
struct PillarGrid {
  float x_least_m = 0, y_least_m = -39.68f;
  float z_least_m = -3, z_most_m = 1;
  float edge_m = 0.16f;
  std::uint32_t column_count = 432, row_count = 496;

  std::uint32_t cell_count() const { return column_count * row_count; }
};

// Together in memory, for each is written to where its pillar lies.
struct PillarPoint {
  float x_m = 0, y_m = 0;        // from the middle of its pillar
  float z_m = 0, intensity = 0;  // as they were
};

// The pillars that hold any point, in order of their cells. The points of pillar i are [begin[i], begin[i + 1]), in the
// scan's order. Buffers only ever grow; what lies behind the counts is stale.
struct Pillars {
  std::size_t count = 0;
  std::vector<std::uint32_t> cells;  // of each pillar
  std::vector<std::uint32_t> begin;  // count + 1
  std::vector<PillarPoint> points;

  // Working memory.
  std::vector<std::uint32_t> point_cells;    // of each point of the scan, cell_count() if none
  std::vector<std::uint32_t> next_in_cells;  // by cell; 0 but in pillars
  std::vector<std::uint32_t> blocks;         // first cells of the blocks that hold any point
  std::uint32_t counted_cells = 0;           // how many cells next_in_cells is for

  std::size_t point_count() const { return begin.empty() ? 0 : begin[count]; }
};

struct PillarCentre {
  float x_m, y_m;
};
inline PillarCentre pillar_centre(const PillarGrid& grid, std::uint32_t cell) {
  const auto column = static_cast<float>(cell % grid.column_count), row = static_cast<float>(cell / grid.column_count);
  return {grid.x_least_m + (column + 0.5f) * grid.edge_m, grid.y_least_m + (row + 0.5f) * grid.edge_m};
}

// `grid` has at most 2^24 cells. Points that are not finite have no pillar.
void sort_into_pillars(const Points& points, const PillarGrid& grid, Pillars& pillars);

}  // namespace hangil::lidar
