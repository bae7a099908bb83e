// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/time.hpp"

// A value struct declares its members once:
//
//   struct Vector3 {
//     static constexpr std::string_view kType = "geometry_msgs/msg/Vector3";
//     double x = 0, y = 0, z = 0;
//     template <class Self, class Visit>
//     static void fields(Self& self, Visit&& visit) { visit("x", self.x); visit("y", self.y); visit("z", self.z); }
//   };
//
// and from it derive the CDR codec (cdr.hpp), the ROS 2 schema text (schema.hpp), JSON (json.hpp), the field-level
// diff (diff.hpp) and the digest (digest.hpp). Members may be bool, integers, float, double, std::string, Time,
// Duration, enums with an integer base, other such structs, std::array and std::vector of these.
namespace hangil::base {

using Bytes = std::vector<std::uint8_t>;

template <class T>
concept FieldStruct = requires {
  { T::kType } -> std::convertible_to<std::string_view>;
};

template <class T>
concept Scalar = std::is_arithmetic_v<T>;

template <class T>
inline constexpr bool kIsVector = false;
template <class E>
inline constexpr bool kIsVector<std::vector<E>> = true;
template <class T>
inline constexpr bool kIsArray = false;
template <class E, std::size_t N>
inline constexpr bool kIsArray<std::array<E, N>> = true;

// std::vector<bool> has no elements to point at; use std::uint8_t.
static_assert(sizeof(bool) == 1);

}  // namespace hangil::base
