// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include "lidar/pillar_features.hpp"

// Points and weights for tests and benchmarks of pillars.
namespace hangil::lidar::tests {

// Not inlined: g++ 12 then warns falsely of a size below zero.
[[gnu::noinline]] inline void add_point(Points& points, float x_m, float y_m, float z_m, float intensity = 0) {
  const std::size_t i = points.count;
  points.set_count(i + 1);
  points.x_m[i] = x_m, points.y_m[i] = y_m, points.z_m[i] = z_m, points.intensity[i] = intensity;
}

// Denser near the origin; some lie outside the grid.
inline Points random_scan(std::size_t count, std::uint64_t seed, const PillarGrid& grid) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> near_m(0, 15);
  std::uniform_real_distribution<float> z_m(grid.z_least_m - 0.5f, grid.z_most_m + 0.5f), intensity(0, 1);
  Points points;
  for (std::size_t i = 0; i < count; ++i) {
    const float x_m = near_m(random), y_m = near_m(random), height_m = z_m(random);
    add_point(points, x_m, y_m, height_m, intensity(random));
  }
  return points;
}

inline PillarNetwork random_network(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> weight(0, 0.2f);
  PillarNetwork network;
  for (PillarChannels& channels : network.weights) {
    for (float& value : channels) value = weight(random);
  }
  for (float& value : network.bias) value = weight(random);
  return network;
}

}  // namespace hangil::lidar::tests
