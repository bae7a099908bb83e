// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/fields.hpp"

// The scalars, strings and maps that MCAP records are made of (https://mcap.dev/spec#serialization): little endian,
// unaligned.
namespace hangil::recording::mcap {

static_assert(std::endian::native == std::endian::little);

using ByteSpan = std::span<const std::uint8_t>;
using TextMap = std::map<std::string, std::string>;

// Appends to bytes that the caller owns.
class ByteWriter {
 public:
  explicit ByteWriter(base::Bytes& out) : out_(out) {}

  template <std::integral T>
  void number(T value) {
    block(&value, sizeof value);
  }
  void block(const void* data, std::size_t size) {
    const auto* begin = static_cast<const std::uint8_t*>(data);
    out_.insert(out_.end(), begin, begin + size);
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    block(value.data(), value.size());
  }
  void map(const TextMap& values);

 private:
  base::Bytes& out_;
};

// Reads what ByteWriter writes. A read beyond the end fails for good: it and all that follow give zeros.
class ByteReader {
 public:
  explicit ByteReader(ByteSpan bytes) : bytes_(bytes) {}

  template <std::integral T>
  T number() {
    T value{};
    const ByteSpan part = take(sizeof value);
    if (part.size() == sizeof value) std::memcpy(&value, part.data(), sizeof value);
    return value;
  }
  std::uint16_t u16() { return number<std::uint16_t>(); }
  std::uint32_t u32() { return number<std::uint32_t>(); }
  std::uint64_t u64() { return number<std::uint64_t>(); }
  std::string text() {
    const ByteSpan part = take(u32());
    return {reinterpret_cast<const char*>(part.data()), part.size()};
  }
  TextMap map();
  ByteSpan take(std::uint64_t size) {
    if (has_failed_ || size > bytes_.size()) return fail();
    const ByteSpan part = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return part;
  }
  std::size_t left() const { return bytes_.size(); }
  bool has_failed() const { return has_failed_; }

 private:
  ByteSpan fail() {
    has_failed_ = true;
    bytes_ = {};
    return {};
  }

  ByteSpan bytes_;
  bool has_failed_ = false;
};

}  // namespace hangil::recording::mcap
