// SPDX-License-Identifier: Apache-2.0
#include "scenario/road_travel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "map/advance.hpp"
#include "math/angles.hpp"

namespace hangil::scenario {

namespace {

constexpr int kMaxLaneEnds = 1000;
constexpr double kBeyond_m = 1e-6;

bool is_on_route(std::span<const RouteLeg> route, int road) {
  return std::any_of(route.begin(), route.end(), [&](const RouteLeg& leg) { return leg.road == road; });
}

std::size_t choose(const map::Map& map, const map::LanePlace& from, std::span<const map::Continuation> ways,
                   std::span<const RouteLeg> route) {
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (is_on_route(route, ways[i].road)) return i;
  }
  return map::straightest(map, from, ways);
}

// Where a lane ends and the road goes on, so does whoever drives there: in the lane that then lies in its place.
bool pass_lane_end(const map::Map& map, map::LanePlace& place, bool is_along_s) {
  const map::Road& road = map.road(place.road);
  const double t_m =
      map::road_place(road, {place.road, place.lane_id, place.s_m - (is_along_s ? kBeyond_m : 0), place.offset_m}).t_m;
  const double s_m = place.s_m + (is_along_s ? kBeyond_m : -kBeyond_m);
  if (s_m <= 0 || s_m >= road.length_m) return false;
  place = map::lane_place(road, {place.road, s_m, t_m});
  return true;
}

// Along a route's legs, where both places lie on it in this order.
std::optional<double> along_route_m(std::span<const RouteLeg> route, const LaneSpot& from, const LaneSpot& to) {
  double covered_m = 0;
  bool is_underway = false;
  for (const RouteLeg& leg : route) {
    if (!is_underway && leg.road == from.place.road && leg.direction == from.direction) {
      is_underway = true;
      covered_m = (leg.from_s_m - from.place.s_m) * leg.direction;
    }
    if (!is_underway) continue;
    if (leg.road == to.place.road) return covered_m + (to.place.s_m - leg.from_s_m) * leg.direction;
    covered_m += leg.length_m();
  }
  return std::nullopt;
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

namespace {

using Go = map::Advance (*)(const map::Map&, const map::LanePlace&, bool, double, const map::ChooseContinuation&);

bool travel_by(Go go, const map::Map& map, LaneSpot& spot, double distance_m, std::span<const RouteLeg> route) {
  const bool is_backwards = distance_m < 0;
  map::LanePlace place = spot.place;
  bool is_along_s = (spot.direction > 0) != is_backwards, goes_on = true;
  double left_m = std::abs(distance_m);
  const auto chooser = [route](const map::Map& of, const map::LanePlace& from,
                               std::span<const map::Continuation> ways) { return choose(of, from, ways, route); };
  for (int i = 0; i < kMaxLaneEnds; ++i) {
    const map::Advance moved = go(map, place, is_along_s, left_m, chooser);
    place = moved.place;
    is_along_s = moved.is_along_s;
    left_m -= moved.travelled_m;
    goes_on = moved.end == map::TravelEnd::kNone;
    if (moved.end != map::TravelEnd::kLaneEnd || !pass_lane_end(map, place, is_along_s)) break;
  }
  spot.place = place;
  spot.direction = is_along_s != is_backwards ? 1 : -1;
  return goes_on;
}

}  // namespace

bool travel(const map::Map& map, LaneSpot& spot, double distance_m, std::span<const RouteLeg> route) {
  return travel_by(map::advance, map, spot, distance_m, route);
}

bool travel_along_s(const map::Map& map, LaneSpot& spot, double ds_m, std::span<const RouteLeg> route) {
  return travel_by(map::advance_along_s, map, spot, ds_m, route);
}

std::optional<double> travel_distance_m(const map::Map& map, const LaneSpot& from, const LaneSpot& to, double reach_m,
                                        std::span<const RouteLeg> route) {
  if (from.place.road == to.place.road) return (to.place.s_m - from.place.s_m) * from.direction;
  if (const auto along_m = along_route_m(route, from, to)) return along_m;
  const auto found = map::road_distance(map, {from.place.road, from.place.s_m, 0}, {to.place.road, to.place.s_m, 0},
                                        from.direction > 0, reach_m);
  return found ? std::optional(found->ds_m) : std::nullopt;
}

}  // namespace hangil::scenario
