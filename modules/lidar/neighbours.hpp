// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "lidar/points.hpp"

namespace hangil::lidar {

// Points sorted into square columns over the x-z plane, so that those near a place are three runs of an array.
struct ColumnIndex {
  float x_least_m = 0, z_least_m = 0, edge_m = 1;
  std::size_t column_count = 0, row_count = 0;  // along x and z
  std::vector<std::uint32_t> begin;             // by cell, and one more
  std::vector<float> x_m, y_m, z_m;             // by cell, within a cell in the points' order
  std::vector<std::uint32_t> points;            // which point that is
  std::vector<std::uint32_t> cells;             // working memory
};

// Points are finite and span at most 2,000 cells either way.
void index_columns(const Points& points, float edge_m, ColumnIndex& index);

// The neighbours of destination d are sources[begin[d]] to sources[begin[d + 1]].
struct Edges {
  std::vector<std::uint32_t> begin, sources;
  std::size_t count() const { return begin.empty() ? 0 : begin.back(); }
};

// All indexed points within `radius_m` (at most the index's edge) of each destination, by distance in 3D, ends
// included. Of more than `most` every (n / most)th in the index's order stays, so the choice is spread over the
// neighbourhood and always the same.
struct NeighbourRule {
  float radius_m = 1;
  std::size_t most = 64;
};
void find_neighbours(const ColumnIndex& index, const Points& destinations, const NeighbourRule& rule, Edges& edges);

}  // namespace hangil::lidar
