// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/cdr.hpp"
#include "base/diff.hpp"
#include "base/schema.hpp"

namespace hangil::base {

// A struct with fields(), its C++ type erased: what the runtime and the recording know of a message.
struct MessageType {
  std::string_view name;  // "sensor_msgs/msg/Imu"
  std::string (*schema_text)();
  void (*encode)(const void* value, Bytes& out);
  Result<std::shared_ptr<const void>> (*decode)(std::span<const std::uint8_t> bytes);
  std::string (*to_json)(const void* value, std::size_t max_elements);
  std::vector<FieldDifference> (*diff)(const void* left, const void* right, std::size_t max_count);
};

// Two libraries each have their own object for one type: compare names and schema texts, never addresses.
template <FieldStruct T>
const MessageType& message_type() {
  static constexpr MessageType kTypeObject{
      T::kType,
      &schema_text<T>,
      [](const void* value, Bytes& out) { encode_cdr(*static_cast<const T*>(value), out); },
      [](std::span<const std::uint8_t> bytes) -> Result<std::shared_ptr<const void>> {
        auto value = decode_cdr<T>(bytes);
        if (!value) return value.error();
        return std::shared_ptr<const void>(std::make_shared<const T>(*std::move(value)));
      },
      [](const void* value, std::size_t max_elements) { return to_json(*static_cast<const T*>(value), max_elements); },
      [](const void* left, const void* right, std::size_t max_count) {
        return diff(*static_cast<const T*>(left), *static_cast<const T*>(right), max_count);
      }};
  return kTypeObject;
}

}  // namespace hangil::base
