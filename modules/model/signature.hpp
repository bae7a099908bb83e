// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"

namespace hangil::model {

// Success when `signature` (64 bytes) is that of `bytes` by the owner of this Ed25519 key (RFC 8032; 64 hexadecimal
// digits).
base::Status check_signature(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> signature,
                             const std::string& public_key_hex);

}  // namespace hangil::model
