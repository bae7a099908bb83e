// SPDX-License-Identifier: Apache-2.0
#include "map/strip_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hangil::map {

namespace {

constexpr double kCell_m = 8, kCellsMax = 4e6;

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
Extent extent_of(const Strip& strip) {
  Extent extent;
  for (const double u : {-double(strip.margin_m), double(strip.length_m) + strip.margin_m}) {
    for (const double v : {double(strip.right_m) - strip.margin_m, double(strip.left_m) + strip.margin_m}) {
      extent.add(strip.x_m + strip.direction_x * u - strip.direction_y * v,
                 strip.y_m + strip.direction_y * u + strip.direction_x * v);
    }
  }
  return extent;
}

// Finite, and on this planet.
bool is_placed(const Strip& strip) {
  const double reach = std::abs(strip.x_m) + std::abs(strip.y_m) + std::abs(double(strip.length_m)) +
                       std::abs(double(strip.left_m)) + std::abs(double(strip.right_m)) +
                       std::abs(double(strip.margin_m));
  return reach < 1e9;
}

}  // namespace

double Strip::distance_m(math::Point2 point) const {
  const double dx = point.x_m - x_m, dy = point.y_m - y_m;
  const double u = direction_x * dx + direction_y * dy, v = direction_x * dy - direction_y * dx;
  const double beside = std::max({0.0, right_m - v, v - left_m}), along = std::max({0.0, -u, u - length_m});
  return std::sqrt(beside * beside + along * along);
}

bool Strip::holds_foot(math::Point2 point) const {
  const double dx = point.x_m - x_m, dy = point.y_m - y_m;
  const double ex = dx - direction_x * length_m, ey = dy - direction_y * length_m;
  return dx * begin_normal_x + dy * begin_normal_y >= 0 && ex * end_normal_x + ey * end_normal_y <= 0;
}

void join_strips(std::span<Strip> strips) {
  for (std::size_t i = 1; i < strips.size(); ++i) {
    Strip &before = strips[i - 1], &after = strips[i];
    after.begin_normal_x = before.end_normal_x = static_cast<float>(before.direction_x + after.direction_x);
    after.begin_normal_y = before.end_normal_y = static_cast<float>(before.direction_y + after.direction_y);
  }
}

StripGrid::StripGrid(std::vector<Strip> strips) : strips_(std::move(strips)) {
  std::erase_if(strips_, [](const Strip& strip) { return !is_placed(strip); });
  choose_cells();
  fill_cells();
}

void StripGrid::choose_cells() {
  Extent all;
  std::vector<std::array<double, 2>> sizes;
  for (const Strip& strip : strips_) {
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

void StripGrid::fill_cells() {
  cell_begin_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  const auto each_cell = [&](const Strip& strip, auto&& visit) {
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
  for (const Strip& strip : strips_) each_cell(strip, [&](std::size_t cell) { ++cell_begin_[cell + 1]; });
  for (std::size_t i = 1; i < cell_begin_.size(); ++i) cell_begin_[i] += cell_begin_[i - 1];
  entries_.resize(cell_begin_.back());
  std::vector<std::uint32_t> next = cell_begin_;
  for (std::size_t i = 0; i < strips_.size(); ++i) {
    each_cell(strips_[i], [&](std::size_t cell) { entries_[next[cell]++] = static_cast<std::uint32_t>(i); });
  }
}

StripGrid::Cell StripGrid::cell_of(math::Point2 point) const {
  const auto place = [this](double offset) {
    const double cell = std::floor(offset / cell_m_);
    return std::isfinite(cell) ? static_cast<std::int64_t>(std::clamp(cell, -1e15, 1e15)) : std::int64_t{0};
  };
  return {place(point.x_m - left_m_), place(point.y_m - bottom_m_)};
}

std::span<const std::uint32_t> StripGrid::strips_at(Cell cell) const {
  if (cell.column < 0 || cell.row < 0 || cell.column >= columns_ || cell.row >= rows_) return {};
  const auto index = static_cast<std::size_t>(cell.row * columns_ + cell.column);
  return {entries_.data() + cell_begin_[index], entries_.data() + cell_begin_[index + 1]};
}

std::int64_t StripGrid::rings_to_any(Cell cell) const {
  return std::max({-cell.column, cell.column - (columns_ - 1), -cell.row, cell.row - (rows_ - 1), std::int64_t{0}});
}

std::int64_t StripGrid::rings_to_all(Cell cell) const {
  if (columns_ == 0) return -1;
  return std::max({cell.column, columns_ - 1 - cell.column, cell.row, rows_ - 1 - cell.row, std::int64_t{0}});
}

}  // namespace hangil::map
