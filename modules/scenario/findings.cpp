// SPDX-License-Identifier: Apache-2.0
#include "scenario/findings.hpp"

#include <algorithm>

namespace hangil::scenario {

namespace {

const char* word(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kUnsupported:
      return "unsupported";
    case Severity::kNoEffect:
      return "no effect";
  }
  return "";
}

}  // namespace

std::string Finding::text() const { return place.text() + ": " + word(severity) + ": " + element + ": " + what; }

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
}

base::Error errors_of(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::kError) continue;
    if (!text.empty()) text += '\n';
    text += finding.place.text() + ": " + finding.element + ": " + finding.what;
  }
  return {text};
}

}  // namespace hangil::scenario
