// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace hangil::evaluation {

// Cells as text, for the terminal and for the report alike. Columns after the first `left_count` are right-aligned.
struct Table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::string note;  // one sentence under it; may be empty
  std::size_t left_count = 1;
};

// Aligned columns with the title above and the note below; ends with a newline. Cells are UTF-8; a code point takes
// one column.
std::string text_of(const Table& table);

// A number with so many digits after the point; "-" for one that does not exist.
std::string number_text(double value, int digits);
std::string percent_text(double ratio, int digits = 1);
std::string count_text(std::uint64_t count);

}  // namespace hangil::evaluation
