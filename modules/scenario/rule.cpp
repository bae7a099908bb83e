// SPDX-License-Identifier: Apache-2.0
#include "scenario/rule.hpp"

#include "base/xml.hpp"

namespace hangil::scenario {

std::string_view word(Rule rule) {
  switch (rule) {
    case Rule::kEqualTo:
      return "equalTo";
    case Rule::kGreaterThan:
      return "greaterThan";
    case Rule::kLessThan:
      return "lessThan";
    case Rule::kGreaterOrEqual:
      return "greaterOrEqual";
    case Rule::kLessOrEqual:
      return "lessOrEqual";
    case Rule::kNotEqualTo:
      return "notEqualTo";
  }
  return "";
}

bool holds(Rule rule, double value, double reference) {
  switch (rule) {
    case Rule::kEqualTo:
      return value == reference;
    case Rule::kGreaterThan:
      return value > reference;
    case Rule::kLessThan:
      return value < reference;
    case Rule::kGreaterOrEqual:
      return value >= reference;
    case Rule::kLessOrEqual:
      return value <= reference;
    case Rule::kNotEqualTo:
      return value != reference;
  }
  return false;
}

std::optional<bool> holds(Rule rule, std::string_view value, std::string_view reference) {
  const auto number = base::parse_number(value), other = base::parse_number(reference);
  if (number && other) return holds(rule, *number, *other);
  if (rule == Rule::kEqualTo) return value == reference;
  if (rule == Rule::kNotEqualTo) return value != reference;
  return std::nullopt;
}

}  // namespace hangil::scenario
