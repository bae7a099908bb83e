// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/markup.hpp"
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

// A cell such as "97.6 %" gets a bar behind it.
std::string bar_style(const std::string& cell) {
  if (!cell.ends_with(" %")) return "";
  return fmt::format(" class=\"pct\" style=\"--p:{}\"", cell.substr(0, cell.size() - 2));
}

std::string row_html(const std::vector<std::string>& cells, std::size_t left_count, const char* tag) {
  std::string html = "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string attributes = i < left_count ? " class=\"l\"" : bar_style(cells[i]);
    html += fmt::format("<{0}{1}>{2}</{0}>", tag, attributes, escape_markup(cells[i]));
  }
  return html + "</tr>";
}

}  // namespace

std::string html_of(const Table& table) {
  std::string html = "<h3>" + escape_markup(table.title) + "</h3><table><thead>" +
                     row_html(table.columns, table.left_count, "th") + "</thead><tbody>";
  for (const auto& cells : table.rows) html += row_html(cells, table.left_count, "td");
  html += "</tbody></table>";
  return table.note.empty() ? html : html + "<p class=\"note\">" + escape_markup(table.note) + "</p>";
}

}  // namespace hangil::evaluation
