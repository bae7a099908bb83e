// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "lidar/pillars.hpp"

// The pillar feature network of PointPillars (Lang et al., CVPR 2019, section 2.1): a linear layer on ten numbers a
// point, ReLU, and the maximum over the points of a pillar.
namespace hangil::lidar {

inline constexpr std::size_t kPillarChannels = 64;

// What the layer sees of a point: itself, its offset from the mean of its pillar's points, and from its middle (in z
// from the middle between the grid's limits). Weights of zero for the last leave PointPillars' nine.
enum PillarInput : std::size_t {
  kX,
  kY,
  kZ,
  kIntensity,
  kFromMeanX,
  kFromMeanY,
  kFromMeanZ,
  kFromMiddleX,
  kFromMiddleY,
  kFromMiddleZ,
  kPillarInputCount
};

using PillarChannels = std::array<float, kPillarChannels>;

// y = max over points of ReLU(bias + sum of weights[input] * input); batch normalisation is folded in.
struct PillarNetwork {
  std::array<PillarChannels, kPillarInputCount> weights{};
  PillarChannels bias{};
};

// `features` gets pillars.count rows of kPillarChannels. As the layer is linear, whatever is the same for all points of
// a pillar is added after the maximum, which leaves four products a point and channel of ten.
void compute_pillar_features(const Pillars& pillars, const PillarGrid& grid, const PillarNetwork& network,
                             std::vector<float>& features);

}  // namespace hangil::lidar
