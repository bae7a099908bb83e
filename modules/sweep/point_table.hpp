// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/distribution.hpp"

namespace hangil::sweep {

// Points as a table: a line of parameter names, then a line of values each, separated by commas. Blank lines and lines
// from '#' on are left out. Errors name `file` and the line.
base::Result<std::vector<scenario::ParameterSet>> parse_points(std::string_view text, const std::string& file);

}  // namespace hangil::sweep
