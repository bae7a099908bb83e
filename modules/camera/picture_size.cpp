// SPDX-License-Identifier: Apache-2.0
#include "camera/picture_size.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace hangil::camera {

namespace {

constexpr std::int64_t kMostSide = 1 << 14, kMostPixels = 1 << 26;
constexpr std::array<std::uint8_t, 8> kPngMagic = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

std::int64_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at, int count) {
  std::int64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
  return value;
}

base::Result<PictureSize> checked(std::int64_t width, std::int64_t height) {
  if (width < 1 || height < 1 || width > kMostSide || height > kMostSide || width * height > kMostPixels) {
    return base::Error{"the picture would have " + std::to_string(width) + " x " + std::to_string(height) +
                       " pixels; at most 16384 a side and 67 million in all are read"};
  }
  return PictureSize{static_cast<int>(width), static_cast<int>(height)};
}

bool is_start_of_frame(std::uint8_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// ITU-T T.81, B.1.1.4: segments of marker, length and bytes up to the start of frame.
base::Result<PictureSize> jpeg_size(std::span<const std::uint8_t> bytes) {
  std::size_t at = 2;
  while (at + 9 <= bytes.size()) {
    if (bytes[at] != 0xff) return base::Error{"JPEG: no marker at byte " + std::to_string(at)};
    const std::uint8_t marker = bytes[at + 1];
    if (marker == 0xff) {
      ++at;
      continue;
    }
    if (is_start_of_frame(marker)) return checked(big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2));
    at += 2 + static_cast<std::size_t>(big_endian(bytes, at + 2, 2));
  }
  return base::Error{"JPEG: cut off before its start of frame, at byte " + std::to_string(bytes.size())};
}

}  // namespace

base::Result<PictureSize> picture_size(std::span<const std::uint8_t> bytes) {
  if (bytes.size() >= 24 && std::equal(kPngMagic.begin(), kPngMagic.end(), bytes.begin())) {
    return checked(big_endian(bytes, 16, 4), big_endian(bytes, 20, 4));
  }
  if (bytes.size() >= 4 && bytes[0] == 0xff && bytes[1] == 0xd8) return jpeg_size(bytes);
  return base::Error{"neither JPEG nor PNG (" + std::to_string(bytes.size()) + " bytes)"};
}

}  // namespace hangil::camera
