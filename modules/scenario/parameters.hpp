// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/yaml.hpp"
#include "scenario/rule.hpp"

namespace hangil::scenario {

// int and integer are one type.
enum class ParameterType { kInteger, kDouble, kString, kUnsignedInt, kUnsignedShort, kBoolean, kDateTime };
base::Result<ParameterType> parameter_type(std::string_view word);
// Whether a text is a value of this type; if not, why.
base::Status check_value(ParameterType type, std::string_view text);

struct ValueConstraint {
  Rule rule = Rule::kEqualTo;
  std::string value;  // may name parameters
};
// All of its constraints hold; a parameter is allowed when one of its groups holds.
using ConstraintGroup = std::vector<ValueConstraint>;

struct ParameterDeclaration {
  std::string name;
  ParameterType type = ParameterType::kString;
  std::string value;  // may name other parameters
  std::vector<ConstraintGroup> constraint_groups;
  base::SourcePlace place;
};

struct ParameterAssignment {
  std::string name, value;
};

// A violated constraint is not malformed: the point of the parameter space is merely not meant.
struct ConstraintViolation {
  std::string parameter, value, what;
};

// Declarations with their values: what is assigned replaces the declared text; texts that name parameters are
// evaluated when asked for, in any order; cycles are errors. Names not declared here are looked up in `outer`.
class ParameterScope {
 public:
  ParameterScope() = default;
  // `assignments` are texts without parameters. Unknown names and texts of another type are errors with a place.
  static base::Result<ParameterScope> make(const std::vector<ParameterDeclaration>& declarations,
                                           const std::vector<ParameterAssignment>& assignments,
                                           const ParameterScope* outer = nullptr);

  base::Result<std::string> value(std::string_view name) const;
  // An attribute's text with `$name` and `${expression}` replaced.
  base::Result<std::string> resolve(std::string_view text) const;
  // The names declared here in their order, with their values.
  const std::vector<ParameterAssignment>& values() const { return values_; }

 private:
  const ParameterScope* outer_ = nullptr;
  std::vector<ParameterAssignment> values_;
};

// What of these declarations' constraints does not hold. Errors: constraints that cannot be evaluated.
base::Result<std::vector<ConstraintViolation>> violations(const std::vector<ParameterDeclaration>& declarations,
                                                          const ParameterScope& scope);

}  // namespace hangil::scenario
