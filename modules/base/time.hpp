// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace hangil::base {

// A span of time in nanoseconds.
struct Duration {
  std::int64_t ns = 0;

  static constexpr Duration seconds(double s) { return {static_cast<std::int64_t>(s * 1e9 + (s < 0 ? -0.5 : 0.5))}; }
  static constexpr Duration milliseconds(double ms) { return seconds(ms * 1e-3); }
  constexpr double to_s() const { return static_cast<double>(ns) * 1e-9; }
  constexpr double to_ms() const { return static_cast<double>(ns) * 1e-6; }
  auto operator<=>(const Duration&) const = default;
};

// A moment: nanoseconds since the recording's epoch (for imported drives, since 1970). Handed in, never asked for.
struct Time {
  std::int64_t ns = 0;

  constexpr double to_s() const { return static_cast<double>(ns) * 1e-9; }
  auto operator<=>(const Time&) const = default;
};

constexpr Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
constexpr Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }
constexpr Duration operator*(Duration a, std::int64_t n) { return {a.ns * n}; }
constexpr Time operator+(Time t, Duration d) { return {t.ns + d.ns}; }
constexpr Time operator-(Time t, Duration d) { return {t.ns - d.ns}; }
constexpr Duration operator-(Time a, Time b) { return {a.ns - b.ns}; }

}  // namespace hangil::base
