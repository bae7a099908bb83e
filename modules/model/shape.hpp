// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hangil::model {

// Lengths of a tensor's dimensions, outermost first.
using Shape = std::vector<std::int64_t>;

// "1x3x416x416"; and back: dimensions of 1 to 2^31 each, eight of them and 2^40 elements at most, else nothing.
std::string shape_text(const Shape& shape);
std::optional<Shape> parse_shape(std::string_view text);

// Product of the lengths; a shape without dimensions has one element. Nothing above 2^40 or for a length below 1.
std::optional<std::int64_t> element_count(const Shape& shape);

}  // namespace hangil::model
