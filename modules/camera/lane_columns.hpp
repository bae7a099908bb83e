// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "messages/lane_lines.hpp"

namespace hangil::camera {

inline constexpr double kNoColumn = -2;  // the lane is not in this row

// Lanes as the TuSimple lane detection challenge (2017) wants them: the column (px) in each of the given rows. Where a
// line was seen that is its curve; beyond it goes straight on, down to the picture's edge and up to shortly below where
// lines meet (without two that meet: as far as it was seen). Lines that go through the same pixels are one lane:
// dashes, or a line that was lost behind a car.
std::vector<std::vector<double>> lane_columns(const messages::LaneLines& lines, std::span<const double> rows);

}  // namespace hangil::camera
