// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace hangil::scenario {

enum class Rule { kEqualTo, kGreaterThan, kLessThan, kGreaterOrEqual, kLessOrEqual, kNotEqualTo };

std::string_view word(Rule rule);
bool holds(Rule rule, double value, double reference);
// Numbers are compared as numbers, other texts only for equality; nothing when they cannot be compared by this rule.
std::optional<bool> holds(Rule rule, std::string_view value, std::string_view reference);

}  // namespace hangil::scenario
