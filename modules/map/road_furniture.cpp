// SPDX-License-Identifier: Apache-2.0
#include "map/road_furniture.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "map/road_lanes.hpp"
#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

// From a lane's start in its direction of travel, along the reference line.
double s_on_lane(const Road& road, const LaneSection& section, int lane_id, double s) {
  return runs_along_s(road, lane_id) ? s - section.s_m : section.end_s_m - s;
}

// The lanes at s that `is_meant` picks, drivable ones only.
template <class IsMeant>
std::vector<LaneMark> marks_at(const Map& map, const RoadLaneIndex& index, int road_index, double s,
                               const IsMeant& is_meant) {
  std::vector<LaneMark> marks;
  const Road& road = map.road(road_index);
  const int section_index = section_index_at(road, s);
  const LaneSection& section = road.sections[static_cast<std::size_t>(section_index)];
  for (int place = 0; place < static_cast<int>(section.lanes.size()); ++place) {
    const Lane& lane = section.lanes[static_cast<std::size_t>(place)];
    const int found = index.at(road_index, section_index, place);
    if (found < 0 || !is_drivable(lane.type) || !is_meant(lane)) continue;
    marks.push_back({found, s_on_lane(road, section, lane.id, s)});
  }
  return marks;
}

Point3 furniture_point(const Road& road, double s, double t) {
  const RoadPose pose = road_pose(road, s, t);
  return {pose.x_m, pose.y_m, pose.z_m};
}

// Across all the lanes that are meant.
StopLine line_across(const Map& map, const std::string& id, int road_index, double s, std::vector<LaneMark> marks,
                     const LaneGraph& graph) {
  const Road& road = map.road(road_index);
  double right = 0, left = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const LaneEdges edges = lane_edges(road, graph.lanes[static_cast<std::size_t>(marks[i].lane)].lane_id, s);
    right = i == 0 ? edges.right_t_m : std::min(right, edges.right_t_m);
    left = i == 0 ? edges.left_t_m : std::max(left, edges.left_t_m);
  }
  return {id, furniture_point(road, s, right), furniture_point(road, s, left), std::move(marks)};
}

void add_signal(const Map& map, const RoadLaneIndex& index, int road_index, const Signal& signal, SignalKind kind,
                LaneGraph& graph) {
  const Road& road = map.road(road_index);
  const double s = std::clamp(signal.s_m, 0.0, road.length_m);
  std::vector<LaneMark> marks =
      marks_at(map, index, road_index, s, [&](const Lane& lane) { return signal.is_valid_for(lane.id); });
  if (marks.empty()) return;
  if (kind == SignalKind::kTrafficLight) {
    Point3 position = furniture_point(road, s, signal.t_m);
    position.z_m += signal.z_offset_m;
    graph.lights.push_back({signal.id, position, std::move(marks)});
  } else if (kind == SignalKind::kStopLine) {
    graph.stop_lines.push_back(line_across(map, signal.id, road_index, s, std::move(marks), graph));
  } else if (kind == SignalKind::kStop || kind == SignalKind::kYield) {
    RightOfWay rule{signal.id, {}, {}, kind == SignalKind::kStop};
    for (const LaneMark& mark : marks) rule.yielding.push_back(mark.lane);
    graph.rights_of_way.push_back(std::move(rule));
  }
}

