// SPDX-License-Identifier: Apache-2.0
#include "viewer/png.hpp"

#include <png.h>

namespace hangil::viewer {

namespace {

constexpr std::size_t kMostPixels = 64'000'000;

base::Result<base::Bytes> encode(int width_px, int height_px, std::span<const std::uint8_t> rgb) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width_px);
  image.height = static_cast<png_uint_32>(height_px);
  image.format = PNG_FORMAT_RGB;
  base::Bytes bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, rgb.data(), 0, nullptr) == 0) {
    return base::Error{std::string("PNG: ") + image.message};
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

base::Result<base::Bytes> encode_png(const Raster& raster) {
  return encode(raster.width_px(), raster.height_px(), raster.rgb());
}

base::Result<base::Bytes> encode_png(const RgbPicture& picture) {
  const std::size_t needed =
      std::size_t{3} * static_cast<std::size_t>(picture.width_px) * static_cast<std::size_t>(picture.height_px);
  if (picture.width_px <= 0 || picture.height_px <= 0 || picture.rgb.size() != needed)
    return base::Error{"PNG: a picture needs three bytes a pixel"};
  return encode(picture.width_px, picture.height_px, picture.rgb);
}

base::Result<RgbPicture> decode_png(std::span<const std::uint8_t> bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    return base::Error{std::string("PNG: ") + image.message};
  if (std::size_t{image.width} * image.height > kMostPixels) {
    png_image_free(&image);
    return base::Error{"PNG: has more than 64 million pixels"};
  }
  image.format = PNG_FORMAT_RGB;
  RgbPicture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgb.resize(PNG_IMAGE_SIZE(image));
  const png_color black{};
  if (png_image_finish_read(&image, &black, picture.rgb.data(), 0, nullptr) == 0)
    return base::Error{std::string("PNG: ") + image.message};
  return picture;
}

}  // namespace hangil::viewer
