// SPDX-License-Identifier: Apache-2.0
#include "base/markup.hpp"
#include "verdict/compare.hpp"
#include "verdict/number_text.hpp"

namespace hangil::verdict {

namespace {

// In a cell of a Markdown table: no markup of its own, one line.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : base::escape_markup(text)) {
    if (c == '|' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

std::string run_name(const VerdictChange& change) {
  return change.seed == 0 ? change.scenario : change.scenario + " #" + std::to_string(change.seed);
}

std::string changes_table(const std::string& title, const std::vector<VerdictChange>& changes) {
  if (changes.empty()) return "";
  std::string text = "\n### " + title + " (" + std::to_string(changes.size()) + ")\n\n";
  text += "| run | before | after | reason |\n|---|---|---|---|\n";
  for (const VerdictChange& one : changes) {
    text += "| " + cell(run_name(one)) + " | " + one.before + " | " + one.after + " | " + cell(one.reason) + " |\n";
  }
  return text;
}

std::string mark(const KpiChange& change) {
  if (change.is_worse) return "worse";
  return change.is_better ? "better" : "";
}

std::string kpi_table(const std::vector<KpiChange>& kpis) {
  if (kpis.empty()) return "";
  std::string text =
      "\n### Figures that changed\n\n| runs | figure | pairs | before | after | difference, 95 % | p (Holm) | |\n";
  text += "|---|---|---|---|---|---|---|---|\n";
  for (const KpiChange& one : kpis) {
    text += "| " + cell(one.scenario) + " | " + one.kpi + " | " + std::to_string(one.pair_count) + " | " +
            number_text(one.before) + " | " + number_text(one.after) + " | " + number_text(one.difference.low) +
            " to " + number_text(one.difference.high) + " | " + number_text(one.p) + " | " + mark(one) + " |\n";
  }
  return text;
}

}  // namespace

std::string to_markdown(const Comparison& comparison) {
  std::string text = comparison.is_regression() ? "## Scenarios: regression\n" : "## Scenarios: no regression\n";
  text += "\n" + std::to_string(comparison.pair_count) + " runs compared, " +
          std::to_string(comparison.new_failures.size()) + " new failures, " + std::to_string(comparison.fixed.size()) +
          " fixed.\n";
  return text + changes_table("New failures", comparison.new_failures) + changes_table("Not run", comparison.missing) +
         changes_table("Fixed", comparison.fixed) + changes_table("Other changes", comparison.other_changes) +
         changes_table("New runs", comparison.added) + kpi_table(comparison.kpis);
}

}  // namespace hangil::verdict
