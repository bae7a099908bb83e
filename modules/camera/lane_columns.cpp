// SPDX-License-Identifier: Apache-2.0
#include "camera/lane_columns.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hangil::camera {

namespace {

constexpr double kEndShare = 0.5;        // of the seen rows that tell where an end leads
constexpr double kBelowMeeting = 0.015;  // of the picture's height
constexpr double kSame_px = 25, kSameShare = 0.6;
constexpr std::size_t kLeastCommonRows = 4;

struct Straight {
  double row = 0, column = 0, slope = 0;  // columns a row
  double at(double y) const { return column + slope * (y - row); }
};

double curve_at(const messages::LaneLine& line, double height_px, double y) {
  const auto& c = line.image_coefficients;
  const double t = (y - static_cast<double>(line.y_max_px)) / height_px;
  return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

// Least squares through the curve between two rows.
Straight straight_through(const messages::LaneLine& line, double height_px, double from, double to) {
  constexpr int kSamples = 16;
  Straight straight{.row = (from + to) / 2};
  double mixed = 0, square = 0;
  for (int i = 0; i < kSamples; ++i) {
    const double y = from + (to - from) * (i + 0.5) / kSamples, x = curve_at(line, height_px, y);
    straight.column += x / kSamples;
    mixed += x * (y - straight.row), square += (y - straight.row) * (y - straight.row);
  }
  straight.slope = square > 0 ? mixed / square : 0;
  return straight;
}

struct Lane {
  const messages::LaneLine* line = nullptr;
  double top = 0, bottom = 0;
  Straight upper, lower;
};

Lane lane_of(const messages::LaneLine& line, double height_px) {
  Lane lane{&line, static_cast<double>(line.y_min_px), static_cast<double>(line.y_max_px), {}, {}};
  const double end = kEndShare * (lane.bottom - lane.top);
  lane.upper = straight_through(line, height_px, lane.top, lane.top + end);
  lane.lower = straight_through(line, height_px, lane.bottom - end, lane.bottom);
  return lane;
}

// The median of the rows where lower ends meet above both lines.
std::optional<double> meeting_row(std::span<const Lane> lanes) {
  std::vector<double> rows;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    for (std::size_t k = i + 1; k < lanes.size(); ++k) {
      const Straight &a = lanes[i].lower, &b = lanes[k].lower;
      const double apart = a.slope - b.slope;
      if (std::abs(apart) < 0.2) continue;
      const double row = a.row - (a.column - b.at(a.row)) / apart;
      if (row < std::min(lanes[i].bottom, lanes[k].bottom)) rows.push_back(row);
    }
  }
  if (rows.empty()) return std::nullopt;
  std::nth_element(rows.begin(), rows.begin() + std::ssize(rows) / 2, rows.end());
  return rows[rows.size() / 2];
}

double column_at(const Lane& lane, double height_px, double y) {
  if (y > lane.bottom) return lane.lower.at(y);
  return y < lane.top ? lane.upper.at(y) : curve_at(*lane.line, height_px, y);
}

std::vector<double> columns_of(const Lane& lane, const messages::LaneLines& lines, std::span<const double> rows,
                               double highest) {
  std::vector<double> columns;
  for (const double y : rows) {
    const double x = y < std::min(highest, lane.top) ? kNoColumn : column_at(lane, lines.height_px, y);
    columns.push_back(x >= 0 && x < lines.width_px ? x : kNoColumn);
  }
  return columns;
}

bool are_same(const std::vector<double>& a, const std::vector<double>& b) {
  std::size_t common = 0, near = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] < 0 || b[i] < 0) continue;
    ++common, near += std::abs(a[i] - b[i]) < kSame_px ? 1U : 0U;
  }
  return common >= kLeastCommonRows && static_cast<double>(near) >= kSameShare * static_cast<double>(common);
}

}  // namespace

std::vector<std::vector<double>> lane_columns(const messages::LaneLines& lines, std::span<const double> rows) {
  std::vector<Lane> lanes;
  for (const messages::LaneLine& line : lines.lines) lanes.push_back(lane_of(line, lines.height_px));
  const auto meeting = meeting_row(lanes);
  const double highest = meeting ? *meeting + kBelowMeeting * lines.height_px : lines.height_px;
  // The longest first: of lines that are one lane it says most.
  std::stable_sort(lanes.begin(), lanes.end(),
                   [](const Lane& a, const Lane& b) { return a.bottom - a.top > b.bottom - b.top; });
  std::vector<std::vector<double>> result;
  for (const Lane& lane : lanes) {
    auto columns = columns_of(lane, lines, rows, highest);
    const bool is_known =
        std::any_of(result.begin(), result.end(), [&](const auto& other) { return are_same(columns, other); });
    if (!is_known) result.push_back(std::move(columns));
  }
  return result;
}

}  // namespace hangil::camera
