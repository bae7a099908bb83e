// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "math/pose2.hpp"

namespace hangil::math {

// Points every `spacing_m` (slightly adjusted so that both ends are kept) along the polyline, straight between its
// corners. Corners nearer than half a spacing to the one before are left out. Empty when less than two remain.
std::vector<Point2> resample(std::span<const Point2> polyline, double spacing_m);

// Least squares with a penalty on third differences, so circles stay circles (Whittaker 1923; Eilers 2003): waves along
// the line longer than `wavelength_m` stay, shorter ones go. Points are `spacing_m` apart; 0 or fewer than 8 points:
// unchanged. O(n).
std::vector<Point2> smooth(std::vector<Point2> points, double spacing_m, double wavelength_m);

}  // namespace hangil::math
