// SPDX-License-Identifier: Apache-2.0
#include "camera/lane_tracing.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace hangil::camera {

namespace {

using Point = LaneTrace::Point;

constexpr std::size_t kSlopeRows = 16;  // of a trace that tell where it leads

// A trace and where it leads: x at its last row and the change of x a row upwards.
struct Open {
  LaneTrace trace;
  double slope = 0;
  bool is_met = false;  // in the present row

  double gap(int y) const { return static_cast<double>(trace.points.back().y) - y; }
  double leads_to(int y) const { return static_cast<double>(trace.points.back().x) + slope * gap(y); }

  void add(const Point& point) {
    trace.points.push_back(point);
    const Point& first = trace.points[trace.points.size() > kSlopeRows ? trace.points.size() - kSlopeRows : 0];
    const double rows = static_cast<double>(first.y - point.y);
    if (rows >= 4) slope = static_cast<double>(point.x - first.x) / rows;
    is_met = true;
  }
};

void find_runs(const LaneMask& mask, int y, double widest, std::vector<Point>& runs) {
  runs.clear();
  const std::uint8_t* row = mask.is_line.data() + static_cast<std::ptrdiff_t>(y) * mask.width;
  for (int x = 0; x < mask.width; ++x) {
    if (row[x] == 0) continue;
    const int start = x;
    while (x < mask.width && row[x] != 0) ++x;
    const auto width = static_cast<float>(x - start);
    if (static_cast<double>(width) <= widest) {
      runs.push_back({static_cast<float>(start) + width / 2, static_cast<float>(y), width});
    }
  }
}

struct Meeting {
  double distance;
  std::size_t open, run;
};

// All pairs of a line and a run within the gate, the nearest first. A fresh line leads nowhere yet: its gate is wider.
std::vector<Meeting> meetings(const std::vector<Open>& open, const std::vector<Point>& runs, int y,
                              const LaneTracingConfig& config) {
  std::vector<Meeting> all;
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (std::size_t k = 0; k < runs.size(); ++k) {
      const double distance = std::abs(open[i].leads_to(y) - static_cast<double>(runs[k].x));
      const double unsure = open[i].trace.points.size() < kSlopeRows ? static_cast<double>(runs[k].width) / 2 : 0;
      if (distance <= config.gate_px + unsure + 0.3 * open[i].gap(y)) all.push_back({distance, i, k});
    }
  }
  std::sort(all.begin(), all.end(), [](const Meeting& a, const Meeting& b) {
    return std::tuple(a.distance, a.open, a.run) < std::tuple(b.distance, b.open, b.run);
  });
  return all;
}

void extend(std::vector<Open>& open, const std::vector<Point>& runs, int y, const LaneTracingConfig& config) {
  std::vector<bool> is_used(runs.size(), false);
  for (Open& line : open) line.is_met = false;
  for (const Meeting& meeting : meetings(open, runs, y, config)) {
    if (open[meeting.open].is_met || is_used[meeting.run]) continue;
    open[meeting.open].add(runs[meeting.run]);
    is_used[meeting.run] = true;
  }
  for (std::size_t k = 0; k < runs.size(); ++k) {
    if (!is_used[k]) open.push_back({{{runs[k]}}});
  }
}

}  // namespace

std::vector<LaneTrace> trace_lanes(const LaneMask& mask, const LaneTracingConfig& config) {
  std::vector<Open> open;
  std::vector<LaneTrace> done;
  std::vector<Point> runs;
  const auto close = [&](const Open& line) {
    if (static_cast<int>(line.trace.points.size()) >= config.least_rows) done.push_back(line.trace);
  };
  for (int y = mask.height - 1; y >= 0; --y) {
    find_runs(mask, y, config.widest_run_px, runs);
    extend(open, runs, y, config);
    std::erase_if(open, [&](const Open& line) {
      const bool is_over = line.gap(y) > config.longest_gap_rows;
      if (is_over) close(line);
      return is_over;
    });
  }
  for (const Open& line : open) close(line);
  std::sort(done.begin(), done.end(), [](const LaneTrace& a, const LaneTrace& b) {
    return std::tuple(a.points.front().x, a.points.front().y) < std::tuple(b.points.front().x, b.points.front().y);
  });
  return done;
}

}  // namespace hangil::camera
