// SPDX-License-Identifier: Apache-2.0
#include "scenario/assignments.hpp"

#include <algorithm>

namespace hangil::scenario {

base::Result<std::vector<ParameterAssignment>> parse_assignments(const std::vector<std::string>& texts) {
  std::vector<ParameterAssignment> assignments;
  for (const std::string& text : texts) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0) return base::Error{"parameter '" + text + "' is not NAME=VALUE"};
    assignments.push_back({text.substr(0, at), text.substr(at + 1)});
  }
  return assignments;
}

void assign(std::vector<ParameterAssignment>& values, const std::string& name, const std::string& value) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const auto& one) { return one.name == name; });
  if (found == values.end())
    values.push_back({name, value});
  else
    found->value = value;
}

}  // namespace hangil::scenario
