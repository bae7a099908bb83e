// SPDX-License-Identifier: Apache-2.0
#include "base/cdr.hpp"

#include <algorithm>

namespace hangil::base {

CdrReader::CdrReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {
  if (bytes.size() < 4) {
    fail("shorter than the 4-byte encapsulation header");
  } else if (bytes[0] != 0 || bytes[1] > 1) {
    fail("encapsulation is not plain CDR");
  } else {
    is_swapped_ = bytes[1] == 0;
    offset_ = 4;
  }
}

void CdrReader::read_block(void* data, std::size_t size, std::size_t count) {
  const std::size_t start = 4 + (offset_ - 4 + size - 1) / size * size;
  if (failed()) return;
  if (start > bytes_.size() || count > (bytes_.size() - start) / size) {
    return fail("needs " + std::to_string(size * count) + " bytes, has " +
                std::to_string(bytes_.size() - std::min(start, bytes_.size())));
  }
  std::memcpy(data, bytes_.data() + start, size * count);
  if (is_swapped_) {
    auto* raw = static_cast<std::uint8_t*>(data);
    for (std::size_t i = 0; i < count; ++i) std::reverse(raw + i * size, raw + (i + 1) * size);
  }
  offset_ = start + size * count;
}

void CdrReader::read_string(std::string& text) {
  std::uint32_t length = 0;
  read_block(&length, 4, 1);
  if (failed()) return;
  if (length > remaining()) return fail_count(length);
  const auto* begin = reinterpret_cast<const char*>(bytes_.data() + offset_);
  if (length > 0 && begin[length - 1] != '\0') return fail("string without its closing zero");
  text.assign(begin, length > 0 ? length - 1 : 0);
  offset_ += length;
}

void CdrReader::fail_count(std::uint32_t count) {
  if (!failed()) fail("count " + std::to_string(count) + " exceeds the " + std::to_string(remaining()) + " bytes left");
}

void CdrReader::fail(std::string what) {
  error_ = "byte " + std::to_string(offset_) + ", member '" + std::string(field_) + "': " + std::move(what);
}

}  // namespace hangil::base
