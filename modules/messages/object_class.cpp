// SPDX-License-Identifier: Apache-2.0
#include "messages/object_class.hpp"

#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace hangil::messages {

namespace {

constexpr std::array<std::string_view, kObjectClassCount> kNames = {
    "unknown", "car", "van", "truck", "bus", "cyclist", "pedestrian", "motorcycle", "tram", "other"};
constexpr std::array<std::pair<std::string_view, ObjectClass>, 4> kSynonyms = {{
    {"person_sitting", ObjectClass::kPedestrian},
    {"person", ObjectClass::kPedestrian},
    {"misc", ObjectClass::kOther},
    {"bicycle", ObjectClass::kCyclist},
}};

}  // namespace

std::string_view class_name(ObjectClass object_class) {
  const auto index = static_cast<std::size_t>(object_class);
  return index < kNames.size() ? kNames[index] : kNames[0];
}

ObjectClass class_of_name(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == lower) return static_cast<ObjectClass>(i);
  }
  for (const auto& [word, object_class] : kSynonyms) {
    if (word == lower) return object_class;
  }
  return ObjectClass::kUnknown;
}

}  // namespace hangil::messages
