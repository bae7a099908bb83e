// SPDX-License-Identifier: Apache-2.0
#include "evaluation/table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace hangil::evaluation {

namespace {

std::size_t width_of(const std::string& text) {
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_byte));
}

std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    widths.push_back(width_of(table.columns[i]));
    for (const auto& row : table.rows) {
      if (i < row.size()) widths[i] = std::max(widths[i], width_of(row[i]));
    }
  }
  return widths;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                    std::size_t left_count) {
  std::string line = " ";
  for (std::size_t i = 0; i < std::min(cells.size(), widths.size()); ++i) {
    const std::string fill(widths[i] - std::min(widths[i], width_of(cells[i])), ' ');
    line += " " + (i < left_count ? cells[i] + fill : fill + cells[i]) + " ";
  }
  return line.erase(line.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

std::string text_of(const Table& table) {
  const auto widths = widths_of(table);
  std::string text = table.title + "\n" + line_of(table.columns, widths, table.left_count);
  for (const auto& row : table.rows) text += line_of(row, widths, table.left_count);
  if (!table.note.empty()) text += "  " + table.note + "\n";
  return text;
}

std::string number_text(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-";
}

std::string percent_text(double ratio, int digits) {
  return std::isfinite(ratio) ? fmt::format("{:.{}f} %", 100 * ratio, digits) : "-";
}

std::string count_text(std::uint64_t count) { return fmt::format("{}", count); }

}  // namespace hangil::evaluation
