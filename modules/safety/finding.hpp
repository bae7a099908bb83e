// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "messages/safety_report.hpp"

namespace hangil::safety {

using Findings = std::vector<messages::SafetyFinding>;

// "curvature 0.312 rad/m at 1.4 s, limit 0.250": what was measured, where, and the limit.
inline messages::SafetyFinding finding(const char* check, double value, double limit, const char* unit,
                                       const std::string& where) {
  const auto text = [](double number) {
    std::string digits = std::to_string(number);
    return digits.substr(0, digits.find('.') + 4);
  };
  return {check, std::string(check) + " " + text(value) + " " + unit + " " + where + ", limit " + text(limit), value,
          limit};
}

}  // namespace hangil::safety
