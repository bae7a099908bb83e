// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/point_gnn.hpp"

namespace hangil::lidar::tests {

// The network computed again from the weights, edge by edge and layer by layer as its authors write it, in double
// precision: nothing is split, skipped or packed.
GnnAnswer reference_answer(const model::Weights& weights, const Points& camera_points, const GnnGraph& graph);

// Weights of the network's shapes, small and random.
model::Weights random_gnn_weights(std::uint64_t seed);

}  // namespace hangil::lidar::tests
