// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verdict/judge.hpp"

namespace hangil::verdict {

// Grows when what a result means changes; files of another version are refused by name.
inline constexpr std::int32_t kResultVersion = 1;

struct ResultFile {
  static constexpr std::string_view kType = "hangil_msgs/msg/ResultFile";
  std::int32_t version = kResultVersion;
  std::vector<ScenarioResult> results;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("version", self.version);
    visit("results", self.results);
  }
};

// NaN is null. What is read back is what was written, bit for bit.
std::string to_json(const std::vector<ScenarioResult>& results);
// Refused with the file and the byte or the member: broken JSON, another version, missing or mistyped members, texts
// over 256 MiB.
base::Result<std::vector<ScenarioResult>> parse_results(std::string_view text, const std::string& file);

// JUnit XML as CI systems read it: FAIL is a failure, ERROR an error, INCONCLUSIVE skipped.
std::string to_junit(const std::vector<ScenarioResult>& results, const std::string& suite);

// 0 all passed, 1 some failed, 4 none failed but some are inconclusive, 5 none failed but some ended in an error.
int exit_code_of(const std::vector<ScenarioResult>& results);

}  // namespace hangil::verdict
