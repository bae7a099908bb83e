// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

// The frame that the report's charts share. Lengths in units of the chart's viewBox.
namespace hangil::evaluation {

inline constexpr double kChartWidth = 1240, kChartLeft = 46, kChartRight = 1228;

// Horizontal grid lines with numbers from 0 to `most`; values rise from `bottom` to `top`.
std::string value_axis(double most, double top, double bottom, const char* unit);
// Seconds along the bottom, from 0 at the left to `seconds` at the right.
std::string time_axis(double seconds, double bottom);
double chart_x(double share);  // 0 at the left edge, 1 at the right one

}  // namespace hangil::evaluation
