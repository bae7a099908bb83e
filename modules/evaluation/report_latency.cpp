// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/markup.hpp"
#include "evaluation/report_axes.hpp"
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

constexpr std::size_t kMaxColumns = 400;

double finite_or_zero(double value) { return std::isfinite(value) ? value : 0; }

std::string keys_of(const runtime::RunInfo& info, const std::vector<char>& is_used, bool is_drive) {
  std::string html = R"(<div class="keys">)";
  if (is_drive) html += R"(<span><i class="before"></i>from stamp to arrival</span>)";
  for (std::size_t i = 0; i < info.modules.size(); ++i) {
    if (is_used[i] == 0) continue;
    html += fmt::format(R"(<span><i class="{}"></i>{}</span>)", module_class(i), escape_markup(info.modules[i].name));
  }
  return html + "</div>";
}

// A frame as a column: what its modules took and, on a drive, what had passed since its stamp when it arrived.
struct Column {
  const runtime::FramePath* path = nullptr;
  double before_ms = 0;
  double total_ms() const { return before_ms + static_cast<double>(path->end_to_end_ns) * 1e-6; }
};

// Of each group of consecutive frames the slowest.
std::vector<Column> columns_of(const std::vector<runtime::FramePath>& paths, bool is_drive) {
  const std::size_t group = (paths.size() + kMaxColumns - 1) / kMaxColumns;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Column column{&paths[i], 0};
    if (is_drive) column.before_ms = std::max(0.0, paths[i].virtual_latency.to_ms() - column.total_ms());
    if (i % group == 0) columns.push_back(column);
    if (column.total_ms() > columns.back().total_ms()) columns.back() = column;
  }
  return columns;
}

std::string part_svg(const std::string& kind, double x, double y, double width, double height) {
  return fmt::format(R"(<rect class="{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"/>)", kind, x, y, width,
                     height);
}

std::string frame_column(const runtime::RunInfo& info, const Column& column, double x, double width, double bottom,
                         double px_per_ms) {
  std::string svg =
      fmt::format("<g><title>frame {}: {} ms</title>", column.path->frame, number_text(column.total_ms(), 2));
  double y = bottom - column.before_ms * px_per_ms;
  if (column.before_ms > 0) svg += part_svg("before", x, y, width, bottom - y);
  for (const runtime::PathPart& part : column.path->parts) {
    const double height = static_cast<double>(part.total_ns()) * 1e-6 * px_per_ms;
    if (part.module < 0 || static_cast<std::size_t>(part.module) >= info.modules.size() || height <= 0) continue;
    y -= height;
    svg += part_svg(module_class(static_cast<std::size_t>(part.module)), x, y, width, height);
  }
  return svg + "</g>";
}

std::string spread_bar(const Quantiles& q, double budget_ms, double most_ms, const std::string& colour) {
  const auto x = [&](double value_ms) { return 200 * finite_or_zero(value_ms) / most_ms; };
  std::string svg = R"(<svg viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true">)";
  svg += R"(<rect class="rail" x="0" y="6" width="200" height="4"/>)";
  svg += fmt::format(R"(<rect class="{}" x="0" y="5" width="{:.1f}" height="6" opacity=".35"/>)", colour, x(q.max));
  svg += fmt::format(R"(<rect class="{}" x="0" y="3" width="{:.1f}" height="10" opacity=".6"/>)", colour, x(q.p99));
  svg += fmt::format(R"(<rect class="{}" x="0" y="3" width="{:.1f}" height="10"/>)", colour, x(q.p50));
  if (budget_ms > 0 && budget_ms <= most_ms) {
    svg += fmt::format(R"(<line class="limit" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="16"/>)", x(budget_ms));
  }
  return svg + "</svg>";
}

std::string share_bar(double ratio, const std::string& colour) {
  return fmt::format(
      R"(<svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" x="0" y="3" )"
      R"(width="100" height="10"/><rect class="{}" x="0" y="3" width="{:.1f}" height="10"/></svg>)",
      colour, 100 * std::clamp(finite_or_zero(ratio), 0.0, 1.0));
}

