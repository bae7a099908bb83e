// SPDX-License-Identifier: Apache-2.0
#include "lidar/pillars.hpp"

#include <algorithm>

#include "base/hot.hpp"

namespace hangil::lidar {

namespace {

// Comparisons with not a number are false, so such points go to no cell. The choice is made on bits, for a branch would
// keep the loop from vectorising; indices are clamped as floats, for what is far outside has no integer.
HANGIL_HOT void find_pillar_cells(const float* __restrict x, const float* __restrict y, const float* __restrict z,
                                  std::size_t count, const PillarGrid& grid, std::uint32_t* __restrict cells) {
  const float per_m = 1 / grid.edge_m, x_least = grid.x_least_m, y_least = grid.y_least_m;
  const float z_least = grid.z_least_m, z_most = grid.z_most_m;
  const float columns = static_cast<float>(grid.column_count), rows = static_cast<float>(grid.row_count);
  const std::int32_t columns_int = static_cast<std::int32_t>(grid.column_count);
  const std::uint32_t nowhere = grid.cell_count();
  for (std::size_t i = 0; i < count; ++i) {
    const float column = (x[i] - x_least) * per_m, row = (y[i] - y_least) * per_m;
    const bool is_inside =
        (column >= 0) & (column < columns) & (row >= 0) & (row < rows) & (z[i] >= z_least) & (z[i] < z_most);
    const std::uint32_t inside_bits = is_inside ? ~std::uint32_t{0} : 0;
    const float safe_column = is_inside ? column : 0.0f, safe_row = is_inside ? row : 0.0f;
    const std::int32_t cell =
        static_cast<std::int32_t>(safe_row) * columns_int + static_cast<std::int32_t>(safe_column);
    cells[i] = (static_cast<std::uint32_t>(cell) & inside_bits) | (nowhere & ~inside_bits);
  }
}

constexpr std::uint32_t kBlock = 16;  // cells

// Counts are zero between scans but in the last pillars, which are cleared first.
void count_points(std::size_t count, std::uint32_t cell_count, Pillars& pillars) {
  if (pillars.counted_cells != cell_count) {
    pillars.next_in_cells.assign(cell_count + kBlock, 0);
    pillars.counted_cells = cell_count;
  } else {
    for (std::size_t i = 0; i < pillars.count; ++i) pillars.next_in_cells[pillars.cells[i]] = 0;
    pillars.next_in_cells[cell_count] = 0;
  }
  const std::uint32_t* cells = pillars.point_cells.data();
  std::uint32_t* counts = pillars.next_in_cells.data();
  for (std::size_t i = 0; i < count; ++i) ++counts[cells[i]];
}

// Writes the cells of the blocks of kBlock that hold any point; returns how many.
HANGIL_HOT std::size_t find_occupied_blocks(const std::uint32_t* __restrict counts, std::uint32_t cell_count,
                                            std::uint32_t* __restrict blocks) {
  std::size_t found = 0;
  for (std::uint32_t first = 0; first < cell_count; first += kBlock) {
    std::uint32_t any = 0;
    for (std::uint32_t k = 0; k < kBlock; ++k) any |= counts[first + k];
    blocks[found] = first;
    found += any != 0 ? 1 : 0;
  }
  return found;
}

// Numbers the occupied cells and turns their counts into where the next point of each goes.
void number_pillars(std::uint32_t cell_count, std::size_t point_count, Pillars& pillars) {
  grow(pillars.blocks, cell_count / kBlock + 2);
  grow(pillars.cells, std::min<std::size_t>(cell_count, point_count) + 1);
  grow(pillars.begin, std::min<std::size_t>(cell_count, point_count) + 1);
  std::uint32_t* counts = pillars.next_in_cells.data();
  const std::size_t block_count = find_occupied_blocks(counts, cell_count, pillars.blocks.data());
  pillars.count = 0;
  std::uint32_t before = 0;
  for (std::size_t b = 0; b < block_count; ++b) {
    const std::uint32_t first = pillars.blocks[b], end = std::min(first + kBlock, cell_count);
    for (std::uint32_t cell = first; cell < end; ++cell) {
      const std::uint32_t here = counts[cell];
      if (here == 0) continue;
      pillars.cells[pillars.count] = cell;
      pillars.begin[pillars.count++] = before;
      counts[cell] = before;
      before += here;
    }
  }
  pillars.begin[pillars.count] = before;
}

// Coordinates stay the scan's until centre_points.
void scatter_points(const Points& points, std::uint32_t cell_count, Pillars& pillars) {
  grow(pillars.points, pillars.point_count());
  for (std::size_t i = 0; i < points.count; ++i) {
    const std::uint32_t cell = pillars.point_cells[i];
    if (cell == cell_count) continue;
    const std::uint32_t at = pillars.next_in_cells[cell]++;
    pillars.points[at] = {points.x_m[i], points.y_m[i], points.z_m[i], points.intensity[i]};
  }
}

void centre_points(const PillarGrid& grid, Pillars& pillars) {
  for (std::size_t i = 0; i < pillars.count; ++i) {
    const PillarCentre centre = pillar_centre(grid, pillars.cells[i]);
    for (std::uint32_t at = pillars.begin[i]; at < pillars.begin[i + 1]; ++at) {
      pillars.points[at].x_m -= centre.x_m;
      pillars.points[at].y_m -= centre.y_m;
    }
  }
}

}  // namespace

void sort_into_pillars(const Points& points, const PillarGrid& grid, Pillars& pillars) {
  grow(pillars.point_cells, points.count);
  find_pillar_cells(points.x_m.data(), points.y_m.data(), points.z_m.data(), points.count, grid,
                    pillars.point_cells.data());
  count_points(points.count, grid.cell_count(), pillars);
  number_pillars(grid.cell_count(), points.count, pillars);
  scatter_points(points, grid.cell_count(), pillars);
  centre_points(grid, pillars);
}

}  // namespace hangil::lidar
