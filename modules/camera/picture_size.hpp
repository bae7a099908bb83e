// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"

namespace hangil::camera {

struct PictureSize {
  int width = 0, height = 0;
};

// Size of a JPEG or PNG from its header, without decoding it: so that a few bytes cannot ask for gigabytes. Refused:
// other formats, cut off headers, sides of 0 or more than 2^14 pixels, more than 2^26 pixels in all.
base::Result<PictureSize> picture_size(std::span<const std::uint8_t> bytes);

}  // namespace hangil::camera
