// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "lidar/point_gnn.hpp"

namespace hangil::lidar {

namespace {

constexpr float kPointRadius_m = 1, kKeypointRadius_m = 4;

// Multiply-adds of a layer-1 edge (4-32-64-128-300), of a layer-2 edge (300-300), and of a keypoint (two products of
// 300 x 300 after each maximum, the source's term, offset, classes and two boxes).
constexpr std::int64_t kPerPointEdge = 4 * 32 + 32 * 64 + 64 * 128 + 128 * 300;
constexpr std::int64_t kPerKeypointEdge = 300 * 300;
constexpr std::int64_t kPerKeypoint =
    4 * 300 * 300 + 303 * 300 + 300 * 64 + 64 * 3 + 300 * 64 + 64 * 4 + 2 * (300 * 64 + 64 * 64 + 64 * 7);

void take_points(const Points& from, const std::vector<std::uint32_t>& chosen, std::size_t count, Points& taken) {
  taken.set_count(count);
  for (std::size_t i = 0; i < count; ++i) {
    taken.x_m[i] = from.x_m[chosen[i]], taken.y_m[i] = from.y_m[chosen[i]], taken.z_m[i] = from.z_m[chosen[i]];
    taken.intensity[i] = from.intensity[chosen[i]];
  }
}

void link_keypoints(const GnnDetail& detail, GnnGraph& graph) {
  index_columns(graph.keypoints, kKeypointRadius_m, graph.index);
  find_neighbours(graph.index, graph.keypoints, {kKeypointRadius_m, detail.keypoints_most}, graph.from_keypoints);
}

// How many of the nearest keypoints the work allows.
std::size_t count_affordable(const GnnGraph& graph, std::int64_t operations_most) {
  std::int64_t spent = 0;
  for (std::size_t d = 0; d < graph.keypoints.count; ++d) {
    spent += kPerKeypoint + kPerPointEdge * (graph.from_points.begin[d + 1] - graph.from_points.begin[d]) +
             kPerKeypointEdge * (graph.from_keypoints.begin[d + 1] - graph.from_keypoints.begin[d]);
    if (spent / 1000 > operations_most) return d;
  }
  return graph.keypoints.count;
}

}  // namespace

base::Status build_gnn_graph(const Points& camera_points, const GnnDetail& detail, std::int64_t operations_most,
                             GnnGraph& graph) {
  const base::Status chosen = choose_keypoints(camera_points, detail.voxel_m, graph.choice, graph.chosen);
  if (!chosen) return chosen;
  std::size_t count = graph.chosen.size();
  // A keypoint costs its own share at least, so no more than these are ever linked.
  if (operations_most > 0) {
    count = std::min(count, static_cast<std::size_t>(operations_most * 1000 / kPerKeypoint) + 1);
  }
  take_points(camera_points, graph.chosen, count, graph.keypoints);
  index_columns(camera_points, kPointRadius_m, graph.index);
  find_neighbours(graph.index, graph.keypoints, {kPointRadius_m, detail.points_most}, graph.from_points);
  link_keypoints(detail, graph);
  if (operations_most <= 0) return {};
  const std::size_t affordable = count_affordable(graph, operations_most);
  if (affordable == graph.keypoints.count) return {};
  take_points(camera_points, graph.chosen, affordable, graph.keypoints);
  graph.from_points.begin.resize(affordable + 1);
  link_keypoints(detail, graph);
  return {};
}

std::int64_t count_operations(const GnnGraph& graph) {
  const auto edges = [](const Edges& all) { return static_cast<std::int64_t>(all.count()); };
  return (kPerPointEdge * edges(graph.from_points) + kPerKeypointEdge * edges(graph.from_keypoints) +
          kPerKeypoint * static_cast<std::int64_t>(graph.keypoints.count)) /
         1000;
}

}  // namespace hangil::lidar
