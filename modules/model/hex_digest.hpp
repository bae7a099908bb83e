// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"

namespace hangil::model {

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::span<const std::uint8_t> bytes);
// The same of a whole file, read in pieces.
base::Result<std::string> sha256_of_file(const std::string& path);

bool is_sha256_hex(const std::string& text);

}  // namespace hangil::model
