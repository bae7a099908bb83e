// SPDX-License-Identifier: Apache-2.0
#include "scenario/parameters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/config.hpp"
#include "base/xml.hpp"
#include "scenario/expression.hpp"

namespace hangil::scenario {

namespace {

constexpr std::array<std::pair<std::string_view, ParameterType>, 8> kTypeWords = {{
    {"integer", ParameterType::kInteger},
    {"int", ParameterType::kInteger},
    {"double", ParameterType::kDouble},
    {"string", ParameterType::kString},
    {"unsignedInt", ParameterType::kUnsignedInt},
    {"unsignedShort", ParameterType::kUnsignedShort},
    {"boolean", ParameterType::kBoolean},
    {"dateTime", ParameterType::kDateTime},
}};

base::Status check_whole(std::string_view text, double least, double most) {
  const auto number = base::parse_number(text);
  if (!number || *number != std::floor(*number)) return base::Error{"'" + std::string(text) + "' is no whole number"};
  if (*number < least || *number > most) {
    return base::Error{std::string(text) + " is outside " + number_text(least) + " .. " + number_text(most)};
  }
  return {};
}

base::Status check_date_time(std::string_view text) {
  const auto digits = [&](std::size_t from, std::size_t count) {
    return text.size() >= from + count && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                      text.begin() + static_cast<std::ptrdiff_t>(from + count),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  };
  const bool is_date = digits(0, 4) && text[4] == '-' && digits(5, 2) && text[7] == '-' && digits(8, 2);
  const bool is_time = is_date && text.size() >= 19 && text[10] == 'T' && digits(11, 2) && text[13] == ':' &&
                       digits(14, 2) && text[16] == ':' && digits(17, 2);
  if (!is_time) return base::Error{"'" + std::string(text) + "' is no date and time like 2026-01-31T12:00:00"};
  return {};
}

// Evaluates declarations in any order and finds cycles.
class ScopeEvaluation {
 public:
  ScopeEvaluation(const std::vector<ParameterDeclaration>& declarations,
                  const std::vector<ParameterAssignment>& assignments, const ParameterScope* outer)
      : declarations_(declarations), assignments_(assignments), outer_(outer), states_(declarations.size()) {
    texts_.resize(declarations.size());
  }

  base::Result<std::string> value_of(std::string_view name) {
    for (std::size_t i = 0; i < declarations_.size(); ++i) {
      if (declarations_[i].name == name) return value_at(i);
    }
    if (outer_ != nullptr) return outer_->value(name);
    return base::Error{"parameter '" + std::string(name) + "' is not declared"};
  }

  base::Result<std::string> value_at(std::size_t i) {
    if (states_[i] == State::kDone) return texts_[i];
    const ParameterDeclaration& declaration = declarations_[i];
    if (states_[i] == State::kBusy) return base::Error{"parameter '" + declaration.name + "' depends on itself"};
    states_[i] = State::kBusy;
    auto text = substitute(declared_or_assigned(declaration), [this](std::string_view name) { return value_of(name); });
    if (!text) return text;
    const auto checked = check_value(declaration.type, *text);
    if (!checked) return base::Error{"parameter '" + declaration.name + "': " + checked.error().message};
    states_[i] = State::kDone;
    return texts_[i] = *text;
  }

 private:
  enum class State { kUntouched, kBusy, kDone };

  std::string_view declared_or_assigned(const ParameterDeclaration& declaration) const {
    for (const ParameterAssignment& assignment : assignments_) {
      if (assignment.name == declaration.name) return assignment.value;
    }
    return declaration.value;
  }

