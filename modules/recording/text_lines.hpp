// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace hangil::recording {

// A line of a text file with its words (split at blanks).
struct TextLine {
  int number = 0;  // from 1
  std::vector<std::string_view> words;
};

// Lines that are not blank. They point into `text`.
std::vector<TextLine> split_lines(std::string_view text);
// A finite decimal number and nothing else.
std::optional<double> to_number(std::string_view word);
std::optional<int> to_integer(std::string_view word);
// A whole text file; error when it cannot be read or is over 64 MiB.
base::Result<std::string> read_text(const std::string& path);

}  // namespace hangil::recording
