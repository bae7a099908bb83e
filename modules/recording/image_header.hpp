// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace hangil::recording {

// What the first bytes of a picture tell.
struct ImageHeader {
  std::string format;  // "jpeg" (ITU-T T.81, frame header) or "png" (W3C PNG, IHDR)
  std::uint32_t width_px = 0, height_px = 0;
};

// Nothing for other formats and broken files.
std::optional<ImageHeader> read_image_header(std::span<const std::uint8_t> bytes);

}  // namespace hangil::recording
