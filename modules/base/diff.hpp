// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>

#include "base/json.hpp"

namespace hangil::base {

// One member that differs: its path ("tracks[3].pose.x") and both values as JSON text.
struct FieldDifference {
  std::string path, left, right;
};

// Compares two structs of one type member by member, bit for bit (so NaN equals the same NaN, and 0.0 is not -0.0).
class FieldDiff {
 public:
  FieldDiff(std::vector<FieldDifference>& out, std::size_t max_count) : out_(out), max_count_(max_count) {}

  template <class T>
  void compare(const std::string& path, const T& left, const T& right) {
    if (out_.size() >= max_count_) return;
    if constexpr (FieldStruct<T>) {
      compare_members(path, left, right);
    } else if constexpr (kIsVector<T> || kIsArray<T>) {
      compare_elements(path, left, right);
    } else if (!is_same(left, right)) {
      out_.push_back({path, text(left), text(right)});
    }
  }

 private:
  template <class T>
  void compare_members(const std::string& path, const T& left, const T& right) {
    std::vector<const void*> members;
    auto collect = [&](std::string_view, const auto& member) { members.push_back(&member); };
    T::fields(right, collect);
    std::size_t next = 0;
    auto visit = [&](std::string_view name, const auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      const std::string inner = path.empty() ? std::string(name) : path + "." + std::string(name);
      compare(inner, member, *static_cast<const Member*>(members[next++]));
    };
    T::fields(left, visit);
  }

  template <class Sequence>
  void compare_elements(const std::string& path, const Sequence& left, const Sequence& right) {
    if (left.size() != right.size()) {
      out_.push_back({path + ".size", std::to_string(left.size()), std::to_string(right.size())});
    }
    for (std::size_t i = 0; i < std::min(left.size(), right.size()) && out_.size() < max_count_; ++i) {
      compare(path + "[" + std::to_string(i) + "]", left[i], right[i]);
    }
  }

  template <class T>
  static bool is_same(const T& left, const T& right) {
    if constexpr (std::is_floating_point_v<T>)
      return std::memcmp(&left, &right, sizeof(T)) == 0;
    else
      return left == right;
  }

  template <class T>
  static std::string text(const T& value) {
    JsonWriter writer(SIZE_MAX);
    writer.write(value);
    return writer.take();
  }

  std::vector<FieldDifference>& out_;
  std::size_t max_count_;
};

template <FieldStruct T>
std::vector<FieldDifference> diff(const T& left, const T& right, std::size_t max_count = 20) {
  std::vector<FieldDifference> out;
  FieldDiff(out, max_count).compare("", left, right);
  return out;
}

}  // namespace hangil::base
