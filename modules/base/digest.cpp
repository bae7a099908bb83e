// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace hangil::base {

std::uint64_t digest_bytes(std::span<const std::uint8_t> bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string digest_text(std::uint64_t digest) {
  std::string text(16, '0');
  for (int i = 15; i >= 0; --i, digest >>= 4) text[static_cast<std::size_t>(i)] = "0123456789abcdef"[digest & 15];
  return text;
}

}  // namespace hangil::base
