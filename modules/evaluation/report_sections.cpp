// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <fmt/format.h>

#include "base/markup.hpp"
#include "evaluation/report_parts.hpp"
#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

constexpr std::size_t kListedLines = 200, kOpenLines = 12;

// A list of single things: folded when it is long.
std::string listing(const Table& table) {
  if (table.rows.empty()) return "";
  const std::string html = panel(html_of(table));
  if (table.rows.size() <= kOpenLines) return html;
  return "<details><summary>" + escape_markup(table.title) + "</summary>" + html + "</details>";
}

}  // namespace

std::string section(const std::string& id, const std::string& title, const std::string& lead, const std::string& body) {
  return fmt::format("<section id=\"{}\"><h2>{}</h2><p>{}</p>{}</section>\n", id, title, lead, body);
}

std::string panel(const std::string& body) { return body.empty() ? "" : "<div class=\"panel\">" + body + "</div>"; }

std::string missing(const std::string& reason) { return "<div class=\"missing\">" + escape_markup(reason) + "</div>"; }

// Broad tables across the page, the others in two columns below.
std::string panels(const std::vector<Table>& tables) {
  std::string broad, narrow;
  for (const Table& table : tables) {
    if (!table.rows.empty()) (table.columns.size() > 7 ? broad : narrow) += panel(html_of(table));
  }
  return narrow.empty() ? broad : broad + "<div class=\"columns\">" + narrow + "</div>";
}

std::string page_header(const DriveFacts& drive, const std::string& brand) {
  std::string html = "<header><div class=\"inner\"><div class=\"brand\">" + escape_markup(brand) + "</div>";
  html += "<h1>" + escape_markup(drive.name) + "</h1>";
  if (!drive.pipeline.empty()) {
    html +=
        fmt::format("<div>pipeline <b>{}</b>, {} executive with {} latency, {} worker{}, built with {}</div>",
                    escape_markup(drive.pipeline), escape_markup(drive.executive), escape_markup(drive.latency_mode),
                    drive.worker_count, drive.worker_count == 1 ? "" : "s", escape_markup(drive.build));
  }
  html += fmt::format("<ul class=\"facts\"><li><b>{:.1f} s</b> of driving</li>", drive.duration_s);
  if (std::isfinite(drive.driven_m)) {
    html += fmt::format("<li><b>{} m</b> driven</li><li><b>{}</b> m/s on average</li>", number_text(drive.driven_m, 1),
                        number_text(drive.mean_speed_mps, 1));
  } else {
    html += "<li>no poses: path and speed are not known</li>";
  }
  html += fmt::format("<li><b>{}</b> frames of <span class=\"mono\">{}</span></li>", drive.frame_count,
                      escape_markup(drive.frame_topic));
  if (!drive.digest.empty()) html += "<li>digest <b class=\"mono\">" + escape_markup(drive.digest) + "</b></li>";
  return html + "</ul></div></header>\n";
}

std::string latency_parts(const DrivenRecording& drive, const LatencyResult& result) {
  std::string html;
  const std::string frames = frame_latency_chart(*drive.info, frame_paths(drive), result.is_drive);
  if (!frames.empty()) html += panel("<h3>Every frame: where its time went</h3>" + frames);
  html += panel("<h3>Modules, run time in ms</h3>" + module_latency_chart(result) + "<p class=\"note\">" + kModuleNote +
                "</p>");
  html += panels({tables_of(result).front(), clock_table(result), drop_table(result), event_table(result),
                  left_out_table(result)});
  return html + listing(late_table(result, kListedLines)) + listing(victim_table(result, kListedLines)) +
         listing(incident_table(result, kListedLines));
}

std::string page_footer() {
  return "<footer>Made by Hangil. This page needs no network; its numbers are inside it as JSON.</footer>";
}

// JSON may stand in a script element as long as it holds no "<".
std::string data_script(const std::string& id, const std::string& json) {
  std::string html = "<script type=\"application/json\" id=\"" + id + "\">";
  for (const char c : json) {
    if (c == '<') {
      html += "\\u003c";
    } else {
      html += c;
    }
  }
  return html + "</script>\n";
}

std::string html_page(const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
         "content=\"width=device-width,initial-scale=1\"><title>" +
         escape_markup(title) + "</title><style>" + kReportStyle + "</style></head>\n<body>" + body + "<script>" +
         kReportScript + "</script></body></html>\n";
}

}  // namespace hangil::evaluation
