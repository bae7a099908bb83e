// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scenario/parameters.hpp"

namespace hangil::scenario {

// NAME=VALUE texts; the value is everything behind the first '='.
base::Result<std::vector<ParameterAssignment>> parse_assignments(const std::vector<std::string>& texts);

// Gives `name` this value, whether or not it had one.
void assign(std::vector<ParameterAssignment>& values, const std::string& name, const std::string& value);

}  // namespace hangil::scenario
