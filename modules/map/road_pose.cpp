// SPDX-License-Identifier: Apache-2.0
#include "map/road_pose.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "map/cross_section.hpp"

namespace hangil::map {

namespace {

struct Drift {
  double value = 0, slope = 0;
};

Drift drift_of(const Profile& profile, double s) {
  const CubicPiece* piece = profile.at(s);
  return piece == nullptr ? Drift{} : Drift{piece->value(s), piece->slope(s)};
}

// How far the lane's outer edge is beyond its inner one, away from lane 0. `inner` counts from lane 0, outwards.
Drift outward_width(const Lane& lane, double ds, double sign, const Drift& inner) {
  if (!lane.width.pieces.empty() || lane.outer_border.pieces.empty()) return drift_of(lane.width, ds);
  const Drift border = drift_of(lane.outer_border, ds);
  return {sign * border.value - inner.value, sign * border.slope - inner.slope};
}

// At the end of its section as it was before: lanes may be counted anew from another middle there.
Drift lane_offset_within(const Road& road, const LaneSection& section, double s) {
  constexpr double kBefore_m = 1e-9;
  if (s < section.end_s_m) return drift_of(road.lane_offset, s);
  const CubicPiece* piece = road.lane_offset.at(std::max(section.end_s_m - kBefore_m, section.s_m));
  return piece == nullptr ? Drift{} : Drift{piece->value(s), piece->slope(s)};
}

double limit_at(const std::vector<SpeedLimit>& limits, double s) {
  double limit = -1;
  for (const SpeedLimit& record : limits) {
    if (record.s_m <= s) limit = record.limit_mps;
  }
  return limit;
}

}  // namespace

RoadPose road_pose(const Road& road, double s_m, double t_m) {
  const PlanPose plan = road.plan.at(s_m);
  const Drift height = drift_of(road.elevation, s_m), roll = drift_of(road.superelevation, s_m);
  const double c = std::cos(roll.value), s = std::sin(roll.value);
  const double left_m = t_m * c, stretch = 1 - plan.curvature_radpm * left_m;
  RoadPose pose;
  pose.x_m = plan.x_m - left_m * std::sin(plan.heading_rad);
  pose.y_m = plan.y_m + left_m * std::cos(plan.heading_rad);
  pose.z_m = height.value + t_m * s + (road.has_uneven_lanes ? rise_m(road, s_m, t_m) : 0);
  pose.heading_rad = plan.heading_rad;
  pose.pitch_rad = -std::atan2(height.slope + t_m * c * roll.slope, std::max(stretch, 1e-6));
  pose.roll_rad = roll.value;
  pose.curvature_radpm = plan.curvature_radpm / (std::abs(stretch) < 1e-6 ? 1e-6 : stretch);
  return pose;
}

RoadPose lane_pose(const Road& road, const LanePlace& place) {
  const LaneEdges edges = lane_edges(road, place.lane_id, place.s_m);
  RoadPose pose = road_pose(road, place.s_m, edges.centre_t_m() + place.offset_m);
  const double stretch = 1 - road.plan.at(place.s_m).curvature_radpm * (edges.centre_t_m() + place.offset_m);
  pose.heading_rad = math::wrap_angle_rad(pose.heading_rad + std::atan2(edges.centre_slope(), std::max(stretch, 1e-6)));
  return pose;
}

int section_index_at(const Road& road, double s_m) {
  int last = static_cast<int>(road.sections.size()) - 1;
  while (last > 0 && s_m < road.sections[last].s_m) --last;
  return last;
}

const LaneSection& section_at(const Road& road, double s_m) { return road.sections[section_index_at(road, s_m)]; }

const Lane* find_lane(const LaneSection& section, int lane_id) {
  for (const Lane& lane : section.lanes) {
    if (lane.id == lane_id) return &lane;
  }
  return nullptr;
}

LaneEdges lane_edges(const Road& road, const LaneSection& section, int lane, double s_m) {
  const Drift offset = lane_offset_within(road, section, s_m);
  const double ds = s_m - section.s_m;
  const int step = lane < section.centre ? -1 : 1;
  Drift inner, width;  // from lane 0, outwards
  for (int at = section.centre; at != lane;) {
    at += step;
    inner = {inner.value + width.value, inner.slope + width.slope};
    width = outward_width(section.lanes[at], ds, -step, inner);
  }
  const double sign = -step, outer = inner.value + width.value, outer_slope = inner.slope + width.slope;
  LaneEdges edges{offset.value + sign * outer, offset.value + sign * inner.value, offset.slope + sign * outer_slope,
                  offset.slope + sign * inner.slope};
  if (sign > 0) {
    std::swap(edges.right_t_m, edges.left_t_m);
    std::swap(edges.right_slope, edges.left_slope);
  }
  return edges;
}

LaneEdges lane_edges(const Road& road, int lane_id, double s_m) {
  const LaneSection& section = section_at(road, s_m);
  const Lane* lane = find_lane(section, lane_id);
  const int index = lane == nullptr ? section.centre : static_cast<int>(lane - section.lanes.data());
  return lane_edges(road, section, index, s_m);
}

int lane_at(const Road& road, const LaneSection& section, double s_m, double t_m) {
  const double beside = t_m - lane_offset_within(road, section, s_m).value, ds = s_m - section.s_m;
  const int last = beside > 0 ? 0 : static_cast<int>(section.lanes.size()) - 1;
  if (last == section.centre) return section.centre;
  const int step = beside > 0 ? -1 : 1;
  Drift outer;
  int at = section.centre;
  while (at != last) {
    at += step;
    const Drift width = outward_width(section.lanes[at], ds, -step, outer);
    outer = {outer.value + width.value, outer.slope + width.slope};
    if (std::abs(beside) < outer.value) break;
  }
  return at;
}

bool runs_along_s(const Road& road, int lane_id) { return (lane_id > 0) == road.is_left_hand_traffic; }

double speed_limit_mps(const Road& road, int lane_id, double s_m) {
  const LaneSection& section = section_at(road, s_m);
  const Lane* lane = find_lane(section, lane_id);
  double limit = lane == nullptr ? -1 : limit_at(lane->speed_limits, s_m - section.s_m);
  if (limit < 0) limit = limit_at(road.speed_limits, s_m);
  return limit < 0 ? std::numeric_limits<double>::infinity() : limit;
}

RoadPlace road_place(const Road& road, const LanePlace& place) {
  return {place.road, place.s_m, lane_edges(road, place.lane_id, place.s_m).centre_t_m() + place.offset_m};
}

LanePlace lane_place(const Road& road, const RoadPlace& place) {
  const LaneSection& section = section_at(road, place.s_m);
  const int lane = lane_at(road, section, place.s_m, place.t_m);
  const double centre = lane_edges(road, section, lane, place.s_m).centre_t_m();
  return {place.road, section.lanes[lane].id, place.s_m, place.t_m - centre};
}

}  // namespace hangil::map
