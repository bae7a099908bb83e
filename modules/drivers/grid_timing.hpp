// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "drivers/reaction.hpp"

namespace hangil::drivers {

// How the JRC's grids are run: 10 Hz, 350 steps, cars of one size.
inline constexpr double kGridStep_s = 0.1;
inline constexpr int kGridStepCount = 350;
inline constexpr double kGridLength_m = 4.3, kGridWidth_m = 1.9;

// A car that keeps to its lane.
struct GridCar {
  double position_m = 0, speed_mps = 0, acceleration_mps2 = 0;

  // The speed reached carries it through the whole step (semi-implicit Euler); it stops at standstill.
  void advance(double demanded_mps2) {
    acceleration_mps2 = demanded_mps2;
    speed_mps = std::max(0.0, speed_mps + demanded_mps2 * kGridStep_s);
    position_m += speed_mps * kGridStep_s;
  }
};

}  // namespace hangil::drivers
