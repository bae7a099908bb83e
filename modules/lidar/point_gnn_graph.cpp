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

// Makes the `count` nearest the graph's keypoints. from_points may hold more than they need.
void keep_keypoints(const Points& camera_points, const GnnDetail& detail, std::size_t count, GnnGraph& graph) {
  take_points(camera_points, graph.chosen, count, graph.keypoints);
  index_columns(graph.keypoints, kKeypointRadius_m, graph.index);
  find_neighbours(graph.index, graph.keypoints, {kKeypointRadius_m, detail.keypoints_most}, graph.from_keypoints);
}

// Halves the number of keypoints in doubt a few times, so that little of the allowance is left over.
void fit_to_work(const Points& camera_points, const GnnDetail& detail, std::int64_t operations_most, GnnGraph& graph) {
  constexpr int kRounds = 6;
  std::size_t fits = 0, too_many = graph.keypoints.count;
  for (int round = 0; round < kRounds && too_many - fits > 1; ++round) {
    const std::size_t middle = (fits + too_many) / 2;
    keep_keypoints(camera_points, detail, middle, graph);
    (count_operations(graph) <= operations_most ? fits : too_many) = middle;
  }
  keep_keypoints(camera_points, detail, fits, graph);
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
  keep_keypoints(camera_points, detail, count, graph);
  if (operations_most > 0 && count_operations(graph) > operations_most) {
    fit_to_work(camera_points, detail, operations_most, graph);
  }
  graph.from_points.begin.resize(graph.keypoints.count + 1);
  return {};
}

std::int64_t count_operations(const GnnGraph& graph) {
  const std::int64_t point_edges = graph.from_points.begin[graph.keypoints.count];
  const auto keypoint_edges = static_cast<std::int64_t>(graph.from_keypoints.count());
  return (kPerPointEdge * point_edges + kPerKeypointEdge * keypoint_edges +
          kPerKeypoint * static_cast<std::int64_t>(graph.keypoints.count)) /
         1000;
}

}  // namespace hangil::lidar
