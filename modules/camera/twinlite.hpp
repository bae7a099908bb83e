// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/network.hpp"
#include "model/weights.hpp"

namespace hangil::camera {

// TwinLiteNet+ small (arXiv:2403.16958), our definition for its public weights. Input: one RGB picture, value / 255,
// height a multiple of 16 and width of 32. Outputs, as large as the input: two logits a pixel for the drivable area
// (elsewhere, drivable) and two for lane lines (elsewhere, line).
base::Result<model::Network> twinlite_network(const model::Weights& weights);

}  // namespace hangil::camera
