// SPDX-License-Identifier: Apache-2.0
#include "map/cross_section.hpp"

#include <algorithm>
#include <cmath>

#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

double shape_height_m(const Road& road, double s, double t) {
  const auto& shapes = road.shapes;
  if (shapes.empty()) return 0;
  const auto after = std::upper_bound(shapes.begin(), shapes.end(), s,
                                      [](double at, const LateralShape& shape) { return at < shape.s_m; });
  if (after == shapes.begin()) return shapes.front().height_by_t.value(t);
  const LateralShape& before = *(after - 1);
  if (after == shapes.end()) return before.height_by_t.value(t);
  const double share = (s - before.s_m) / (after->s_m - before.s_m);
  return (1 - share) * before.height_by_t.value(t) + share * after->height_by_t.value(t);
}

double crossfall_m(const Road& road, double s, double t) {
  const Profile& profile = t > 0 ? road.crossfall_left : road.crossfall_right;
  return profile.pieces.empty() ? 0 : -std::abs(t) * std::tan(profile.value(s));
}

double lane_height_m(const Lane& lane, double ds, double share) {
  const LaneHeight* valid = nullptr;
  for (const LaneHeight& height : lane.heights) {
    if (height.s_m <= ds || valid == nullptr) valid = &height;
  }
  return valid == nullptr ? 0 : valid->inner_m + share * (valid->outer_m - valid->inner_m);
}

}  // namespace

double rise_m(const Road& road, double s_m, double t_m) {
  const LaneSection& section = section_at(road, s_m);
  const int index = lane_at(road, section, s_m, t_m);
  const Lane& lane = section.lanes[static_cast<std::size_t>(index)];
  const LaneEdges edges = lane_edges(road, section, index, s_m);
  const double inner = lane.id > 0 ? edges.right_t_m : edges.left_t_m, width = edges.width_m();
  const double share = width > 0 ? std::clamp(std::abs(t_m - inner) / width, 0.0, 1.0) : 0;
  double rise = lane_height_m(lane, s_m - section.s_m, share);
  // A level lane keeps the height of its inner edge.
  const double t = lane.is_level ? inner : t_m;
  rise += crossfall_m(road, s_m, t) + shape_height_m(road, s_m, t);
  if (lane.is_level) rise -= (t_m - inner) * std::sin(road.superelevation.value(s_m));
  return rise;
}

}  // namespace hangil::map
