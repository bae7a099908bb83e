// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/time.hpp"

namespace hangil::base {

// XXH3, 64 bits (xxHash 0.8 specification): the digest of a byte string. Not cryptographic: it finds differences.
std::uint64_t digest_bytes(std::span<const std::uint8_t> bytes, std::uint64_t seed = 0);

// Folds one word into a chain (SplitMix64's finaliser over a rotated sum; order matters).
constexpr std::uint64_t mix(std::uint64_t chain, std::uint64_t word) {
  std::uint64_t z = (chain << 7 | chain >> 57) + word + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// Sixteen lower-case hexadecimal digits.
std::string digest_text(std::uint64_t digest);

}  // namespace hangil::base
