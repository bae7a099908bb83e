// SPDX-License-Identifier: Apache-2.0
#include "recording/image_header.hpp"

#include <algorithm>
#include <array>

namespace hangil::recording {

namespace {

using ByteSpan = std::span<const std::uint8_t>;

std::uint32_t big_endian(ByteSpan bytes) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

std::optional<ImageHeader> read_png(ByteSpan bytes) {
  constexpr std::size_t kWidthAt = 16, kHeaderBytes = 24;
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  return ImageHeader{"png", big_endian(bytes.subspan(kWidthAt, 4)), big_endian(bytes.subspan(kWidthAt + 4, 4))};
}

// Frame headers are SOF0 to SOF15 without the three that are something else: DHT, JPG and DAC.
bool is_frame_header(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::optional<ImageHeader> read_jpeg(ByteSpan bytes) {
  std::size_t at = 2;
  while (at + 9 <= bytes.size() && bytes[at] == 0xFF) {
    const std::uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    if (is_frame_header(marker)) {
      return ImageHeader{"jpeg", big_endian(bytes.subspan(at + 7, 2)), big_endian(bytes.subspan(at + 5, 2))};
    }
    at += 2 + std::size_t{big_endian(bytes.subspan(at + 2, 2))};
  }
  return std::nullopt;
}

bool begins_with(ByteSpan bytes, std::initializer_list<std::uint8_t> magic) {
  return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

}  // namespace

std::optional<ImageHeader> read_image_header(std::span<const std::uint8_t> bytes) {
  if (begins_with(bytes, {0xFF, 0xD8})) {
    // at + 9 covers the height and width of a frame header, so the last byte of the width must be there too.
    return read_jpeg(bytes);
  }
  if (begins_with(bytes, {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})) return read_png(bytes);
  return std::nullopt;
}

}  // namespace hangil::recording
