// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hangil::simulation {

// 8-bit RGB as a PNG (ISO/IEC 15948) without compression: recordings compress what they keep, and a picture that only
// goes from one module to the next is spared both ways. `rgb`: 3 bytes a pixel, row by row.
std::vector<std::uint8_t> plain_png(std::span<const std::uint8_t> rgb, int width_px, int height_px);

}  // namespace hangil::simulation
