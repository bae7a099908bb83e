// SPDX-License-Identifier: Apache-2.0
#include "model/shape.hpp"

#include <charconv>

namespace hangil::model {

namespace {
constexpr std::int64_t kMostElements = std::int64_t{1} << 40, kMostLength = std::int64_t{1} << 31;
constexpr std::size_t kMostDimensions = 8;
}  // namespace

std::string shape_text(const Shape& shape) {
  std::string text;
  for (const std::int64_t length : shape) text += (text.empty() ? "" : "x") + std::to_string(length);
  return text;
}

std::optional<Shape> parse_shape(std::string_view text) {
  Shape shape;
  while (true) {
    const std::string_view word = text.substr(0, text.find('x'));
    std::int64_t length = 0;
    const auto parsed = std::from_chars(word.data(), word.data() + word.size(), length);
    if (parsed.ec != std::errc() || parsed.ptr != word.data() + word.size()) return std::nullopt;
    shape.push_back(length);
    if (word.size() == text.size()) break;
    text.remove_prefix(word.size() + 1);
  }
  if (!element_count(shape)) return std::nullopt;
  return shape;
}

std::optional<std::int64_t> element_count(const Shape& shape) {
  if (shape.size() > kMostDimensions) return std::nullopt;
  std::int64_t count = 1;
  for (const std::int64_t length : shape) {
    if (length < 1 || length > kMostLength || count > kMostElements / length) return std::nullopt;
    count *= length;
  }
  return count;
}

}  // namespace hangil::model
