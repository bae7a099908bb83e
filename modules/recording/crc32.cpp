// SPDX-License-Identifier: Apache-2.0
#include "recording/crc32.hpp"

#include <libdeflate.h>

namespace hangil::recording {

std::uint32_t crc32(std::span<const std::uint8_t> bytes, std::uint32_t crc) {
  // libdeflate answers 0, the start value, for a null buffer.
  return bytes.empty() ? crc : libdeflate_crc32(crc, bytes.data(), bytes.size());
}

}  // namespace hangil::recording
