// SPDX-License-Identifier: Apache-2.0
#include "planning/road_ahead.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "map/lane_bounds.hpp"
#include "planning/priority.hpp"

namespace hangil::planning {

namespace {

constexpr double kLineBeforeLightM = 20;  // a stop line so near before a light or junction belongs to it
constexpr double kPastM = 1;              // and one this little behind where the junction begins

// Where on the route a mark of a lane lies; nothing where the route does not pass it.
std::optional<double> place_of(const std::vector<RouteLane>& lanes, const map::LaneMark& mark) {
  for (const RouteLane& lane : lanes) {
    if (lane.lane != mark.lane) continue;
    const double s_m = lane.from_s_m + mark.s_m - lane.lane_s_m;
    if (s_m >= lane.from_s_m - kLineBeforeLightM && s_m <= lane.to_s_m + kPastM) return s_m;
  }
  return std::nullopt;
}

std::vector<double> lines_on(const map::LaneGraph& graph, const std::vector<RouteLane>& lanes) {
  std::vector<double> places;
  for (const map::StopLine& line : graph.stop_lines) {
    for (const map::LaneMark& mark : line.lanes) {
      if (const auto s_m = place_of(lanes, mark)) places.push_back(*s_m);
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

// The last stop line shortly before a place, else the place itself.
double wait_before(const std::vector<double>& lines, double s_m) {
  double wait_m = s_m;
  for (const double line : lines) {
    if (line >= s_m - kLineBeforeLightM && line <= s_m + kPastM) wait_m = line;
  }
  return wait_m;
}

std::vector<LimitAhead> limits_on(const map::LaneMap& map, const std::vector<RouteLane>& lanes) {
  std::vector<LimitAhead> limits;
  for (const RouteLane& lane : lanes) {
    const double most_mps = map.lane(lane.lane).speed_limit_mps;
    if (std::isfinite(most_mps) && most_mps > 0) limits.push_back({{lane.from_s_m, lane.to_s_m}, most_mps});
  }
  return limits;
}

std::vector<CrosswalkAhead> crosswalks_on(const map::LaneGraph& graph, const std::vector<RouteLane>& lanes,
                                          const math::ReferencePath& path) {
  std::vector<CrosswalkAhead> found;
  for (const map::Crosswalk& crosswalk : graph.crosswalks) {
    for (const map::LaneMark& mark : crosswalk.lanes) {
      const auto middle_m = place_of(lanes, mark);
      if (!middle_m) continue;
      CrosswalkAhead ahead{{*middle_m, *middle_m}, crosswalk.id};
      for (const map::Point3& corner : crosswalk.outline) {
        const double s_m = path.project({corner.x_m, corner.y_m}, *middle_m - 15, *middle_m + 15);
        ahead.from_s_m = std::min(ahead.from_s_m, s_m), ahead.to_s_m = std::max(ahead.to_s_m, s_m);
      }
      found.push_back(std::move(ahead));
    }
  }
  return found;
}

std::vector<LightAhead> lights_on(const map::LaneGraph& graph, const std::vector<RouteLane>& lanes,
                                  const std::vector<double>& lines) {
  std::vector<LightAhead> found;
  for (const map::TrafficLight& light : graph.lights) {
    for (const map::LaneMark& mark : light.lanes) {
      if (const auto s_m = place_of(lanes, mark)) found.push_back({light.id, wait_before(lines, *s_m)});
    }
  }
  return found;
}

// Stretches of consecutive lanes within junctions.
std::vector<JunctionAhead> junctions_on(const map::LaneMap& map, const RoadAhead& road,
                                        const std::vector<double>& lines) {
  std::vector<JunctionAhead> found;
  for (std::size_t i = 0; i < road.lanes.size(); ++i) {
    if (!map.lane(road.lanes[i].lane).is_in_junction) continue;
    std::size_t last = i;
    while (last + 1 < road.lanes.size() && map.lane(road.lanes[last + 1].lane).is_in_junction) ++last;
    JunctionAhead junction;
    junction.id = map.lane(road.lanes[i].lane).id;
    junction.from_s_m = road.lanes[i].from_s_m, junction.to_s_m = road.lanes[last].to_s_m;
    junction.wait_s_m = wait_before(lines, junction.from_s_m);
    for (const LightAhead& light : road.lights) {
      if (std::abs(light.wait_s_m - junction.wait_s_m) < kLineBeforeLightM) junction.light = light.id;
    }
    tell_priority(map, road.lanes, i, last, junction);
    found.push_back(std::move(junction));
    i = last;
  }
  return found;
}

std::vector<double> rooms_on(const map::LaneMap& map, const std::vector<RouteLane>& lanes,
                             const math::ReferencePath& path) {
  const auto count = static_cast<std::size_t>(path.length_m() / kRoomStepM) + 1;
  std::vector<double> rooms(count, std::numeric_limits<double>::infinity());
  for (const RouteLane& one : lanes) {
    const map::GraphLane& lane = map.lane(one.lane);
    const auto first = static_cast<std::size_t>(std::ceil(one.from_s_m / kRoomStepM));
    for (std::size_t i = first; i < count && static_cast<double>(i) * kRoomStepM <= one.to_s_m; ++i) {
      const math::Point2 at = path.at(static_cast<double>(i) * kRoomStepM).point;
      const map::Point3 point{at.x_m, at.y_m, 0};
      rooms[i] = std::min({rooms[i], map::distance_m(lane.left, point), map::distance_m(lane.right, point)});
    }
  }
  return rooms;
}

}  // namespace

double RoadAhead::room_m(const Stretch& stretch) const {
  double least_m = std::numeric_limits<double>::infinity();
  const auto first = static_cast<std::size_t>(std::max(0.0, stretch.from_s_m / kRoomStepM));
  for (std::size_t i = first; i < lane_room_m.size(); ++i) {
    if (static_cast<double>(i) * kRoomStepM > stretch.to_s_m + kRoomStepM) break;
    least_m = std::min(least_m, lane_room_m[i]);
  }
  return least_m;
}

double RoadAhead::limit_mps(double s_m) const {
  double most_mps = std::numeric_limits<double>::infinity();
  for (const LimitAhead& limit : limits) {
    if (s_m >= limit.from_s_m && s_m < limit.to_s_m) most_mps = std::min(most_mps, limit.most_mps);
  }
  return most_mps;
}

RoadAhead road_ahead(const map::LaneMap& map, const math::ReferencePath& path) {
  RoadAhead road;
  road.lanes = match_lanes(map, path);
  const std::vector<double> lines = lines_on(map.graph, road.lanes);
  road.limits = limits_on(map, road.lanes);
  road.crosswalks = crosswalks_on(map.graph, road.lanes, path);
  road.lights = lights_on(map.graph, road.lanes, lines);
  road.junctions = junctions_on(map, road, lines);
  road.lane_room_m = rooms_on(map, road.lanes, path);
  return road;
}

}  // namespace hangil::planning
