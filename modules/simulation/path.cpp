// SPDX-License-Identifier: Apache-2.0
#include "simulation/path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hangil::simulation {

namespace {

constexpr double kSpacing_m = 0.5;

double curvature_at(std::span<const Bend> bends, double way_m) {
  if (way_m <= bends.front().way_m) return bends.front().curvature_radpm;
  for (std::size_t i = 1; i < bends.size(); ++i) {
    if (way_m > bends[i].way_m) continue;
    const double t = (way_m - bends[i - 1].way_m) / (bends[i].way_m - bends[i - 1].way_m);
    return bends[i - 1].curvature_radpm + t * (bends[i].curvature_radpm - bends[i - 1].curvature_radpm);
  }
  return bends.back().curvature_radpm;
}

// On the circle that touches the path there; the forms below hold for a straight line too.
Foot foot_beside(const WayPoint& nearest, math::Point2 point) {
  const auto [x, y] = math::inverse(nearest.pose) * point;
  const double k = nearest.curvature_radpm, room = 1 - k * y, turned = std::hypot(k * x, room);
  return {nearest.way_m + x / std::max(room, 0.1), (2 * y - k * (x * x + y * y)) / (1 + turned)};
}

double growth(const WayPoint& from, const WayPoint& to) {
  return (to.curvature_radpm - from.curvature_radpm) / (to.way_m - from.way_m);
}

}  // namespace

// The integral of the heading is taken by Gauss and Legendre with three nodes: below 1e-12 m for steps of 0.5 m.
WayPoint along(const WayPoint& from, double growth_radpm2, double way_m) {
  constexpr double kNode = 0.7745966692414834, kEnd = 5.0 / 18, kMiddle = 8.0 / 18;
  const auto turned = [&](double way) {
    return from.pose.yaw_rad + way * (from.curvature_radpm + growth_radpm2 * way / 2);
  };
  WayPoint to{from.way_m + way_m, from.pose, from.curvature_radpm + growth_radpm2 * way_m};
  for (const auto& [place, weight] : {std::pair{(1 - kNode) / 2, kEnd}, {0.5, kMiddle}, {(1 + kNode) / 2, kEnd}}) {
    const double yaw = turned(place * way_m);
    to.pose.x_m += weight * way_m * std::cos(yaw), to.pose.y_m += weight * way_m * std::sin(yaw);
  }
  to.pose.yaw_rad = math::wrap_angle_rad(turned(way_m));
  return to;
}

Path Path::from_bends(const math::Pose2& start, std::span<const Bend> bends, double length_m) {
  const int count = std::max(1, static_cast<int>(std::ceil(length_m / kSpacing_m)));
  std::vector<WayPoint> points{{0, start, curvature_at(bends, 0)}};
  points.reserve(static_cast<std::size_t>(count) + 1);
  for (int i = 1; i <= count; ++i) {
    const double way_m = length_m * i / count - points.back().way_m;
    const double next = curvature_at(bends, points.back().way_m + way_m);
    points.push_back(along(points.back(), (next - points.back().curvature_radpm) / way_m, way_m));
  }
  return Path(std::move(points));
}

Path Path::straight(const math::Pose2& start, double length_m) {
  constexpr Bend kNone[] = {{0, 0}};
  return from_bends(start, kNone, length_m);
}

WayPoint Path::at(double way_m) const {
  const double place_m = std::clamp(way_m, 0.0, length_m());
  const auto next = std::upper_bound(points_.begin() + 1, points_.end() - 1, place_m,
                                     [](double way, const WayPoint& point) { return way < point.way_m; });
  const WayPoint& from = *(next - 1);
  return along(from, growth(from, *next), place_m - from.way_m);
}

Path Path::shifted(double left_m) const {
  std::vector<WayPoint> points;
  points.reserve(points_.size());
  for (const WayPoint& p : points_) {
    WayPoint moved{0, {}, p.curvature_radpm / (1 - p.curvature_radpm * left_m)};
    const math::Point2 place = p.pose * math::Point2{0, left_m};
    moved.pose = {place.x_m, place.y_m, p.pose.yaw_rad};
    if (!points.empty()) {
      const WayPoint& before = points_[points.size() - 1];
      const double turned = math::angle_difference_rad(p.pose.yaw_rad, before.pose.yaw_rad);
      moved.way_m = points.back().way_m + (p.way_m - before.way_m) - left_m * turned;
    }
    points.push_back(moved);
  }
  return Path(std::move(points));
}

Path Path::shifted(const std::function<double(double)>& left_m) const {
  constexpr double kStep_m = 1e-3;
  std::vector<WayPoint> points;
  points.reserve(points_.size());
  for (const WayPoint& p : points_) {
    const double left = left_m(p.way_m),
                 slope = (left_m(p.way_m + kStep_m) - left_m(p.way_m - kStep_m)) / (2 * kStep_m);
    const math::Point2 place = p.pose * math::Point2{0, left};
    const double turn = std::atan2(slope, 1 - p.curvature_radpm * left);
    WayPoint moved{0, {place.x_m, place.y_m, math::wrap_angle_rad(p.pose.yaw_rad + turn)}, 0};
    if (!points.empty()) {
      const WayPoint& before = points.back();
      moved.way_m = before.way_m + std::hypot(place.x_m - before.pose.x_m, place.y_m - before.pose.y_m);
    }
    points.push_back(moved);
  }
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const double turned = math::angle_difference_rad(points[i + 1].pose.yaw_rad, points[i - 1].pose.yaw_rad);
    points[i].curvature_radpm = turned / (points[i + 1].way_m - points[i - 1].way_m);
  }
  return Path(std::move(points));
}

Path Path::reversed() const {
  std::vector<WayPoint> points(points_.rbegin(), points_.rend());
  for (WayPoint& p : points) {
    p.way_m = length_m() - p.way_m;
    p.pose.yaw_rad = math::wrap_angle_rad(p.pose.yaw_rad + std::numbers::pi);
    p.curvature_radpm = -p.curvature_radpm;
  }
  return Path(std::move(points));
}

Foot foot(const Path& path, math::Point2 point) {
  const std::vector<WayPoint>& points = path.points();
  std::size_t nearest = 0;
  double least = std::numeric_limits<double>::infinity();
  const auto look = [&](std::size_t first, std::size_t last, std::size_t stride) {
    for (std::size_t i = first; i < last; i += stride) {
      const double dx = point.x_m - points[i].pose.x_m, dy = point.y_m - points[i].pose.y_m;
      if (dx * dx + dy * dy < least) least = dx * dx + dy * dy, nearest = i;
    }
  };
  look(0, points.size(), 64);
  for (const std::size_t stride : {std::size_t{16}, std::size_t{4}, std::size_t{1}}) {
    const std::size_t reach = 4 * stride, first = nearest < reach ? 0 : nearest - reach;
    look(first, std::min(nearest + reach + 1, points.size()), stride);
  }
  return foot_beside(points[nearest], point);
}

double smooth_step(double from, double to, double x) {
  const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
  return t * t * t * (10 + t * (6 * t - 15));
}

}  // namespace hangil::simulation
