// SPDX-License-Identifier: Apache-2.0
#include "map/road_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

constexpr double kStripMax_m = 20, kStripTurn_rad = 0.2, kReachMax_m = 500, kCell_m = 8;
constexpr int kStripsPerPiece = 1000;
constexpr double kCellsMax = 4e6;

struct Extent {
  double low_x = std::numeric_limits<double>::max(), low_y = low_x, high_x = -low_x, high_y = -low_x;

  void add(double x, double y) {
    low_x = std::min(low_x, x);
    low_y = std::min(low_y, y);
    high_x = std::max(high_x, x);
    high_y = std::max(high_y, y);
  }
};

// The box about a strip with its margin.
Extent extent_of(const RoadStrip& strip) {
  Extent extent;
  for (const double u : {-double(strip.margin_m), double(strip.length_m) + strip.margin_m}) {
    for (const double v : {double(strip.right_m) - strip.margin_m, double(strip.left_m) + strip.margin_m}) {
      extent.add(strip.x_m + strip.direction_x * u - strip.direction_y * v,
                 strip.y_m + strip.direction_y * u + strip.direction_x * v);
    }
  }
  return extent;
}

std::pair<double, double> outer_edges(const Road& road, double s) {
  const LaneSection& section = section_at(road, s);
  const double right = lane_edges(road, section, static_cast<int>(section.lanes.size()) - 1, s).right_t_m;
  const double left = lane_edges(road, section, 0, s).left_t_m;
  const auto bounded = [](double t) { return std::clamp(t, -kReachMax_m, kReachMax_m); };
  return {bounded(std::min(left, right)), bounded(std::max(left, right))};
}

}  // namespace

double RoadStrip::distance_m(math::Point2 point) const {
  const double dx = point.x_m - x_m, dy = point.y_m - y_m;
  const double u = direction_x * dx + direction_y * dy, v = direction_x * dy - direction_y * dx;
  const double beside = std::max({0.0, right_m - v, v - left_m}), along = std::max({0.0, -u, u - length_m});
  return std::sqrt(beside * beside + along * along);
}

RoadIndex::RoadIndex(const std::vector<Road>& roads) {
  for (std::size_t i = 0; i < roads.size(); ++i) add_road(roads[i], static_cast<std::int32_t>(i));
  choose_cells();
  fill_cells();
}

void RoadIndex::add_road(const Road& road, std::int32_t index) {
  for (const PlanPiece& piece : road.plan.pieces()) {
    const double begin = piece.s_m, end = std::min(piece.s_m + piece.length_m, road.length_m);
    if (!(end > begin)) continue;
    const double turn = std::abs(math::angle_difference_rad(road.plan.at(end, piece).heading_rad, piece.start.yaw_rad));
    const double bend = std::max(std::abs(piece.curvature_radpm), std::abs(road.plan.at(end, piece).curvature_radpm));
    const double wanted =
        std::max({piece.length_m / kStripMax_m, turn / kStripTurn_rad, bend * piece.length_m / kStripTurn_rad, 1.0});
    const int count = static_cast<int>(std::min(std::ceil(wanted), double(kStripsPerPiece)));
    for (int i = 0; i < count; ++i) {
      add_strip(road, index, begin + (end - begin) * i / count, begin + (end - begin) * (i + 1) / count);
    }
  }
  const double reached = road.plan.length_m();
  if (reached < road.length_m) add_strip(road, index, std::max(reached, 0.0), road.length_m);
}

void RoadIndex::add_strip(const Road& road, std::int32_t index, double begin_s_m, double end_s_m) {
  const PlanPose begin = road.plan.at(begin_s_m), end = road.plan.at(end_s_m);
  const double dx = end.x_m - begin.x_m, dy = end.y_m - begin.y_m, length = std::hypot(dx, dy);
  RoadStrip strip{begin.x_m, begin.y_m, 1, 0, static_cast<float>(length)};
  if (length > 1e-9) {
    strip.direction_x = dx / length;
    strip.direction_y = dy / length;
  }
  double right = kReachMax_m, left = -kReachMax_m;
  // What is not seen between the samples is within the margin.
  for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    const auto [low, high] = outer_edges(road, begin_s_m + share * (end_s_m - begin_s_m));
    right = std::min(right, low);
    left = std::max(left, high);
  }
  const double reach = std::max(std::abs(right), std::abs(left)), arc = end_s_m - begin_s_m;
  const double turn = std::abs(math::angle_difference_rad(end.heading_rad, begin.heading_rad));
  strip.right_m = static_cast<float>(right);
  strip.left_m = static_cast<float>(left);
  strip.margin_m = static_cast<float>(0.05 + reach * turn + arc * turn / 4);
  strip.begin_s_m = begin_s_m;
  strip.end_s_m = end_s_m;
  strip.road = index;
  strips_.push_back(strip);
}