  const std::vector<ParameterDeclaration>& declarations_;
  const std::vector<ParameterAssignment>& assignments_;
  const ParameterScope* outer_;
  std::vector<State> states_;
  std::vector<std::string> texts_;
};

std::string names_of(const std::vector<ParameterDeclaration>& declarations, const std::string& wanted) {
  std::vector<std::string> names;
  for (const ParameterDeclaration& declaration : declarations) names.push_back(declaration.name);
  const std::string nearest = base::nearest_word(wanted, names);
  return nearest.empty() ? "" : ", did you mean '" + nearest + "'?";
}

base::Result<bool> group_holds(const ConstraintGroup& group, const std::string& value, const ParameterScope& scope) {
  for (const ValueConstraint& constraint : group) {
    const auto reference = scope.resolve(constraint.value);
    if (!reference) return reference.error();
    const auto result = holds(constraint.rule, value, *reference);
    if (!result)
      return base::Error{"'" + value + "' cannot be " + std::string(word(constraint.rule)) + " " + *reference};
    if (!*result) return false;
  }
  return true;
}

}  // namespace

base::Result<ParameterType> parameter_type(std::string_view word) {
  for (const auto& [spelling, type] : kTypeWords) {
    if (spelling == word) return type;
  }
  return base::Error{"'" + std::string(word) + "' is no parameter type"};
}

base::Status check_value(ParameterType type, std::string_view text) {
  switch (type) {
    case ParameterType::kInteger:
      return check_whole(text, -2147483648.0, 2147483647.0);
    case ParameterType::kUnsignedInt:
      return check_whole(text, 0, 4294967295.0);
    case ParameterType::kUnsignedShort:
      return check_whole(text, 0, 65535);
    case ParameterType::kDouble:
      if (!base::parse_number(text)) return base::Error{"'" + std::string(text) + "' is no finite number"};
      return {};
    case ParameterType::kBoolean:
      if (text != "true" && text != "false")
        return base::Error{"'" + std::string(text) + "' is neither true nor false"};
      return {};
    case ParameterType::kDateTime:
      return check_date_time(text);
    case ParameterType::kString:
      return {};
  }
  return {};
}

base::Result<ParameterScope> ParameterScope::make(const std::vector<ParameterDeclaration>& declarations,
                                                  const std::vector<ParameterAssignment>& assignments,
                                                  const ParameterScope* outer) {
  for (const ParameterAssignment& assignment : assignments) {
    const bool is_known = std::any_of(declarations.begin(), declarations.end(),
                                      [&](const auto& declaration) { return declaration.name == assignment.name; });
    if (!is_known) {
      return base::Error{"parameter '" + assignment.name + "' is not declared" +
                         names_of(declarations, assignment.name)};
    }
  }
  ParameterScope scope;
  scope.outer_ = outer;
  ScopeEvaluation evaluation(declarations, assignments, outer);
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    auto value = evaluation.value_at(i);
    if (!value) return base::Error{declarations[i].place.text() + ": " + value.error().message};
    scope.values_.push_back({declarations[i].name, *value});
  }
  return scope;
}

base::Result<std::string> ParameterScope::value(std::string_view name) const {
  for (const ParameterAssignment& known : values_) {
    if (known.name == name) return known.value;
  }
  if (outer_ != nullptr) return outer_->value(name);
  return base::Error{"parameter '" + std::string(name) + "' is not declared"};
}

base::Result<std::string> ParameterScope::resolve(std::string_view text) const {
  return substitute(text, [this](std::string_view name) { return value(name); });
}

base::Result<std::vector<ConstraintViolation>> violations(const std::vector<ParameterDeclaration>& declarations,
                                                          const ParameterScope& scope) {
  std::vector<ConstraintViolation> found;
  for (const ParameterDeclaration& declaration : declarations) {
    if (declaration.constraint_groups.empty()) continue;
    const auto value = scope.value(declaration.name);
    if (!value) return value.error();
    bool is_allowed = false;
    for (const ConstraintGroup& group : declaration.constraint_groups) {
      const auto result = group_holds(group, *value, scope);
      if (!result)
        return base::Error{declaration.place.text() + ": " + declaration.name + ": " + result.error().message};
      is_allowed = is_allowed || *result;
    }
    if (!is_allowed) found.push_back({declaration.name, *value, "no ConstraintGroup holds"});
  }
  return found;
}

}  // namespace hangil::scenario
