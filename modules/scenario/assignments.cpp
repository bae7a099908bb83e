// SPDX-License-Identifier: Apache-2.0
#include "scenario/assignments.hpp"

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

}  // namespace hangil::scenario
