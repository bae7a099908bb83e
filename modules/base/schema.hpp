// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "base/fields.hpp"

// The ROS 2 message definition text ("ros2msg") of a struct and of all structs it contains, as MCAP stores it:
// https://mcap.dev/spec/registry#ros2msg.
namespace hangil::base {

// "geometry_msgs/msg/Point" -> "geometry_msgs/Point", the short form used inside definitions.
std::string short_type_name(std::string_view type);

class SchemaWriter {
 public:
  template <class T>
  void operator()(std::string_view name, const T&) {
    text_ += type_text<T>() + " " + std::string(name) + "\n";
  }

  template <FieldStruct T>
  static std::string definition() {
    SchemaWriter writer;
    const T sample{};
    T::fields(sample, writer);
    std::string all = writer.text_;
    for (std::size_t i = 0; i < writer.parts_.size(); ++i) all += writer.parts_[i].text;
    return all;
  }

 private:
  struct Part {
    std::string type, text;
  };

  template <class T>
  std::string type_text() {
    if constexpr (FieldStruct<T>) {
      return add_part<T>(), short_type_name(T::kType);
    } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
      return add_time(std::is_same_v<T, Time>);
    } else if constexpr (std::is_enum_v<T>) {
      return type_text<std::underlying_type_t<T>>();
    } else if constexpr (std::is_same_v<T, bool>) {
      return "bool";
    } else if constexpr (std::is_floating_point_v<T>) {
      return sizeof(T) == 4 ? "float32" : "float64";
    } else if constexpr (std::is_integral_v<T>) {
      return (std::is_signed_v<T> ? "int" : "uint") + std::to_string(8 * sizeof(T));
    } else if constexpr (std::is_same_v<T, std::string>) {
      return "string";
    } else if constexpr (kIsVector<T>) {
      return type_text<typename T::value_type>() + "[]";
    } else {
      return type_text<typename T::value_type>() + "[" + std::to_string(std::tuple_size_v<T>) + "]";
    }
  }

  template <FieldStruct T>
  void add_part() {
    if (has_part(short_type_name(T::kType))) return;
    const std::size_t index = parts_.size();
    parts_.push_back({short_type_name(T::kType), ""});
    SchemaWriter inner;
    inner.parts_ = std::move(parts_);
    const T sample{};
    T::fields(sample, inner);
    parts_ = std::move(inner.parts_);
    parts_[index].text = part_header(parts_[index].type) + inner.text_;
  }

  std::string add_time(bool is_time);
  bool has_part(const std::string& type) const {
    return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.type == type; });
  }
  static std::string part_header(const std::string& type);

  std::string text_;
  std::vector<Part> parts_;
};

template <FieldStruct T>
std::string schema_text() {
  return SchemaWriter::definition<T>();
}

}  // namespace hangil::base