void RoadIndex::choose_cells() {
  Extent all;
  std::vector<std::array<double, 2>> sizes;
  for (const RoadStrip& strip : strips_) {
    const Extent extent = extent_of(strip);
    all.add(extent.low_x, extent.low_y);
    all.add(extent.high_x, extent.high_y);
    sizes.push_back({extent.high_x - extent.low_x, extent.high_y - extent.low_y});
  }
  if (strips_.empty()) return;
  left_m_ = all.low_x;
  bottom_m_ = all.low_y;
  const double width = all.high_x - all.low_x, height = all.high_y - all.low_y;
  const auto entry_count = [&] {
    double count = 0;
    for (const auto& size : sizes) count += (size[0] / cell_m_ + 1) * (size[1] / cell_m_ + 1);
    return count;
  };
  cell_m_ = std::max(kCell_m, std::sqrt(width / kCellsMax * height));
  while (entry_count() > 4 * kCellsMax + 16.0 * static_cast<double>(strips_.size())) cell_m_ *= 2;
  columns_ = static_cast<std::int64_t>(width / cell_m_) + 1;
  rows_ = static_cast<std::int64_t>(height / cell_m_) + 1;
}

void RoadIndex::fill_cells() {
  cell_begin_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  const auto each_cell = [&](const RoadStrip& strip, auto&& visit) {
    const Extent extent = extent_of(strip);
    const Cell low = cell_of({extent.low_x, extent.low_y}), high = cell_of({extent.high_x, extent.high_y});
    const double reach = cell_m_ * 0.7072 + strip.margin_m;
    for (std::int64_t row = std::max<std::int64_t>(low.row, 0); row <= std::min(high.row, rows_ - 1); ++row) {
      for (std::int64_t column = std::max<std::int64_t>(low.column, 0); column <= std::min(high.column, columns_ - 1);
           ++column) {
        const math::Point2 middle{left_m_ + (double(column) + 0.5) * cell_m_,
                                  bottom_m_ + (double(row) + 0.5) * cell_m_};
        if (strip.distance_m(middle) <= reach) visit(static_cast<std::size_t>(row * columns_ + column));
      }
    }
  };
  for (const RoadStrip& strip : strips_) each_cell(strip, [&](std::size_t cell) { ++cell_begin_[cell + 1]; });
  for (std::size_t i = 1; i < cell_begin_.size(); ++i) cell_begin_[i] += cell_begin_[i - 1];
  entries_.resize(cell_begin_.back());
  std::vector<std::uint32_t> next = cell_begin_;
  for (std::size_t i = 0; i < strips_.size(); ++i) {
    each_cell(strips_[i], [&](std::size_t cell) { entries_[next[cell]++] = static_cast<std::uint32_t>(i); });
  }
}

RoadIndex::Cell RoadIndex::cell_of(math::Point2 point) const {
  const auto place = [this](double offset) {
    return static_cast<std::int64_t>(std::clamp(std::floor(offset / cell_m_), -1e15, 1e15));
  };
  return {place(point.x_m - left_m_), place(point.y_m - bottom_m_)};
}

std::span<const std::uint32_t> RoadIndex::strips_at(Cell cell) const {
  if (cell.column < 0 || cell.row < 0 || cell.column >= columns_ || cell.row >= rows_) return {};
  const auto index = static_cast<std::size_t>(cell.row * columns_ + cell.column);
  return {entries_.data() + cell_begin_[index], entries_.data() + cell_begin_[index + 1]};
}

std::int64_t RoadIndex::rings_to_all(Cell cell) const {
  return std::max({cell.column, columns_ - 1 - cell.column, cell.row, rows_ - 1 - cell.row, std::int64_t{0}});
}

}  // namespace hangil::map
