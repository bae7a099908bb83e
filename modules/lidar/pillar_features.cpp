// SPDX-License-Identifier: Apache-2.0
#include "lidar/pillar_features.hpp"

#include "base/hot.hpp"
#include "lidar/extremes.hpp"

namespace hangil::lidar {

namespace {

// Weights by what varies within a pillar (x and y from its middle, z, intensity) and by what is the same throughout.
struct FoldedNetwork {
  PillarChannels x, y, z, intensity;
  PillarChannels middle_x, middle_y, mean_x, mean_y, mean_z, constant;
};

FoldedNetwork fold(const PillarNetwork& network, const PillarGrid& grid) {
  const auto& w = network.weights;
  const float middle_z_m = (grid.z_least_m + grid.z_most_m) / 2;
  FoldedNetwork folded;
  for (std::size_t c = 0; c < kPillarChannels; ++c) {
    folded.x[c] = w[kX][c] + w[kFromMeanX][c] + w[kFromMiddleX][c];
    folded.y[c] = w[kY][c] + w[kFromMeanY][c] + w[kFromMiddleY][c];
    folded.z[c] = w[kZ][c] + w[kFromMeanZ][c] + w[kFromMiddleZ][c];
    folded.intensity[c] = w[kIntensity][c];
    folded.middle_x[c] = w[kX][c], folded.middle_y[c] = w[kY][c];
    folded.mean_x[c] = -w[kFromMeanX][c], folded.mean_y[c] = -w[kFromMeanY][c], folded.mean_z[c] = -w[kFromMeanZ][c];
    folded.constant[c] = network.bias[c] - middle_z_m * w[kFromMiddleZ][c];
  }
  return folded;
}

struct Sums {
  float x = 0, y = 0, z = 0;
};

// One pillar a turn: the maximum over its points stays in registers.
HANGIL_HOT void run_pillar_network(const Pillars& pillars, const PillarGrid& grid, const FoldedNetwork& network,
                                   float* __restrict features) {
  const PillarPoint* __restrict points = pillars.points.data();
  for (std::size_t i = 0; i < pillars.count; ++i) {
    const std::uint32_t begin = pillars.begin[i], end = pillars.begin[i + 1];
    float most[kPillarChannels];
    for (float& value : most) value = -3e38f;
    Sums sums;
    for (std::uint32_t k = begin; k < end; ++k) {
      const auto [x, y, z, intensity] = points[k];
      sums.x += x, sums.y += y, sums.z += z;
      for (std::size_t c = 0; c < kPillarChannels; ++c) {
        const float value = network.x[c] * x + network.y[c] * y + (network.z[c] * z + network.intensity[c] * intensity);
        most[c] = larger(value, most[c]);
      }
    }
    const float share = 1 / static_cast<float>(end - begin);
    const PillarCentre centre = pillar_centre(grid, pillars.cells[i]);
    const Sums mean{sums.x * share, sums.y * share, sums.z * share};
    float* __restrict row = features + i * kPillarChannels;
    for (std::size_t c = 0; c < kPillarChannels; ++c) {
      const float same = network.middle_x[c] * centre.x_m + network.middle_y[c] * centre.y_m +
                         (network.mean_x[c] * mean.x + network.mean_y[c] * mean.y + network.mean_z[c] * mean.z);
      row[c] = larger(most[c] + (same + network.constant[c]), 0.0f);
    }
  }
}

}  // namespace

void compute_pillar_features(const Pillars& pillars, const PillarGrid& grid, const PillarNetwork& network,
                             std::vector<float>& features) {
  grow(features, pillars.count * kPillarChannels);
  run_pillar_network(pillars, grid, fold(network, grid), features.data());
}

}  // namespace hangil::lidar
