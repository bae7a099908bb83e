// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace hangil::messages {

enum class ObjectClass : std::uint8_t {
  kUnknown = 0,
  kCar = 1,
  kVan = 2,
  kTruck = 3,
  kBus = 4,
  kCyclist = 5,
  kPedestrian = 6,
  kMotorcycle = 7,
  kTram = 8,
  kOther = 9,
};
inline constexpr int kObjectClassCount = 10;

// "car", "cyclist", ...; and back, case-insensitively ("Car", "Person_sitting" is a pedestrian); unknown words are
// kUnknown.
std::string_view class_name(ObjectClass object_class);
ObjectClass class_of_name(std::string_view name);

}  // namespace hangil::messages
