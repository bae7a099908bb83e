// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/yaml.hpp"

namespace hangil::scenario {

// What a reader of a scenario must know about an element.
enum class Severity {
  kError,        // the scenario cannot be played
  kUnsupported,  // it is played without the element; what happens instead is said
  kNoEffect,     // read and kept, but nothing in this world depends on it
};

struct Finding {
  Severity severity = Severity::kError;
  base::SourcePlace place;
  std::string element;
  std::string what;  // what is wrong, or what happens instead

  std::string text() const;
};

using Findings = std::vector<Finding>;

bool has_errors(const Findings& findings);
// All errors in one text, a line each.
base::Error errors_of(const Findings& findings);

}  // namespace hangil::scenario
