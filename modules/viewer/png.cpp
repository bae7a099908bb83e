// SPDX-License-Identifier: Apache-2.0
#include "viewer/png.hpp"

#include <png.h>

namespace hangil::viewer {

base::Result<base::Bytes> encode_png(const Raster& raster) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(raster.width_px());
  image.height = static_cast<png_uint_32>(raster.height_px());
  image.format = PNG_FORMAT_RGB;
  base::Bytes bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, raster.rgb().data(), 0, nullptr) == 0) {
    return base::Error{std::string("PNG: ") + image.message};
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace hangil::viewer
