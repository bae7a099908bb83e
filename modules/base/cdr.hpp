// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <limits>
#include <span>

#include "base/fields.hpp"
#include "base/result.hpp"

// Plain CDR, little endian, as ROS 2 writes it (OMG DDSI-RTPS 2.3 section 10, XCDR version 1): a 4-byte
// encapsulation header, then members in order, each aligned to its own size counted from behind that header.
namespace hangil::base {

class CdrWriter {
 public:
  // Appends to `out`, which the caller may reuse between messages (cleared here, capacity kept).
  explicit CdrWriter(Bytes& out) : out_(out) {
    constexpr std::uint8_t kHeader[4] = {0, 1, 0, 0};
    out_.assign(kHeader, kHeader + 4);
  }

  template <class T>
  void operator()(std::string_view, const T& value) {
    write(value);
  }

  template <class T>
  void write(const T& value) {
    if constexpr (FieldStruct<T>) {
      T::fields(value, *this);
    } else if constexpr (std::is_same_v<T, Time>) {
      write_time(value.ns);
    } else if constexpr (std::is_same_v<T, Duration>) {
      write_time(value.ns);
    } else if constexpr (std::is_enum_v<T>) {
      write(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (Scalar<T>) {
      write_block(&value, sizeof(T), sizeof(T));
    } else if constexpr (std::is_same_v<T, std::string>) {
      write_string(value);
    } else if constexpr (kIsVector<T>) {
      write(static_cast<std::uint32_t>(value.size()));
      write_elements(value.data(), value.size());
    } else {
      static_assert(kIsArray<T>, "a member type without a CDR form");
      write_elements(value.data(), value.size());
    }
  }

 private:
  template <class E>
  void write_elements(const E* data, std::size_t count) {
    if constexpr (Scalar<E>) {
      if (count > 0) write_block(data, sizeof(E), count * sizeof(E));
    } else {
      for (std::size_t i = 0; i < count; ++i) write(data[i]);
    }
  }

  void write_time(std::int64_t ns) {
    std::int64_t seconds = ns / 1'000'000'000, rest = ns % 1'000'000'000;
    if (rest < 0) --seconds, rest += 1'000'000'000;
    write(static_cast<std::int32_t>(seconds));
    write(static_cast<std::uint32_t>(rest));
  }

  void write_string(const std::string& text) {
    write(static_cast<std::uint32_t>(text.size() + 1));
    write_block(text.c_str(), 1, text.size() + 1);
  }

  void write_block(const void* data, std::size_t alignment, std::size_t size) {
    const std::size_t padding = (alignment - (out_.size() - 4) % alignment) % alignment;
    const std::size_t start = out_.size() + padding;
    out_.resize(start + size);
    std::memcpy(out_.data() + start, data, size);
  }

  Bytes& out_;
};

// Reads what CdrWriter writes, and big endian as well. The first bad byte sets `error` and everything after reads as
// zero; no allocation exceeds the bytes at hand.
class CdrReader {
 public:
  explicit CdrReader(std::span<const std::uint8_t> bytes);

  template <class T>
  void operator()(std::string_view name, T& value) {
    if (failed()) return;
    const std::string_view outer = field_;
    field_ = name;
    read(value);
    if (!failed()) field_ = outer;
  }

  template <class T>
  void read(T& value) {
    if constexpr (FieldStruct<T>) {
      T::fields(value, *this);
    } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
      std::int32_t seconds = 0;
      std::uint32_t rest = 0;
      read(seconds), read(rest);
      value.ns = static_cast<std::int64_t>(seconds) * 1'000'000'000 + rest;
    } else if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> number{};
      read(number);
      value = static_cast<T>(number);
    } else if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t number = 0;
      read_block(&number, 1, 1);
      value = number != 0;
    } else if constexpr (Scalar<T>) {
      read_block(&value, sizeof(T), 1);
    } else if constexpr (std::is_same_v<T, std::string>) {
      read_string(value);
    } else if constexpr (kIsVector<T>) {
      read_vector(value);
    } else {
      static_assert(kIsArray<T>, "a member type without a CDR form");
      read_elements(value.data(), value.size());
    }
  }

  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }
  std::size_t offset() const { return offset_; }
  std::size_t remaining() const { return bytes_.size() - offset_; }

 private:
  template <class E>
  void read_vector(std::vector<E>& value) {
    std::uint32_t count = 0;
    read(count);
    constexpr std::size_t kLeast = Scalar<E> ? sizeof(E) : 1;
    if (failed() || count > remaining() / kLeast) return fail_count(count);
    value.clear();
    value.resize(count);
    read_elements(value.data(), count);
  }

  template <class E>
  void read_elements(E* data, std::size_t count) {
    if constexpr (Scalar<E> && !std::is_same_v<E, bool>) {
      if (count > 0) read_block(data, sizeof(E), count);
    } else {
      for (std::size_t i = 0; i < count && !failed(); ++i) read(data[i]);
    }
  }

  void read_block(void* data, std::size_t size, std::size_t count);
  void read_string(std::string& text);
  void fail_count(std::uint32_t count);
  void fail(std::string what);

  std::span<const std::uint8_t> bytes_;
  std::size_t offset_ = 0;
  bool is_swapped_ = false;
  std::string_view field_ = "header";
  std::string error_;
};

template <FieldStruct T>
void encode_cdr(const T& value, Bytes& out) {
  CdrWriter writer(out);
  writer.write(value);
}

// Error: the byte offset, the member, and what was expected there.
template <FieldStruct T>
Result<T> decode_cdr(std::span<const std::uint8_t> bytes) {
  T value;
  CdrReader reader(bytes);
  if (!reader.failed()) reader.read(value);
  if (reader.failed()) return Error{std::string(T::kType) + ": " + reader.error()};
  return value;
}

}  // namespace hangil::base
