// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"
#include "base/result.hpp"
#include "viewer/raster.hpp"

namespace hangil::viewer {

// 8-bit RGB PNG (ISO/IEC 15948) without time stamps: the same picture gives the same bytes. Error: libpng's own words.
base::Result<base::Bytes> encode_png(const Raster& raster);

}  // namespace hangil::viewer
