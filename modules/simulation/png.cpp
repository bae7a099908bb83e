// SPDX-License-Identifier: Apache-2.0
#include "simulation/png.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <string_view>

#include <libdeflate.h>

namespace hangil::simulation {

namespace {

class Writer {
 public:
  explicit Writer(std::size_t size) { bytes_.reserve(size); }

  void put(std::span<const std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  void put_big_endian(std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0}) bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
  }
  void put_byte(int value) { bytes_.push_back(static_cast<std::uint8_t>(value)); }

  // As a zlib stream (RFC 1950) of blocks that are stored as they are.
  void put_stored(std::span<const std::uint8_t> bytes) {
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(0), libdeflate_free_compressor);
    const std::size_t from = bytes_.size(), most = libdeflate_zlib_compress_bound(compressor.get(), bytes.size());
    bytes_.resize(from + most);
    bytes_.resize(from + libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), &bytes_[from], most));
  }

  // Length, type, what `body` puts, checksum.
  template <class Body>
  void chunk(std::string_view type, Body&& body) {
    const std::size_t length_at = bytes_.size();
    put_big_endian(0);
    const std::size_t from = bytes_.size();
    for (const char letter : type) put_byte(letter);
    body();
    const auto length = static_cast<std::uint32_t>(bytes_.size() - from - type.size());
    for (std::size_t i = 0; i < 4; ++i) bytes_[length_at + i] = static_cast<std::uint8_t>(length >> (24 - 8 * i));
    put_big_endian(libdeflate_crc32(0, bytes_.data() + from, bytes_.size() - from));
  }

  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

// Every row begins with its filter: 0, none.
std::vector<std::uint8_t> with_filters(std::span<const std::uint8_t> rgb, std::size_t row_bytes, std::size_t rows) {
  std::vector<std::uint8_t> lines(rows * (row_bytes + 1));
  for (std::size_t row = 0; row < rows; ++row) {
    std::memcpy(&lines[row * (row_bytes + 1) + 1], &rgb[row * row_bytes], row_bytes);
  }
  return lines;
}

}  // namespace

std::vector<std::uint8_t> plain_png(std::span<const std::uint8_t> rgb, int width_px, int height_px) {
  const auto width = static_cast<std::size_t>(width_px), height = static_cast<std::size_t>(height_px);
  const std::vector<std::uint8_t> lines = with_filters(rgb.first(3 * width * height), 3 * width, height);
  Writer writer(lines.size() + lines.size() / 1000 + 256);  // some bytes for each block, the bound of which is generous
  constexpr std::array<std::uint8_t, 8> kSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  writer.put(kSignature);
  writer.chunk("IHDR", [&] {
    writer.put_big_endian(static_cast<std::uint32_t>(width_px)),
        writer.put_big_endian(static_cast<std::uint32_t>(height_px));
    for (const int value : {8, 2, 0, 0, 0}) writer.put_byte(value);  // bits, RGB, deflate, filters by row, no interlace
  });
  writer.chunk("IDAT", [&] { writer.put_stored(lines); });
  writer.chunk("IEND", [] {});
  return writer.take();
}

}  // namespace hangil::simulation
