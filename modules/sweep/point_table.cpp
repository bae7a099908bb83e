// SPDX-License-Identifier: Apache-2.0
#include "sweep/point_table.hpp"

#include <sstream>

namespace hangil::sweep {

namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::size_t from = 0;
  for (;;) {
    const std::size_t to = std::min(line.find(',', from), line.size());
    const std::size_t first = line.find_first_not_of(" \t", from), last = line.find_last_not_of(" \t\r", to - 1);
    const bool is_blank = first == std::string::npos || first >= to || last == std::string::npos || last < from;
    cells.push_back(is_blank ? "" : line.substr(first, last - first + 1));
    if (to == line.size()) return cells;
    from = to + 1;
  }
}

}  // namespace

base::Result<std::vector<scenario::ParameterSet>> parse_points(std::string_view text, const std::string& file) {
  std::istringstream lines{std::string(text)};
  std::vector<std::string> names;
  std::vector<scenario::ParameterSet> points;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos || line.front() == '#') continue;
    const std::vector<std::string> cells = cells_of(line);
    const std::string place = file + ":" + std::to_string(number) + ": ";
    for (const std::string& cell : cells) {
      if (cell.empty()) return base::Error{place + "an empty cell"};
    }
    if (names.empty()) {
      names = cells;
      continue;
    }
    if (cells.size() != names.size()) {
      return base::Error{place + std::to_string(cells.size()) + " values for " + std::to_string(names.size()) +
                         " parameters"};
    }
    scenario::ParameterSet& point = points.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) point.push_back({names[i], cells[i]});
  }
  if (points.empty()) return base::Error{file + ": no points"};
  return points;
}

}  // namespace hangil::sweep
