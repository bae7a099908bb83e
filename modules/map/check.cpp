// SPDX-License-Identifier: Apache-2.0
#include "map/check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "map/check_parts.hpp"

namespace hangil::map {

namespace {

double end_heading(const std::vector<Point3>& line) {
  const Point3 &a = line[line.size() - 2], &b = line.back();
  return std::atan2(b.y_m - a.y_m, b.x_m - a.x_m);
}

double start_heading(const std::vector<Point3>& line) {
  return std::atan2(line[1].y_m - line[0].y_m, line[1].x_m - line[0].x_m);
}

void check_successor(const GraphLane& lane, const GraphLane& next, const MapTolerances& tolerances,
                     std::vector<MapFinding>& findings) {
  const Point3 &end = lane.centre.back(), &start = next.centre.front();
  const double gap = std::hypot(end.x_m - start.x_m, end.y_m - start.y_m), s = length_m(lane.centre);
  if (gap > tolerances.gap_m) {
    findings.push_back({MapFault::kGap, lane.id, s, 0, "lane " + next.id + " begins " + check::metres(gap) + " away"});
    return;
  }
  // Polylines bend at their points; only sharp turns are kinks.
  const double turn = math::angle_difference_rad(start_heading(next.centre), end_heading(lane.centre));
  if (std::abs(turn) > 0.6 + tolerances.kink_rad) {
    findings.push_back({MapFault::kKink, lane.id, s, 0, "lane " + next.id + " turns off by " + check::degrees(turn)});
  }
}

}  // namespace

std::string check::metres(double value_m) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f m", value_m);
  return text;
}

std::string check::degrees(double angle_rad) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f degrees", angle_rad * 180 / std::numbers::pi);
  return text;
}

std::string_view map_fault_word(MapFault fault) {
  switch (fault) {
    case MapFault::kGap:
      return "gap";
    case MapFault::kKink:
      return "kink";
    case MapFault::kOverlap:
      return "overlap";
    case MapFault::kMissingLink:
      return "missing link";
    case MapFault::kWrongLink:
      return "wrong link";
    case MapFault::kWidth:
      return "width";
  }
  return "";
}

std::vector<MapFinding> check_map(const Map& map, const MapTolerances& tolerances) {
  std::vector<MapFinding> findings;
  for (const DanglingLink& link : map.network().dangling_links) {
    findings.push_back({MapFault::kWrongLink, link.road, link.s_m, link.line, link.what});
  }
  for (int i = 0; i < static_cast<int>(map.roads().size()); ++i) {
    check::check_geometry(map.road(i), tolerances, findings);
    check::check_profiles(map.road(i), tolerances, findings);
    check::check_links(map, i, tolerances, findings);
    check::check_lane_joints(map, i, tolerances, findings);
  }
  check::check_overlaps(map, tolerances, findings);
  return findings;
}

std::vector<MapFinding> check_lanes(const LaneGraph& graph, const MapTolerances& tolerances) {
  std::vector<MapFinding> findings;
  for (const GraphLane& lane : graph.lanes) {
    for (const int next : lane.successors) {
      check_successor(lane, graph.lanes[static_cast<std::size_t>(next)], tolerances, findings);
    }
    const double start = std::hypot(lane.left[0].x_m - lane.right[0].x_m, lane.left[0].y_m - lane.right[0].y_m);
    if (start < tolerances.gap_m && length_m(lane.centre) < tolerances.gap_m) {
      findings.push_back({MapFault::kWidth, lane.id, 0, 0, "the lane has no extent"});
    }
  }
  return findings;
}

}  // namespace hangil::map
