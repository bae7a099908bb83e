// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::lidar {

// The smaller and the larger of two numbers as one instruction each: std::min and std::max give references, which keeps
// some loops from being vectorised. Where `a` or `b` is not a number, the result is `b`.
inline float smaller(float a, float b) { return a < b ? a : b; }
inline float larger(float a, float b) { return a > b ? a : b; }

}  // namespace hangil::lidar
