// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "map/advance.hpp"
#include "map/check_parts.hpp"
#include "map/road_furniture.hpp"
#include "map/road_pose.hpp"

namespace hangil::map::check {

namespace {

const RoadLink& link_at(const Road& road, RoadEnd end) {
  return end == RoadEnd::kEnd ? road.successor : road.predecessor;
}

double s_at(const Road& road, RoadEnd end) { return end == RoadEnd::kEnd ? road.length_m : 0; }

// A lane across its section's border, with the place and direction of its middle there.
struct LaneEnd {
  RoadPose pose;
  double width_m = 0;
};

LaneEnd lane_end(const Road& road, int section, int lane_id, double s) {
  const LaneSection& at = road.sections[static_cast<std::size_t>(section)];
  const LaneEdges edges = lane_edges(road, at, place_of(road, section, lane_id), s);
  LaneEnd end{road_pose(road, s, edges.centre_t_m()), edges.width_m()};
  end.pose.heading_rad += std::atan2(edges.centre_slope(), 1);
  return end;
}

void check_joint(const Map& map, int road_index, int section, int lane_id, bool along, const Continuation& way,
                 const MapTolerances& tolerances, std::vector<MapFinding>& findings) {
  const Road &road = map.road(road_index), &next = map.road(way.road);
  const LaneSection& at = road.sections[static_cast<std::size_t>(section)];
  const double s = along ? at.end_s_m : at.s_m;
  const LaneEnd end = lane_end(road, section, lane_id, s);
  const LaneEnd start = lane_end(next, section_entered(map, way), way.lane_id, way.s_m);
  if (end.width_m < tolerances.gap_m || start.width_m < tolerances.gap_m) return;  // a lane that grows from nothing
  const std::string name = "lane " + std::to_string(lane_id) + " and lane " + std::to_string(way.lane_id) +
                           (way.road == road_index ? " of the next section" : " of road " + next.id);
  const double gap = std::hypot(end.pose.x_m - start.pose.x_m, end.pose.y_m - start.pose.y_m);
  const double step = std::abs(end.pose.z_m - start.pose.z_m);
  if (gap > tolerances.gap_m)
    findings.push_back({MapFault::kGap, road.id, s, road.line, name + " are " + metres(gap) + " apart"});
  if (gap <= tolerances.gap_m && step > tolerances.height_m) {
    findings.push_back({MapFault::kGap, road.id, s, road.line, name + " differ in height by " + metres(step)});
  }
  const double back = along == way.is_along_s ? 0 : std::numbers::pi;
  const double turn = math::angle_difference_rad(start.pose.heading_rad + back, end.pose.heading_rad);
  if (gap <= tolerances.gap_m && std::abs(turn) > tolerances.kink_rad) {
    findings.push_back({MapFault::kKink, road.id, s, road.line, name + " differ in direction by " + degrees(turn)});
  }
}

// A drivable lane with nothing after it, though the next section has one in the same place.
void check_unlinked(const Map& map, int road_index, int section, const Lane& lane, const MapTolerances& tolerances,
                    std::vector<MapFinding>& findings) {
  const Road& road = map.road(road_index);
  if (section + 1 >= static_cast<int>(road.sections.size()) || !is_drivable(lane.type)) return;
  const double s = road.sections[static_cast<std::size_t>(section)].end_s_m;
  const LaneEnd end = lane_end(road, section, lane.id, s);
  for (const Lane& other : road.sections[static_cast<std::size_t>(section) + 1].lanes) {
    if (other.id == 0 || !is_drivable(other.type)) continue;
    const LaneEnd start = lane_end(road, section + 1, other.id, s);
    const double gap = std::hypot(end.pose.x_m - start.pose.x_m, end.pose.y_m - start.pose.y_m);
    if (gap > tolerances.gap_m || end.width_m < tolerances.gap_m) continue;
    findings.push_back({MapFault::kMissingLink, road.id, s, road.line,
                        "lane " + std::to_string(lane.id) + " has no successor, though lane " +
                            std::to_string(other.id) + " of the next section begins there"});
    return;
  }
}

// Another road's end at the same place.
void check_loose_end(const Map& map, int road_index, RoadEnd end, const MapTolerances& tolerances,
                     std::vector<MapFinding>& findings) {
  const Road& road = map.road(road_index);
  const RoadPose here = road_pose(road, s_at(road, end), 0);
  for (int i = 0; i < static_cast<int>(map.roads().size()); ++i) {
    const Road& other = map.road(i);
    for (const RoadEnd there : {RoadEnd::kStart, RoadEnd::kEnd}) {
      if (i == road_index) continue;
      const RoadPose pose = road_pose(other, s_at(other, there), 0);
      const double gap = std::hypot(here.x_m - pose.x_m, here.y_m - pose.y_m, here.z_m - pose.z_m);
      const double turn = pose.heading_rad - here.heading_rad + (end == there ? std::numbers::pi : 0);
      if (gap > tolerances.gap_m || std::abs(math::wrap_angle_rad(turn)) > 0.1) continue;
      findings.push_back({MapFault::kMissingLink, road.id, s_at(road, end), road.line,
                          "the road ends here without a link, though road " + other.id + " goes on"});
      return;
    }
  }
}

void check_back_link(const Map& map, int road_index, RoadEnd end, std::vector<MapFinding>& findings) {
  const Road& road = map.road(road_index);
  const RoadLink& link = link_at(road, end);
  if (link.kind != RoadLink::Kind::kRoad || link.contact_s_m >= 0) return;
  const Road& other = map.road(link.index);
  const RoadLink& back = link_at(other, link.contact);
  const bool agrees = back.kind == RoadLink::Kind::kRoad && back.index == road_index && back.contact == end;
  // Roads within a junction are led to by the junction.
  if (agrees || back.kind == RoadLink::Kind::kJunction) return;
  findings.push_back({MapFault::kWrongLink, road.id, s_at(road, end), road.line,
                      "leads to road " + other.id + ", whose " + (link.contact == RoadEnd::kEnd ? "end" : "start") +
                          " does not lead back"});
}

}  // namespace

void check_links(const Map& map, int road_index, const MapTolerances& tolerances, std::vector<MapFinding>& findings) {
  const Road& road = map.road(road_index);
  for (const RoadEnd end : {RoadEnd::kStart, RoadEnd::kEnd}) {
    check_back_link(map, road_index, end, findings);
    const bool is_loose =
        link_at(road, end).kind == RoadLink::Kind::kNone && map.graph().steps(road_index, end).empty();
    if (is_loose) check_loose_end(map, road_index, end, tolerances, findings);
  }
}

void check_lane_joints(const Map& map, int road_index, const MapTolerances& tolerances,
                       std::vector<MapFinding>& findings) {
  const Road& road = map.road(road_index);
  for (int section = 0; section < static_cast<int>(road.sections.size()); ++section) {
    for (const Lane& lane : road.sections[static_cast<std::size_t>(section)].lanes) {
      if (lane.id == 0) continue;
      const auto ahead = continuations(map, road_index, section, lane.id, true);
      for (const Continuation& way : ahead) {
        check_joint(map, road_index, section, lane.id, true, way, tolerances, findings);
      }
      if (ahead.empty()) check_unlinked(map, road_index, section, lane, tolerances, findings);
      if (section > 0) continue;  // between sections it has been seen from before
      for (const Continuation& way : continuations(map, road_index, section, lane.id, false)) {
        check_joint(map, road_index, section, lane.id, false, way, tolerances, findings);
      }
    }
  }
}

}  // namespace hangil::map::check
