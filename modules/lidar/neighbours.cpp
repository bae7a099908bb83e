// SPDX-License-Identifier: Apache-2.0
#include "lidar/neighbours.hpp"

#include <algorithm>

#include "base/hot.hpp"

namespace hangil::lidar {

namespace {

struct Place {
  float x_m, y_m, z_m;
};

std::size_t cell_along(float value_m, float least_m, float edge_m, std::size_t count) {
  const float cell = std::clamp((value_m - least_m) / edge_m, 0.0f, static_cast<float>(count - 1));
  return static_cast<std::size_t>(cell);
}

void lay_out_columns(const Points& points, float edge_m, ColumnIndex& index) {
  const auto extent = [&](const std::vector<float>& values_m, float& least_m) {
    const auto end = values_m.begin() + static_cast<std::ptrdiff_t>(points.count);
    const auto [least, most] = std::minmax_element(values_m.begin(), end);
    least_m = points.count == 0 ? 0 : *least;
    const float span = points.count == 0 ? 0 : (*most - *least) / edge_m;
    return static_cast<std::size_t>(std::min(span, 2000.0f)) + 1;
  };
  index.edge_m = edge_m;
  index.column_count = extent(points.x_m, index.x_least_m);
  index.row_count = extent(points.z_m, index.z_least_m);
}

// Appends to `found` the runs' points within the radius; returns the new count. `found` has room for all of them.
HANGIL_HOT std::size_t keep_near(const ColumnIndex& index, std::uint32_t begin, std::uint32_t end, const Place& place,
                                 float squared_m2, std::uint32_t* __restrict found, std::size_t count) {
  const float* __restrict x = index.x_m.data();
  const float* __restrict y = index.y_m.data();
  const float* __restrict z = index.z_m.data();
  for (std::uint32_t i = begin; i < end; ++i) {
    const float dx = x[i] - place.x_m, dy = y[i] - place.y_m, dz = z[i] - place.z_m;
    found[count] = index.points[i];
    count += dx * dx + dy * dy + dz * dz <= squared_m2 ? 1 : 0;
  }
  return count;
}

}  // namespace

void index_columns(const Points& points, float edge_m, ColumnIndex& index) {
  lay_out_columns(points, edge_m, index);
  const std::size_t cell_count = index.column_count * index.row_count;
  grow(index.cells, points.count);
  index.begin.assign(cell_count + 1, 0);
  for (std::size_t i = 0; i < points.count; ++i) {
    const std::size_t column = cell_along(points.x_m[i], index.x_least_m, edge_m, index.column_count);
    const std::size_t row = cell_along(points.z_m[i], index.z_least_m, edge_m, index.row_count);
    index.cells[i] = static_cast<std::uint32_t>(row * index.column_count + column);
    ++index.begin[index.cells[i] + 1];
  }
  for (std::size_t cell = 0; cell < cell_count; ++cell) index.begin[cell + 1] += index.begin[cell];
  for (std::vector<float>* array : {&index.x_m, &index.y_m, &index.z_m}) grow(*array, points.count);
  grow(index.points, points.count);
  for (std::size_t i = 0; i < points.count; ++i) {
    const std::uint32_t at = index.begin[index.cells[i]]++;
    index.x_m[at] = points.x_m[i], index.y_m[at] = points.y_m[i], index.z_m[at] = points.z_m[i];
    index.points[at] = static_cast<std::uint32_t>(i);
  }
  // Each beginning has moved to the next one's.
  std::copy_backward(index.begin.begin(), index.begin.end() - 1, index.begin.end());
  index.begin[0] = 0;
}

void find_neighbours(const ColumnIndex& index, const Points& destinations, const NeighbourRule& rule, Edges& edges) {
  edges.begin.assign(1, 0);
  std::size_t count = 0;
  const float squared_m2 = rule.radius_m * rule.radius_m;
  for (std::size_t d = 0; d < destinations.count; ++d) {
    const Place place{destinations.x_m[d], destinations.y_m[d], destinations.z_m[d]};
    const std::size_t first = count;
    const auto cell_x = [&](float x) { return cell_along(x, index.x_least_m, index.edge_m, index.column_count); };
    const auto cell_z = [&](float z) { return cell_along(z, index.z_least_m, index.edge_m, index.row_count); };
    const std::size_t left = cell_x(place.x_m - rule.radius_m), right = cell_x(place.x_m + rule.radius_m);
    const std::size_t last_row = cell_z(place.z_m + rule.radius_m);
    for (std::size_t row = cell_z(place.z_m - rule.radius_m); row <= last_row; ++row) {
      const std::uint32_t begin = index.begin[row * index.column_count + left];
      const std::uint32_t end = index.begin[row * index.column_count + right + 1];
      grow(edges.sources, count + (end - begin) + 1);
      count = keep_near(index, begin, end, place, squared_m2, edges.sources.data(), count);
    }
    const std::size_t found = count - first;
    if (found > rule.most) {
      for (std::size_t k = 0; k < rule.most; ++k)
        edges.sources[first + k] = edges.sources[first + k * found / rule.most];
      count = first + rule.most;
    }
    edges.begin.push_back(static_cast<std::uint32_t>(count));
  }
}

}  // namespace hangil::lidar
