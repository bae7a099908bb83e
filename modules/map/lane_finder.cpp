// SPDX-License-Identifier: Apache-2.0
#include "map/lane_finder.hpp"

#include <algorithm>
#include <cmath>

#include "map/lane_bounds.hpp"

namespace hangil::map {

namespace {

constexpr double kMisled_m = 6, kInside_m = 1e-6;

// A stretch of middle with the bounds' distances at its ends, whichever is wider.
Strip make_strip(const GraphLane& lane, int index, std::size_t i, double begin_s_m) {
  const Point3 &a = lane.centre[i - 1], &b = lane.centre[i];
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length = std::hypot(dx, dy);
  Strip strip{a.x_m, a.y_m, 1, 0, static_cast<float>(length)};
  if (length > 1e-9) {
    strip.direction_x = dx / length;
    strip.direction_y = dy / length;
  }
  strip.left_m = static_cast<float>(std::max(distance_m(lane.left, a), distance_m(lane.left, b)));
  strip.right_m = -static_cast<float>(std::max(distance_m(lane.right, a), distance_m(lane.right, b)));
  strip.margin_m = 0.01f;
  strip.begin_s_m = begin_s_m;
  strip.end_s_m = begin_s_m + length;
  strip.owner = index;
  return strip;
}

struct Best {
  OnLane on;
  double cost_m = 0;
};

bool is_better(const Best& a, const Best& b) {
  const double beside = std::max(a.on.beside_m, kInside_m), other = std::max(b.on.beside_m, kInside_m);
  if (beside != other) return beside < other;
  return a.cost_m != b.cost_m ? a.cost_m < b.cost_m : a.on.lane < b.on.lane;
}

OnLane on_strip(const Strip& strip, math::Point2 point) {
  const double dx = point.x_m - strip.x_m, dy = point.y_m - strip.y_m;
  const double u = std::clamp(strip.direction_x * dx + strip.direction_y * dy, 0.0, double(strip.length_m));
  const double ex = dx - strip.direction_x * u, ey = dy - strip.direction_y * u;
  const double left = strip.direction_x * ey - strip.direction_y * ex;
  OnLane on{strip.owner, strip.begin_s_m + u, std::copysign(std::hypot(ex, ey), left), 0, strip.distance_m(point)};
  on.heading_rad = std::atan2(strip.direction_y, strip.direction_x);
  return on;
}

}  // namespace

LaneFinder::LaneFinder(const LaneGraph& graph) {
  std::vector<Strip> strips;
  for (int lane = 0; lane < static_cast<int>(graph.lanes.size()); ++lane) {
    const GraphLane& source = graph.lanes[static_cast<std::size_t>(lane)];
    Line line{source.centre, {0}};
    const std::size_t first = strips.size();
    for (std::size_t i = 1; i < source.centre.size(); ++i) {
      strips.push_back(make_strip(source, lane, i, line.along.back()));
      line.along.push_back(strips.back().end_s_m);
    }
    join_strips(std::span(strips).subspan(first));
    lines_.push_back(std::move(line));
  }
  strips_ = StripGrid(std::move(strips));
}

std::optional<OnLane> LaneFinder::nearest(math::Point2 point, std::optional<double> heading_rad, double reach_m) const {
  if (!std::isfinite(point.x_m) || !std::isfinite(point.y_m)) return std::nullopt;
  Best best;
  best.on.beside_m = reach_m;
  best.cost_m = std::numeric_limits<double>::infinity();
  const auto visit = [&](const Strip& strip) {
    if (strip.distance_m(point) > std::max(best.on.beside_m, kInside_m)) return;
    Best candidate{on_strip(strip, point), 0};
    candidate.cost_m = std::abs(candidate.on.offset_m);
    if (heading_rad)
      candidate.cost_m += kMisled_m * std::min(1 - std::cos(*heading_rad - candidate.on.heading_rad), 1.0);
    if (is_better(candidate, best)) best = candidate;
  };
  strips_.visit_near(point, visit, [&] { return best.on.beside_m - kInside_m; });
  if (best.on.lane < 0) return std::nullopt;
  return best.on;
}

LaneFinder::Pose LaneFinder::pose(int lane, double s_m, double offset_m) const {
  const Line& line = lines_[static_cast<std::size_t>(lane)];
  const auto after = std::upper_bound(line.along.begin() + 1, line.along.end() - 1, s_m);
  const auto i = static_cast<std::size_t>(after - line.along.begin());
  const Point3 &a = line.points[i - 1], &b = line.points[i];
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length = line.along[i] - line.along[i - 1];
  const double share = length > 0 ? std::clamp((s_m - line.along[i - 1]) / length, 0.0, 1.0) : 0;
  const double heading = std::atan2(dy, dx);
  return {a.x_m + share * dx - offset_m * std::sin(heading), a.y_m + share * dy + offset_m * std::cos(heading),
          a.z_m + share * (b.z_m - a.z_m), heading};
}

}  // namespace hangil::map
