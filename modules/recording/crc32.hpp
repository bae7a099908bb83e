// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace hangil::recording {

// CRC-32 as zlib, PNG and MCAP use it (ISO 3309, reflected polynomial 0xEDB88320). `crc` continues an earlier part.
std::uint32_t crc32(std::span<const std::uint8_t> bytes, std::uint32_t crc = 0);

}  // namespace hangil::recording
