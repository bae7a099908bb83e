// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace hangil::scenario {

// The text of a parameter, or why there is none.
using ParameterLookup = std::function<base::Result<std::string>(std::string_view name)>;

// The text inside `${...}` (ASAM OpenSCENARIO XML 1.3, 9.2: numbers, $parameters, + - * / %, comparison, not, and, or,
// parentheses, round floor ceil sqrt pow abs sign min max sin cos tan asin acos atan and pi): "true", "false" or the
// shortest text that reads back as the same number. Errors name what is wrong and at which character.
base::Result<std::string> evaluate_expression(std::string_view expression, const ParameterLookup& lookup);

// An attribute's text with `$name` or `${expression}` replaced; any other text stays as it is.
base::Result<std::string> substitute(std::string_view text, const ParameterLookup& lookup);

// The shortest text that reads back as the same number.
std::string number_text(double value);

}  // namespace hangil::scenario
