// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/config.hpp"

namespace hangil::camera {

// Where a lane line was seen: one point a row, rows going up the picture (falling y).
struct LaneTrace {
  struct Point {
    float x = 0, y = 0;
    float width = 0;  // of the painted run in this row
  };
  std::vector<Point> points;
};

// Which pixels show a line: one byte a pixel, 0 or 1.
struct LaneMask {
  int width = 0, height = 0;
  std::vector<std::uint8_t> is_line;
};

struct LaneTracingConfig {
  double widest_run_px = 60, gate_px = 8;
  int longest_gap_rows = 24, least_rows = 24;
  void visit(base::ConfigVisitor& visitor) {
    visitor.field("widest_run_px", widest_run_px, {2, 1000}, "px", "wider runs of line pixels in a row are no line");
    visitor.field("gate_px", gate_px, {1, 100}, "px",
                  "a run continues a line when it lies so near to where that leads");
    visitor.field("longest_gap_rows", longest_gap_rows, {1, 500}, "", "a line may vanish for so many rows");
    visitor.field("least_rows", least_rows, {4, 1000}, "", "a line shows in so many rows at least");
  }
};

// Follows lines up the picture, row by row: each run of line pixels continues the nearest line that leads there, or
// starts a new one. From left to right at their lower ends.
std::vector<LaneTrace> trace_lanes(const LaneMask& mask, const LaneTracingConfig& config);

}  // namespace hangil::camera
