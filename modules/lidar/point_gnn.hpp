// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "base/result.hpp"
#include "lidar/dense_layer.hpp"
#include "lidar/keypoints.hpp"
#include "lidar/neighbours.hpp"
#include "model/weights.hpp"

// Point-GNN (Shi and Rajkumar, "Point-GNN: graph neural network for 3D object detection in a point cloud", CVPR 2020)
// with one round of messages, as in its authors' car_auto_T1 weights: cars inside a camera's view.
namespace hangil::lidar {

inline constexpr std::size_t kGnnClasses = 4;  // background, car near 0 degrees, car near 90 degrees, don't care
inline constexpr std::size_t kGnnCarClasses = 2, kGnnBoxNumbers = 7;

struct PointGnn {
  std::array<DenseLayer, 4> of_points;    // intensity, dx, dy, dz of an edge -> 300, before the maximum
  std::array<DenseLayer, 2> of_patch;     // after it
  std::array<DenseLayer, 2> offset;       // 300 -> 3
  DenseLayer of_source;                   // features and place of a source: the first layer of an edge, split in two
  std::vector<float> of_destination;      // 3 x width, what the place of a destination takes from that
  DenseLayer of_edge;                     // its second layer, before the maximum
  std::array<DenseLayer, 2> of_messages;  // after it
  std::array<DenseLayer, 2> class_head;
  std::array<std::array<DenseLayer, 3>, kGnnCarClasses> box_heads;
};

// Errors name the tensor that is absent or has another shape.
base::Result<PointGnn> make_point_gnn(const model::Weights& weights);

// How finely to look; the network takes any.
struct GnnDetail {
  double voxel_m = 0.8;
  std::size_t points_most = 64;      // of a keypoint's surroundings (1 m)
  std::size_t keypoints_most = 256;  // neighbours of a keypoint (4 m)
};

// A keypoint for each voxel, the points within 1 m of each and the keypoints within 4 m of it, itself included.
struct GnnGraph {
  Points keypoints;  // nearest first
  Edges from_points, from_keypoints;

  // Working memory.
  KeypointState choice;
  std::vector<std::uint32_t> chosen;
  ColumnIndex index;
};

// `operations_most` (multiply-adds in thousands, 0: no limit) leaves out the farthest keypoints.
base::Status build_gnn_graph(const Points& camera_points, const GnnDetail& detail, std::int64_t operations_most,
                             GnnGraph& graph);

// Multiply-adds in thousands, as if no input were zero.
std::int64_t count_operations(const GnnGraph& graph);

// By keypoint: probabilities of the classes, and for each car class the numbers of a box. Buffers are reused.
struct GnnAnswer {
  std::size_t count = 0;
  std::vector<std::array<float, kGnnClasses>> probabilities;
  std::vector<std::array<std::array<float, kGnnBoxNumbers>, kGnnCarClasses>> boxes;
};

struct GnnMemory {
  DenseMemory dense;
  std::array<std::vector<float>, 3> rows;       // of one tile: hidden layers
  std::vector<float> features, pooled, hidden;  // by keypoint
  std::vector<float> source_terms, destination_terms;
};

// `camera_points` are those the graph was built from.
void run_point_gnn(const PointGnn& network, const Points& camera_points, const GnnGraph& graph, GnnMemory& memory,
                   GnnAnswer& answer);

}  // namespace hangil::lidar
