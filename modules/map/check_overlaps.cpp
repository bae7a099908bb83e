// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include "map/check_parts.hpp"
#include "map/project.hpp"
#include "map/road_pose.hpp"

namespace hangil::map::check {

namespace {

constexpr double kSpacing_m = 5, kClearance_m = 2.5;
constexpr int kSamplesMax = 20'000;

// How deep a point lies within the drivable lanes of a road at about its height; negative outside.
double depth_m(const Road& road, const Strip& strip, const RoadPose& pose) {
  const math::Point2 point{pose.x_m, pose.y_m};
  const Foot foot = project(road, point, (strip.begin_s_m + strip.end_s_m) / 2);
  if (foot.along_m != 0 || foot.s_m <= 0 || foot.s_m >= road.length_m) return -1;
  const double t = t_of_left(road, foot.s_m, foot.left_m);
  if (std::abs(road_pose(road, foot.s_m, t).z_m - pose.z_m) > kClearance_m) return -1;
  const LaneSection& section = section_at(road, foot.s_m);
  const int place = lane_at(road, section, foot.s_m, t);
  if (!is_drivable(section.lanes[static_cast<std::size_t>(place)].type)) return -1;
  const LaneEdges edges = lane_edges(road, section, place, foot.s_m);
  return std::min(t - edges.right_t_m, edges.left_t_m - t);
}

bool leads_to(const Map& map, int from, int to) {
  for (const RoadEnd end : {RoadEnd::kStart, RoadEnd::kEnd}) {
    for (const RoadStep& step : map.graph().steps(from, end)) {
      if (step.road == to) return true;
    }
  }
  return false;
}

bool may_overlap(const Map& map, int a, int b) {
  return a == b || map.road(a).junction >= 0 || map.road(b).junction >= 0 || leads_to(map, a, b) || leads_to(map, b, a);
}

}  // namespace

void check_overlaps(const Map& map, const MapTolerances& tolerances, std::vector<MapFinding>& findings) {
  std::set<std::pair<int, int>> known;
  for (int i = 0; i < static_cast<int>(map.roads().size()); ++i) {
    const Road& road = map.road(i);
    if (road.junction >= 0) continue;
    const int count = static_cast<int>(std::min(std::ceil(road.length_m / kSpacing_m), double(kSamplesMax)));
    for (int sample = 0; sample < count; ++sample) {
      const double s = road.length_m * (sample + 0.5) / count;
      const LaneSection& section = section_at(road, s);
      for (int place = 0; place < static_cast<int>(section.lanes.size()); ++place) {
        if (!is_drivable(section.lanes[static_cast<std::size_t>(place)].type)) continue;
        const RoadPose pose = road_pose(road, s, lane_edges(road, section, place, s).centre_t_m());
        for (const std::uint32_t index : map.strips().strips_at(map.strips().cell_of({pose.x_m, pose.y_m}))) {
          const Strip& strip = map.strips().strip(index);
          if (strip.distance_m({pose.x_m, pose.y_m}) > 0 || may_overlap(map, i, strip.owner)) continue;
          if (depth_m(map.road(strip.owner), strip, pose) < tolerances.overlap_m) continue;
          if (!known.insert(std::minmax(i, int(strip.owner))).second) continue;
          findings.push_back({MapFault::kOverlap, road.id, s, road.line,
                              "lies on road " + map.road(strip.owner).id + ", and no junction joins them"});
        }
      }
    }
  }
}

}  // namespace hangil::map::check