std::string module_row(const ModuleLatency& module, std::size_t index, double most_ms) {
  const std::string colour = module_class(index);
  const auto cell = [](const std::string& text) { return "<td>" + text + "</td>"; };
  return "<tr><td class=\"l name\"><span class=\"keys\" style=\"display:inline\"><i class=\"" + colour +
         "\"></i></span>" + escape_markup(module.name) + "</td>" + cell(count_text(module.activation_count)) +
         cell(number_text(module.run_ms.p50, 3)) + cell(number_text(module.run_ms.p99, 3)) +
         cell(number_text(module.run_ms.p999, 3)) + cell(number_text(module.run_ms.max, 3)) +
         cell(number_text(module.budget_ms, 0)) + cell(count_text(module.over_budget_count)) +
         cell(count_text(module.reduced_count)) + cell(count_text(module.failure_count)) + "<td class=\"bar\">" +
         spread_bar(module.run_ms, module.budget_ms, most_ms, colour) + "</td>" +
         cell(percent_text(module.critical_path_share_ratio)) +
         "<td style=\"width:12%;min-width:70px\" class=\"bar\">" + share_bar(module.critical_path_share_ratio, colour) +
         "</td></tr>";
}

}  // namespace

std::string module_class(std::size_t module) { return fmt::format("m{}", module % 10); }

std::string module_latency_chart(const LatencyResult& result) {
  double most_ms = 1e-3;
  for (const ModuleLatency& module : result.modules) most_ms = std::max(most_ms, finite_or_zero(module.run_ms.max));
  std::string html =
      "<table><thead><tr><th class=\"l\">module</th><th>runs</th><th>p50</th><th>p99</th><th>p99.9</th><th>worst</th>"
      "<th>budget</th><th>over</th><th>reduced</th><th>failed</th>";
  html += fmt::format("<th class=\"l wide\">p50, p99, worst of {} ms; red: budget</th>", number_text(most_ms, 1));
  html += "<th colspan=\"2\" class=\"l\">critical path</th></tr></thead><tbody>";
  for (std::size_t i = 0; i < result.modules.size(); ++i) {
    if (!result.modules[i].is_left_out) html += module_row(result.modules[i], i, most_ms);
  }
  return html + "</tbody></table>";
}

std::string frame_latency_chart(const runtime::RunInfo& info, const std::vector<runtime::FramePath>& paths,
                                bool is_drive) {
  if (paths.empty()) return "";
  const auto columns = columns_of(paths, is_drive);
  constexpr double kTop = 26, kBottom = 236, kHeight = 266;
  double slowest_ms = 1e-3;
  for (const Column& column : columns) slowest_ms = std::max(slowest_ms, column.total_ms());
  const double deadline_ms = info.deadline.to_ms();
  // A deadline far above would flatten everything: it is then only told.
  const bool shows_deadline = deadline_ms > 0 && deadline_ms < 2.5 * slowest_ms;
  const double most_ms = 1.06 * std::max(slowest_ms, shows_deadline ? deadline_ms : 0);
  const double px_per_ms = (kBottom - kTop) / most_ms;
  const double pitch = (kChartRight - kChartLeft) / static_cast<double>(columns.size());
  std::string svg = fmt::format(
      R"(<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="Latency of each frame">)", kChartWidth, kHeight);
  svg += value_axis(most_ms, kTop, kBottom, "ms");
  std::vector<char> is_used(info.modules.size(), 0);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    svg += frame_column(info, columns[i], kChartLeft + pitch * static_cast<double>(i), std::max(0.5, 0.86 * pitch),
                        kBottom, px_per_ms);
    for (const auto& part : columns[i].path->parts) {
      if (part.module >= 0 && static_cast<std::size_t>(part.module) < is_used.size())
        is_used[static_cast<std::size_t>(part.module)] = 1;
    }
  }
  if (shows_deadline) {
    const double y = kBottom - deadline_ms * px_per_ms;
    svg +=
        fmt::format(R"(<line class="limit" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)", kChartLeft, kChartRight, y, y);
    svg += fmt::format(R"(<text x="{}" y="{:.1f}" text-anchor="end">deadline {} ms</text>)", kChartRight, y - 5,
                       number_text(deadline_ms, 0));
  }
  svg += fmt::format(R"(<text x="{}" y="{}">frame {}</text>)", kChartLeft, kHeight - 12, columns.front().path->frame);
  svg += fmt::format(R"(<text x="{}" y="{}" text-anchor="end">frame {}</text></svg>)", kChartRight, kHeight - 12,
                     columns.back().path->frame);
  return svg + keys_of(info, is_used, is_drive);
}

}  // namespace hangil::evaluation
