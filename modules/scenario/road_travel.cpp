// SPDX-License-Identifier: Apache-2.0
#include "scenario/road_travel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "math/angles.hpp"

namespace hangil::scenario {

namespace {

constexpr int kMaxRoadsAStep = 1000;
constexpr double kSplit_m = 1e-9;

// Where a road ends in a direction and what it runs into there.
const map::RoadLink& link_ahead(const map::Road& road, int direction) {
  return direction > 0 ? road.successor : road.predecessor;
}

LaneSpot entering(const map::Map& map, int road_index, map::RoadEnd contact, int lane_id, double offset_m, bool flips) {
  LaneSpot spot;
  spot.direction = contact == map::RoadEnd::kStart ? 1 : -1;
  spot.place = {road_index, lane_id, contact == map::RoadEnd::kStart ? 0 : map.road(road_index).length_m,
                flips ? -offset_m : offset_m};
  return spot;
}

const map::Lane* lane_of(const map::Map& map, const LaneSpot& spot) {
  const map::Road& road = map.road(spot.place.road);
  return map::find_lane(map::section_at(road, spot.place.s_m), spot.place.lane_id);
}

int linked_lane(const map::Lane* lane, int direction, int otherwise) {
  if (lane == nullptr) return otherwise;
  const std::vector<int>& links = direction > 0 ? lane->successors : lane->predecessors;
  return links.empty() ? otherwise : links.front();
}

bool is_on_route(std::span<const RouteLeg> route, int road) {
  return std::any_of(route.begin(), route.end(), [&](const RouteLeg& leg) { return leg.road == road; });
}

// How much the way bends over the next stretch of a road just entered.
double turn_over_road(const map::Map& map, const LaneSpot& entry) {
  LaneSpot far = entry;
  const map::Road& road = map.road(entry.place.road);
  far.place.s_m = entry.direction > 0 ? road.length_m : 0;
  return std::abs(math::wrap_angle_rad(map::road_pose(road, far.place.s_m, 0).heading_rad -
                                       map::road_pose(road, entry.place.s_m, 0).heading_rad));
}

// All ways on from the end of this road: with the lane's links where there are any.
std::vector<LaneSpot> ways_on(const map::Map& map, const LaneSpot& spot) {
  std::vector<LaneSpot> ways;
  const map::Road& road = map.road(spot.place.road);
  const map::RoadLink& link = link_ahead(road, spot.direction);
  const auto add = [&](int next_road, map::RoadEnd contact, int lane_id) {
    const int direction = contact == map::RoadEnd::kStart ? 1 : -1;
    ways.push_back(entering(map, next_road, contact, lane_id, spot.place.offset_m, direction != spot.direction));
  };
  if (link.kind == map::RoadLink::Kind::kRoad && link.index >= 0) {
    const bool flips = (link.contact == map::RoadEnd::kStart) != (spot.direction > 0);
    const int same = flips ? -spot.place.lane_id : spot.place.lane_id;
    add(link.index, link.contact, linked_lane(lane_of(map, spot), spot.direction, same));
  }
  if (link.kind != map::RoadLink::Kind::kJunction || link.index < 0) return ways;
  for (const map::JunctionConnection& connection : map.junctions()[static_cast<std::size_t>(link.index)].connections) {
    if (connection.incoming_road != spot.place.road || connection.connecting_road < 0) continue;
    for (const map::LaneLink& lanes : connection.lane_links) {
      if (lanes.from == spot.place.lane_id) add(connection.connecting_road, connection.contact, lanes.to);
    }
  }
  return ways;
}

std::optional<LaneSpot> way_on(const map::Map& map, const LaneSpot& spot, std::span<const RouteLeg> route) {
  const std::vector<LaneSpot> ways = ways_on(map, spot);
  const LaneSpot* best = nullptr;
  double best_turn = 0;
  for (const LaneSpot& way : ways) {
    const double turn = is_on_route(route, way.place.road) ? -1 : turn_over_road(map, way);
    if (best != nullptr && turn >= best_turn) continue;
    best = &way;
    best_turn = turn;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

// Metres of the lane's own line per metre of reference line.
double stretch_of(const map::Map& map, const LaneSpot& spot, double t_m) {
  const double curvature = map::road_pose(map.road(spot.place.road), spot.place.s_m, 0).curvature_radpm;
  return std::max(0.05, 1 - curvature * t_m);
}

// Takes the lane ids of the section it has come into; false: there is no such lane.
void cross_section(const map::Map& map, LaneSpot& spot, int before, int after) {
  const map::Road& road = map.road(spot.place.road);
  for (int section = before; section != after; section += after > before ? 1 : -1) {
    const auto& from = road.sections[static_cast<std::size_t>(section)];
    spot.place.lane_id =
        linked_lane(map::find_lane(from, spot.place.lane_id), after > before ? 1 : -1, spot.place.lane_id);
  }
}

}  // namespace

map::RoadPose pose_of(const map::Map& map, const LaneSpot& spot) {
  map::RoadPose pose = map::lane_pose(map.road(spot.place.road), spot.place);
  if (spot.direction < 0) {
    pose.heading_rad = math::wrap_angle_rad(pose.heading_rad + std::numbers::pi);
    pose.pitch_rad = -pose.pitch_rad;
    pose.roll_rad = -pose.roll_rad;
    pose.curvature_radpm = -pose.curvature_radpm;
  }
  return pose;
}

double t_of(const map::Map& map, const LaneSpot& spot) {
  return map::road_place(map.road(spot.place.road), spot.place).t_m;
}

bool travel(const map::Map& map, LaneSpot& spot, double distance_m, std::span<const RouteLeg> route) {
  const bool is_backwards = distance_m < 0;
  if (is_backwards) spot.direction = -spot.direction;
  double left_m = std::abs(distance_m);
  bool goes_on = true;
  for (int i = 0; i < kMaxRoadsAStep && left_m > kSplit_m; ++i) {
    const map::Road& road = map.road(spot.place.road);
    const double stretch = stretch_of(map, spot, t_of(map, spot));
    const double to_end_m = (spot.direction > 0 ? road.length_m - spot.place.s_m : spot.place.s_m) * stretch;
    const int section = map::section_index_at(road, spot.place.s_m);
    const double step_m = std::min(left_m, to_end_m);
    spot.place.s_m = std::clamp(spot.place.s_m + spot.direction * step_m / stretch, 0.0, road.length_m);
    cross_section(map, spot, section, map::section_index_at(road, spot.place.s_m));
    left_m -= step_m;
    if (left_m <= kSplit_m) break;
    const auto next = way_on(map, spot, route);
    goes_on = next.has_value();
    if (!goes_on) break;
    spot = *next;
  }
  if (is_backwards) spot.direction = -spot.direction;
  return goes_on;
}

std::optional<double> travel_distance_m(const map::Map& map, const LaneSpot& from, const LaneSpot& to, double reach_m,
                                        std::span<const RouteLeg> route) {
  if (from.place.road == to.place.road) return (to.place.s_m - from.place.s_m) * from.direction;
  std::optional<double> nearest;
  for (const int sign : {1, -1}) {
    LaneSpot spot = from;
    spot.direction *= sign;
    double covered_m = spot.direction > 0 ? map.road(spot.place.road).length_m - spot.place.s_m : spot.place.s_m;
    for (int i = 0; i < kMaxRoadsAStep && covered_m < reach_m; ++i) {
      const auto next = way_on(map, spot, route);
      if (!next) break;
      spot = *next;
      const double length_m = map.road(spot.place.road).length_m;
      if (spot.place.road == to.place.road) {
        covered_m += spot.direction > 0 ? to.place.s_m : length_m - to.place.s_m;
        if (!nearest || covered_m < std::abs(*nearest)) nearest = sign * covered_m;
        break;
      }
      covered_m += length_m;
      spot.place.s_m = spot.direction > 0 ? length_m : 0;
    }
  }
  return nearest;
}

}  // namespace hangil::scenario
