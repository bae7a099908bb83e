// SPDX-License-Identifier: Apache-2.0
#include "map/road_strips.hpp"

#include <algorithm>
#include <cmath>

#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

constexpr double kStripMax_m = 20, kStripTurn_rad = 0.2, kReachMax_m = 500, kGentle = 0.6;
constexpr int kStripsPerPiece = 100;

std::pair<double, double> outer_edges(const Road& road, double s) {
  const LaneSection& section = section_at(road, s);
  const double right = lane_edges(road, section, static_cast<int>(section.lanes.size()) - 1, s).right_t_m;
  const double left = lane_edges(road, section, 0, s).left_t_m;
  const auto bounded = [](double t) { return std::isfinite(t) ? std::clamp(t, -kReachMax_m, kReachMax_m) : 0; };
  return {bounded(std::min(left, right)), bounded(std::max(left, right))};
}

Strip make_strip(const Road& road, std::int32_t index, double begin_s_m, double end_s_m) {
  const PlanPose begin = road.plan.at(begin_s_m), end = road.plan.at(end_s_m);
  const double dx = end.x_m - begin.x_m, dy = end.y_m - begin.y_m, length = std::hypot(dx, dy);
  Strip strip{begin.x_m, begin.y_m, 1, 0, static_cast<float>(length)};
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
  strip.owner = index;
  strip.is_gentle = turn * (reach + 1) < kGentle * length;
  return strip;
}

void add_piece(const Road& road, std::int32_t index, const PlanPiece& piece, std::vector<Strip>& strips) {
  const double begin = piece.s_m, end = std::min(piece.s_m + piece.length_m, road.length_m);
  if (!(end > begin)) return;
  const PlanPose last = road.plan.at(end, piece);
  const double turn = std::abs(math::angle_difference_rad(last.heading_rad, piece.start.yaw_rad));
  const double bend = std::max(std::abs(piece.curvature_radpm), std::abs(last.curvature_radpm));
  const double wanted =
      std::max({piece.length_m / kStripMax_m, turn / kStripTurn_rad, bend * piece.length_m / kStripTurn_rad, 1.0});
  const int count = static_cast<int>(std::min(std::ceil(wanted), double(kStripsPerPiece)));
  for (int i = 0; i < count; ++i) {
    strips.push_back(
        make_strip(road, index, begin + (end - begin) * i / count, begin + (end - begin) * (i + 1) / count));
  }
}

}  // namespace

std::vector<Strip> road_strips(const std::vector<Road>& roads) {
  std::vector<Strip> strips;
  for (std::size_t i = 0; i < roads.size(); ++i) {
    const std::size_t first = strips.size();
    const auto index = static_cast<std::int32_t>(i);
    for (const PlanPiece& piece : roads[i].plan.pieces()) add_piece(roads[i], index, piece, strips);
    const double reached = std::max(roads[i].plan.length_m(), 0.0);
    if (reached < roads[i].length_m) strips.push_back(make_strip(roads[i], index, reached, roads[i].length_m));
    join_strips(std::span(strips).subspan(first));
  }
  return strips;
}

}  // namespace hangil::map
