// SPDX-License-Identifier: Apache-2.0
#include "evaluation/report_axes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "evaluation/table.hpp"

namespace hangil::evaluation {

namespace {

// The least of 1, 2, 5, 10, 20, ... that divides `range` into at most `parts`.
double tick_step(double range, int parts) {
  const double least = std::max(range, 1e-9) / parts;
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

std::string tick_text(double value, double step) { return number_text(value, step < 0.1 ? 2 : step < 1 ? 1 : 0); }

}  // namespace

std::string value_axis(double most, double top, double bottom, const char* unit) {
  const double step = tick_step(most, 5);
  std::string svg;
  for (double value = 0; value <= most * (1 + 1e-9); value += step) {
    const double y = bottom - (bottom - top) * value / most;
    svg += fmt::format(R"(<line class="axis" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>)", kChartLeft,
                       kChartRight, y, y);
    svg += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>)", kChartLeft - 6, y + 4,
                       tick_text(value, step));
  }
  return svg + fmt::format(R"(<text x="4" y="{:.1f}">{}</text>)", top - 8, unit);
}

std::string time_axis(double seconds, double bottom) {
  std::string svg;
  const double step = tick_step(seconds, 10);
  for (double t = 0; t <= seconds; t += step) {
    svg += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{} s</text>)", chart_x(t / seconds), bottom + 18,
                       t > 0.97 * seconds ? "end" : "middle", tick_text(t, step));
  }
  return svg;
}

double chart_x(double share) { return kChartLeft + (kChartRight - kChartLeft) * std::clamp(share, 0.0, 1.0); }

}  // namespace hangil::evaluation
