// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"

namespace hangil::base {

std::string json_quote(std::string_view text);
// The shortest text that reads back as the same number; null for NaN and infinities, which JSON does not have.
std::string json_number(double value);
std::string json_number(float value);

// One-line JSON of a value struct. Times are {"sec","nanosec"} objects, as ROS 2 prints them. Scalar sequences longer
// than `max_elements` end in a string that says how many are left out.
class JsonWriter {
 public:
  explicit JsonWriter(std::size_t max_elements) : max_elements_(max_elements) {}

  template <class T>
  void operator()(std::string_view name, const T& value) {
    text_ += text_.back() == '{' ? "" : ",";
    text_ += json_quote(name) + ":";
    write(value);
  }

  template <class T>
  void write(const T& value) {
    if constexpr (FieldStruct<T>) {
      text_ += "{";
      T::fields(value, *this);
      text_ += "}";
    } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
      write_time(value.ns);
    } else if constexpr (std::is_enum_v<T>) {
      write(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_same_v<T, bool>) {
      text_ += value ? "true" : "false";
    } else if constexpr (std::is_floating_point_v<T>) {
      text_ += json_number(value);
    } else if constexpr (std::is_integral_v<T>) {
      text_ += std::to_string(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      text_ += json_quote(value);
    } else {
      write_sequence(value);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  template <class Sequence>
  void write_sequence(const Sequence& values) {
    text_ += "[";
    std::size_t count = 0;
    for (const auto& value : values) {
      if (count > 0) text_ += ",";
      if (count++ == max_elements_) {
        text_ += json_quote("... " + std::to_string(values.size()) + " in all");
        break;
      }
      write(value);
    }
    text_ += "]";
  }

  void write_time(std::int64_t ns);

  std::size_t max_elements_;
  std::string text_;
};

template <FieldStruct T>
std::string to_json(const T& value, std::size_t max_elements = SIZE_MAX) {
  JsonWriter writer(max_elements);
  writer.write(value);
  return writer.take();
}

}  // namespace hangil::base
