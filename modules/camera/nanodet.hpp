// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "camera/image_box.hpp"
#include "model/network.hpp"
#include "model/weights.hpp"

namespace hangil::camera {

inline constexpr int kCocoClassCount = 80;

// NanoDet-Plus-m (ShuffleNetV2 1.0x, GhostPAN, four depthwise heads), our definition for its public weights. Input:
// one BGR picture, (value - mean) / deviation, height and width multiples of 32. Outputs: maps at strides 8, 16, 32 and
// 64 of 112 channels: 80 class logits, then 4 x 8 bins of the distances left, top, right, bottom.
base::Result<model::Network> nanodet_network(const model::Weights& weights);

struct NanodetInput {
  static constexpr float kMean[3] = {103.53F, 116.28F, 123.675F};  // B, G, R
  static constexpr float kDeviation[3] = {57.375F, 57.12F, 58.395F};
};

// Boxes in pixels of the network's input whose best class reaches `least_score`, best first. Each cell's centre is
// (column, row) * stride; a distance is the mean of its bins' softmax times the stride (Generalized Focal Loss,
// arXiv:2006.04388).
std::vector<ImageBox> decode_nanodet(const std::vector<std::vector<float>>& outputs, model::MapSize input,
                                     float least_score);

}  // namespace hangil::camera
