// SPDX-License-Identifier: Apache-2.0
#include "evaluation/metric_page.hpp"

#include <fmt/format.h>

#include "base/markup.hpp"
#include "evaluation/report_axes.hpp"
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

namespace {

using base::escape_markup;

constexpr double kCurveTop = 30, kCurveBottom = 330, kCurveHeight = 362;
constexpr std::size_t kColours = 10;  // of the page's style

std::string recall_axis() {
  std::string svg;
  for (int percent = 0; percent <= 100; percent += 10) {
    const double x = chart_x(percent / 100.0);
    svg +=
        fmt::format(R"(<line class="axis" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>)", x, kCurveTop, kCurveBottom);
    svg += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{} %{}</text>)", x, kCurveBottom + 18,
                       percent == 100 ? "end" : "middle", percent, percent == 100 ? " recall" : "");
  }
  return svg;
}

std::string curve_path(const PrecisionCurve& curve) {
  std::string d;
  for (const auto& point : curve.points) {
    d += fmt::format("{}{:.1f} {:.1f}", d.empty() ? "M" : "L", chart_x(point.recall),
                     kCurveBottom - (kCurveBottom - kCurveTop) * point.precision);
  }
  return d;
}

std::string worst_html(const WorstFrame& worst, std::size_t number) {
  std::string html = fmt::format("<figure id=\"figure{}\"><div class=\"shot\">", number) + worst.svg;
  if (!worst.image_uri.empty()) html += "<img src=\"" + worst.image_uri + "\" alt=\"the camera's picture\">";
  return html + "</div><figcaption><b>" + escape_markup(worst.title) + "</b></figcaption></figure>";
}

std::string worst_section(const MetricPage& page) {
  if (page.worst.empty()) return "";
  std::string html = "<div class=\"figures\">";
  for (std::size_t i = 0; i < page.worst.size(); ++i) html += worst_html(page.worst[i], i + 1);
  return section("worst", "The worst", "What went most wrong first. A click makes a picture large.",
                 html + "</div>" + page.legend);
}

std::string curve_section(const MetricPage& page) {
  std::string html;
  for (const CurveChart& chart : page.charts) {
    html += panel("<h3>" + escape_markup(chart.title) + "</h3>" + precision_chart(chart.curves));
  }
  return html.empty() ? "" : section("curves", "Precision by recall", "Up and to the right is better.", html);
}

}  // namespace

std::string precision_chart(std::span<const PrecisionCurve> curves) {
  std::string svg =
      fmt::format(R"(<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="Precision by recall">)", kChartWidth,
                  kCurveHeight);
  svg += value_axis(100, kCurveTop, kCurveBottom, "precision, %") + recall_axis();
  std::string keys;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const std::size_t colour = i % kColours;
    svg += fmt::format(R"s(<path fill="none" stroke-width="2.2" style="stroke:var(--c{})" d="{}"/>)s", colour,
                       curve_path(curves[i]));
    keys += fmt::format(R"(<span><i class="m{}"></i>{}</span>)", colour, escape_markup(curves[i].name));
  }
  return svg + "</svg><div class=\"keys\">" + keys + "</div>";
}

std::string metric_page(const MetricPage& page) {
  const std::string header = "<header><div class=\"inner\"><div class=\"brand\">" + escape_markup(page.brand) +
                             "</div><h1>" + escape_markup(page.title) + "</h1><div>" + escape_markup(page.lead) +
                             "</div></div></header>\n";
  return html_page(page.title + " - " + page.brand, header + "<main>" + panels(page.tables) + curve_section(page) +
                                                        worst_section(page) + page_footer() + "</main>\n" +
                                                        data_script("metrics", page.json));
}

}  // namespace hangil::evaluation
