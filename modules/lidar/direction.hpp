// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace hangil::lidar {

// Which of `Count` equal sectors (a power of two) a direction lies in, 0 beginning along +x, counting towards +y.
// Branchless, so that loops over it vectorise. The arc tangent is an odd polynomial of degree 11 on [0, 1], good to
// 2e-6 rad (cf. Abramowitz and Stegun, Handbook of Mathematical Functions, 4.4.49). (0, 0) is in sector 0.
template <int Count>
inline std::int32_t direction_index(float x, float y) {
  const float ax = std::abs(x), ay = std::abs(y);
  const float most = ax > ay ? ax : ay, least = ax > ay ? ay : ax;
  const float t = least / (most + 1e-30f), s = t * t;
  constexpr float kSectorsPerRad = Count / (2 * std::numbers::pi_v<float>);
  float turn = ((((-0.01172120f * s + 0.05265332f) * s - 0.11643287f) * s + 0.19354346f) * s - 0.33262347f) * s;
  turn = (turn + 0.99997726f) * t * kSectorsPerRad;
  turn = ay > ax ? Count / 4 - turn : turn;
  turn = x < 0 ? Count / 2 - turn : turn;
  turn = y < 0 ? Count - turn : turn;
  return static_cast<std::int32_t>(turn) & (Count - 1);
}

}  // namespace hangil::lidar
