// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"
#include "base/result.hpp"
#include "viewer/raster.hpp"

namespace hangil::viewer {

// 8-bit RGB PNG (ISO/IEC 15948) without time stamps: the same picture gives the same bytes. Error: libpng's own words.
base::Result<base::Bytes> encode_png(const Raster& raster);

// Three bytes a pixel (red, green, blue), row by row.
struct RgbPicture {
  int width_px = 0, height_px = 0;
  std::vector<std::uint8_t> rgb;
};
base::Result<base::Bytes> encode_png(const RgbPicture& picture);

// Any PNG as 8-bit RGB; grey becomes three equal bytes, what is transparent black. Error: libpng's own words, or a
// picture of more than 64 million pixels.
base::Result<RgbPicture> decode_png(std::span<const std::uint8_t> bytes);

}  // namespace hangil::viewer