// A reference means what the signal it repeats does, for the lanes of its own road.
void add_signals(const Map& map, const RoadLaneIndex& index, LaneGraph& graph) {
  std::vector<std::pair<std::string, const Signal*>> by_id;
  for (const Road& road : map.roads()) {
    for (const Signal& signal : road.signals) {
      if (!signal.is_reference) by_id.emplace_back(signal.id, &signal);
    }
  }
  std::sort(by_id.begin(), by_id.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (int r = 0; r < static_cast<int>(map.roads().size()); ++r) {
    for (const Signal& signal : map.road(r).signals) {
      const auto original = std::lower_bound(by_id.begin(), by_id.end(), signal.id,
                                             [](const auto& entry, const std::string& id) { return entry.first < id; });
      const bool is_known = original != by_id.end() && original->first == signal.id;
      if (is_known) add_signal(map, index, r, signal, signal_kind(*original->second), graph);
    }
  }
}

bool overlaps(const LaneEdges& edges, double low_t, double high_t) {
  return edges.right_t_m < high_t && low_t < edges.left_t_m;
}

void add_crosswalk(const Map& map, const RoadLaneIndex& index, int road_index, const RoadObject& object,
                   LaneGraph& graph) {
  const Road& road = map.road(road_index);
  Crosswalk crosswalk{object.id, object_outline(road, object), {}};
  if (crosswalk.outline.size() < 3) return;
  const double reach = std::max(object.length_m, object.width_m) / 2;
  double low = object.t_m - reach, high = object.t_m + reach;
  for (const OutlineCorner& corner : object.outline) {
    const double t = corner.is_on_road ? corner.v_m
                                       : object.t_m + std::sin(object.heading_rad) * corner.u_m +
                                             std::cos(object.heading_rad) * corner.v_m;
    low = std::min(low, t);
    high = std::max(high, t);
  }
  const double s = std::clamp(object.s_m, 0.0, road.length_m);
  crosswalk.lanes = marks_at(map, index, road_index, s,
                             [&](const Lane& lane) { return overlaps(lane_edges(road, lane.id, s), low, high); });
  graph.crosswalks.push_back(std::move(crosswalk));
}

void add_object(const Map& map, const RoadLaneIndex& index, int road_index, const RoadObject& object,
                LaneGraph& graph) {
  if (object.type == "crosswalk") add_crosswalk(map, index, road_index, object, graph);
  const bool is_stop_line = object.type == "stopLine" || object.subtype == "stopLine" || object.name == "StopLine" ||
                            object.name == "Stencil_STOP" || object.subtype == "signalLines";
  if (!is_stop_line) return;
  const Road& road = map.road(road_index);
  const double s = std::clamp(object.s_m, 0.0, road.length_m);
  auto marks = marks_at(map, index, road_index, s, [&](const Lane& lane) {
    const bool is_forward = object.orientation == Orientation::kForward;
    return object.orientation == Orientation::kBoth || (lane.id < 0) == is_forward;
  });
  if (!marks.empty()) graph.stop_lines.push_back(line_across(map, object.id, road_index, s, std::move(marks), graph));
}

std::vector<int> lanes_of(const RoadLaneIndex& index, int road, const LaneGraph& graph) {
  std::vector<int> lanes;
  for (const auto& section : index.lanes[static_cast<std::size_t>(road)]) {
    for (const int lane : section) {
      if (lane >= 0 && is_drivable(graph.lanes[static_cast<std::size_t>(lane)].type)) lanes.push_back(lane);
    }
  }
  return lanes;
}

}  // namespace

std::vector<Point3> object_outline(const Road& road, const RoadObject& object) {
  const RoadPose base = road_pose(road, object.s_m, object.t_m);
  const double heading = base.heading_rad + object.heading_rad, c = std::cos(heading), s = std::sin(heading);
  const double z = base.z_m + object.z_offset_m;
  const auto local = [&](double u, double v, double up) {
    return Point3{base.x_m + c * u - s * v, base.y_m + s * u + c * v, z + up};
  };
  std::vector<Point3> outline;
  for (const OutlineCorner& corner : object.outline) {
    Point3 point =
        corner.is_on_road ? furniture_point(road, corner.u_m, corner.v_m) : local(corner.u_m, corner.v_m, corner.z_m);
    if (corner.is_on_road) point.z_m += corner.z_m;
    outline.push_back(point);
  }
  if (!outline.empty()) return outline;
  if (object.radius_m > 0) {
    constexpr int kCorners = 16;
    for (int i = 0; i < kCorners; ++i) {
      const double angle = 2 * std::numbers::pi * i / kCorners;
      outline.push_back(local(object.radius_m * std::cos(angle), object.radius_m * std::sin(angle), 0));
    }
  } else if (object.length_m > 0 && object.width_m > 0) {
    const double u = object.length_m / 2, v = object.width_m / 2;
    outline = {local(u, v, 0), local(-u, v, 0), local(-u, -v, 0), local(u, -v, 0)};
  }
  return outline;
}

void add_furniture(const Map& map, const RoadLaneIndex& index, LaneGraph& graph) {
  add_signals(map, index, graph);
  for (int r = 0; r < static_cast<int>(map.roads().size()); ++r) {
    for (const RoadObject& object : map.road(r).objects) add_object(map, index, r, object, graph);
  }
  for (const Junction& junction : map.junctions()) {
    for (const RoadPriority& priority : junction.priorities) {
      graph.rights_of_way.push_back(
          {junction.id, lanes_of(index, priority.high, graph), lanes_of(index, priority.low, graph)});
    }
  }
}

}  // namespace hangil::map
