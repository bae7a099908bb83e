// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/fields.hpp"
#include "base/result.hpp"

namespace hangil::verdict {

// Fills a struct from an object by its fields(); the first member that is missing or of another type is the problem.
// null is NaN.
class JsonReader {
 public:
  JsonReader(const nlohmann::json& object, std::string path, std::string& problem)
      : object_(object), path_(std::move(path)), problem_(problem) {}

  template <class T>
  void operator()(std::string_view name, T& value) {
    if (!problem_.empty()) return;
    const std::string path = path_.empty() ? std::string(name) : path_ + "." + std::string(name);
    const auto found = object_.is_object() ? object_.find(std::string(name)) : object_.end();
    if (!object_.is_object() || found == object_.end()) {
      problem_ = "'" + path + "' is missing";
    } else {
      read(*found, path, value);
    }
  }

 private:
  template <class T>
  void read(const nlohmann::json& node, const std::string& path, T& value) {
    if constexpr (base::FieldStruct<T>) {
      JsonReader inner(node, path, problem_);
      T::fields(value, inner);
    } else if constexpr (base::kIsVector<T>) {
      if (!node.is_array()) return mistyped(path, "an array");
      for (std::size_t i = 0; i < node.size() && problem_.empty(); ++i) {
        read(node[i], path + "[" + std::to_string(i) + "]", value.emplace_back());
      }
    } else if constexpr (std::is_same_v<T, std::string>) {
      node.is_string() ? value = node.get<std::string>(), void() : mistyped(path, "a text");
    } else if constexpr (std::is_same_v<T, bool>) {
      node.is_boolean() ? value = node.get<bool>(), void() : mistyped(path, "true or false");
    } else if constexpr (std::is_integral_v<T>) {
      read_integer(node, path, value);
    } else {
      if (node.is_null()) return void(value = std::numeric_limits<double>::quiet_NaN());
      node.is_number() ? value = node.get<double>(), void() : mistyped(path, "a number or null");
    }
  }

  template <class T>
  void read_integer(const nlohmann::json& node, const std::string& path, T& value) {
    const bool fits = node.is_number_integer() && node.get<std::int64_t>() >= std::numeric_limits<T>::min() &&
                      node.get<std::int64_t>() <= std::numeric_limits<T>::max();
    fits ? value = static_cast<T>(node.get<std::int64_t>()), void() : mistyped(path, "a whole number");
  }

  void mistyped(const std::string& path, const char* wanted) { problem_ = "'" + path + "' is not " + wanted; }

  const nlohmann::json& object_;
  std::string path_;
  std::string& problem_;
};

// JSON, or an error with `place` and the byte.
inline base::Result<nlohmann::json> parse_json(std::string_view text, const std::string& place) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    return base::Error{place + ": byte " + std::to_string(error.byte) + ": not JSON"};
  } catch (const nlohmann::json::out_of_range&) {
    return base::Error{place + ": not JSON that can be used: a number in it is too large"};
  }
}

// A struct from one JSON text, as base::to_json() writes it. Errors: `place` and the byte or the member.
template <base::FieldStruct T>
base::Result<T> read_json(std::string_view text, const std::string& place) {
  const auto root = parse_json(text, place);
  if (!root.ok()) return root.error();
  T read;
  std::string problem;
  JsonReader reader(*root, "", problem);
  T::fields(read, reader);
  if (!problem.empty()) return base::Error{place + ": " + problem};
  return read;
}

}  // namespace hangil::verdict
