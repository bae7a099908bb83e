// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include <Eigen/Core>

// Random inputs for property tests, the same on every machine.
namespace hangil::tests {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  double between(double least, double most) { return least + (most - least) * engine_() / 4294967296.0; }
  Eigen::Vector3d in_cube(double half) {
    const double x = between(-half, half), y = between(-half, half);
    return {x, y, between(-half, half)};
  }
  Eigen::Vector3d direction() {
    while (true) {
      const Eigen::Vector3d v = in_cube(1);
      if (v.norm() > 0.1 && v.norm() < 1) return v.normalized();
    }
  }

 private:
  std::mt19937 engine_;
};

}  // namespace hangil::tests
