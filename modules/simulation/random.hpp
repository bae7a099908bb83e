// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace hangil::simulation {

// Random numbers without state: what number a draw gets depends on its key and counter alone, so any frame, ray or
// actor is reproduced without those before it. Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011, section 3.3).
using RandomBlock = std::array<std::uint32_t, 4>;

constexpr RandomBlock philox(std::uint64_t key, RandomBlock counter) {
  std::uint32_t key_low = static_cast<std::uint32_t>(key), key_high = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = 0xD2511F53ULL * counter[0], b = 0xCD9E8D57ULL * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key_low, static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key_high, static_cast<std::uint32_t>(a)};
    key_low += 0x9E3779B9U, key_high += 0xBB67AE85U;
  }
  return counter;
}

// In (0, 1): never 0, so its logarithm is finite.
constexpr double uniform(std::uint32_t bits) { return (bits + 0.5) * 0x1p-32; }

// Two independent standard normals from two words (Box and Muller, 1958).
inline std::array<double, 2> normals(std::uint32_t a, std::uint32_t b) {
  const double length = std::sqrt(-2 * std::log(uniform(a))), angle = 2 * std::numbers::pi * uniform(b);
  return {length * std::cos(angle), length * std::sin(angle)};
}

// What a draw is for, so that no two purposes share numbers.
enum class RandomStream : std::uint32_t { kLidar = 1, kOdometry, kImu, kGnss, kScene, kObjectSensor, kCamera };

// The block of one draw: `index` counts within a moment (a ray, an actor, an axis).
constexpr RandomBlock draw(std::uint64_t seed, RandomStream stream, std::int64_t moment_ns, std::uint32_t index) {
  const auto moment = static_cast<std::uint64_t>(moment_ns);
  return philox(seed, {index, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(moment),
                       static_cast<std::uint32_t>(moment >> 32)});
}

}  // namespace hangil::simulation
