// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "evaluation/report_axes.hpp"
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

namespace {

struct SpeedSample {
  double time_s, value;
};

std::string line_path(const std::vector<SpeedSample>& samples, double seconds, double most, double top, double bottom) {
  std::string d;
  const std::size_t group = samples.size() / 800 + 1;
  for (std::size_t i = 0; i < samples.size(); i += group) {
    const double x = chart_x(samples[i].time_s / seconds);
    const double y = bottom - (bottom - top) * std::clamp(samples[i].value / most, 0.0, 1.0);
    d += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", x, y);
  }
  return d;
}

std::vector<SpeedSample> driven_speed(const DrivenRecording& drive) {
  std::vector<SpeedSample> samples;
  for (const auto& pose : drive.poses()) {
    const auto& v = pose.value.twist.twist.linear;
    const double speed_mps = std::hypot(v.x, v.y);
    if (std::isfinite(speed_mps)) samples.push_back({(pose.stamp - drive.start).to_s(), speed_mps});
  }
  return samples;
}

std::vector<SpeedSample> commanded_speed(const DrivenRecording& drive) {
  std::vector<SpeedSample> samples;
  for (const auto& command : drive.commands) {
    const double speed_mps = command.value.target_speed_mps;
    if (std::isfinite(speed_mps)) samples.push_back({(command.stamp - drive.start).to_s(), speed_mps});
  }
  return samples;
}

std::string figure_marks(const DrivenRecording& drive, const std::vector<ReportFigure>& figures, double seconds,
                         double top, double bottom) {
  std::string svg;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const double x = chart_x((figures[i].stamp - drive.start).to_s() / seconds);
    svg += fmt::format(R"(<line class="mark" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>)", x, top, bottom);
    svg += fmt::format(R"(<a href="#figure{}"><circle class="flag" cx="{:.1f}" cy="{}" r="9"/>)", i + 1, x, top - 10);
    svg += fmt::format(R"(<text class="flag" x="{:.1f}" y="{}">{}</text></a>)", x, top - 6, i + 1);
  }
  return svg;
}

}  // namespace

std::string speed_chart(const DrivenRecording& drive, const std::vector<ReportFigure>& figures) {
  const auto driven = driven_speed(drive), commanded = commanded_speed(drive);
  const double seconds = (drive.end - drive.start).to_s();
  if ((driven.size() < 2 && commanded.size() < 2) || !(seconds > 0)) return "";
  constexpr double kTop = 34, kBottom = 190, kHeight = 218;
  double most = 1;
  for (const auto* samples : {&driven, &commanded}) {
    for (const SpeedSample& sample : *samples) most = std::max(most, 1.08 * sample.value);
  }
  std::string svg = fmt::format(R"(<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="Speed over time">)",
                                kChartWidth, kHeight);
  svg += value_axis(most, kTop, kBottom, "m/s") + time_axis(seconds, kBottom);
  const auto line = [&](const char* kind, const std::vector<SpeedSample>& samples) {
    if (samples.size() < 2) return std::string();
    return fmt::format(R"(<path class="{}" d="{}"/>)", kind, line_path(samples, seconds, most, kTop, kBottom));
  };
  svg += line("driven", driven) + line("commanded", commanded);
  svg += figure_marks(drive, figures, seconds, kTop, kBottom) + "</svg>";
  return svg + R"(<div class="keys"><span><i class="m0"></i>driven speed</span><span><i class="m3"></i>commanded )"
               R"(target speed</span><span>numbers: the pictures above</span></div>)";
}

}  // namespace hangil::evaluation
