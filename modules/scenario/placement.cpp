// SPDX-License-Identifier: Apache-2.0
#include "scenario/placement.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "map/geo_projection.hpp"
#include "map/locate.hpp"
#include "math/angles.hpp"

namespace hangil::scenario {

namespace {

// Names what is missing; the place is put before it by place_of.
base::Result<int> road_named(const World& world, const std::string& id) {
  if (!world.map) return base::Error{"the scenario has no road network (RoadNetwork/LogicFile)"};
  const int road = world.map->road_index(id);
  if (road >= 0) return road;
  return base::Error{"road '" + id + "' is not in the road network"};
}

base::Status check_s(const World& world, int road, double s_m) {
  const double length_m = world.map->road(road).length_m;
  if (s_m >= -1e-3 && s_m <= length_m + 1e-3) return {};
  return base::Error{"s = " + std::to_string(s_m) + " is not on road '" + world.map->road(road).id + "' of " +
                     std::to_string(length_m) + " m"};
}

// Angles given relative to a frame are added to it.
void orient(Placement& placement, const std::optional<Orientation>& orientation, const map::RoadPose& frame) {
  placement.h_rad = frame.heading_rad;
  placement.p_rad = frame.pitch_rad;
  placement.r_rad = frame.roll_rad;
  if (!orientation) return;
  const double base_ratio = orientation->is_relative ? 1 : 0;
  placement.h_rad = math::wrap_angle_rad(base_ratio * frame.heading_rad + orientation->h_rad);
  placement.p_rad = base_ratio * frame.pitch_rad + orientation->p_rad;
  placement.r_rad = base_ratio * frame.roll_rad + orientation->r_rad;
}

// Faces the way that traffic drives there, or as the orientation says about `spot`'s direction.
Placement on_lane(const World& world, LaneSpot spot, const std::optional<Orientation>& orientation) {
  Placement placement;
  const map::RoadPose pose = pose_of(*world.map, spot);
  placement.x_m = pose.x_m;
  placement.y_m = pose.y_m;
  placement.z_m = pose.z_m;
  orient(placement, orientation, pose);
  double turn_rad = math::angle_difference_rad(placement.h_rad, pose.heading_rad);
  if (std::abs(turn_rad) > std::numbers::pi / 2 + 1e-6) {
    spot.direction = -spot.direction;
    turn_rad = math::wrap_angle_rad(turn_rad + std::numbers::pi);
  }
  placement.spot = spot;
  placement.heading_in_lane_rad = turn_rad;
  return placement;
}

int shifted_lane(int lane, int delta) {
  int shifted = lane + delta;
  if (lane != 0 && delta != 0 && (shifted == 0 || (shifted > 0) != (lane > 0))) shifted += delta > 0 ? 1 : -1;
  return shifted;
}

base::Result<LaneSpot> entity_spot(World& world, EntityIndex entity) {
  const LaneSpot spot = spot_of(world, entity);
  if (spot.is_on_road()) return spot;
  return base::Error{"entity '" + world.definition(entity).name + "' is on no road"};
}

struct Placer {
  World& world;
  const std::optional<Orientation>& orientation;

  base::Result<Placement> operator()(const WorldPosition& at) const {
    Placement placement{at.x_m, at.y_m, at.z_m.value_or(0), at.h_rad, at.p_rad, at.r_rad};
    if (!at.z_m) placement.z_m = road_height(at.x_m, at.y_m, at.h_rad);
    return placement;
  }
  base::Result<Placement> operator()(const RelativeWorldPosition& at) const {
    const EntityState& other = world.entity(at.entity);
    Placement placement{other.x_m + at.dx_m, other.y_m + at.dy_m, other.z_m + at.dz_m};
    orient(placement, orientation, {0, 0, 0, other.h_rad, other.p_rad, other.r_rad});
    return placement;
  }
  base::Result<Placement> operator()(const RelativeObjectPosition& at) const {
    const EntityState& other = world.entity(at.entity);
    const double c = std::cos(other.h_rad), s = std::sin(other.h_rad);
    Placement placement{other.x_m + c * at.dx_m - s * at.dy_m, other.y_m + s * at.dx_m + c * at.dy_m,
                        other.z_m + at.dz_m};
    orient(placement, orientation, {0, 0, 0, other.h_rad, other.p_rad, other.r_rad});
    return placement;
  }
  base::Result<Placement> operator()(const RoadPosition& at) const {
    const auto road = road_named(world, at.road);
    if (!road) return road.error();
    if (const auto checked = check_s(world, *road, at.s_m); !checked) return checked.error();
    return on_lane(world, {map::lane_place(world.map->road(*road), {*road, at.s_m, at.t_m}), 1}, orientation);
  }
  base::Result<Placement> operator()(const RelativeRoadPosition& at) const {
    auto spot = entity_spot(world, at.entity);
    if (!spot) return spot.error();
    const double t_m = t_of(*world.map, *spot) + at.dt_m * spot->direction;
    if (!travel_along_s(*world.map, *spot, at.ds_m, route_of(at.entity))) return beyond("ds");
    const map::Road& road = world.map->road(spot->place.road);
    spot->place = map::lane_place(road, {spot->place.road, spot->place.s_m, t_m});
    return on_lane(world, *spot, orientation);
  }
  base::Result<Placement> operator()(const LanePosition& at) const {
    const auto road = road_named(world, at.road);
    if (!road) return road.error();
    if (const auto checked = check_s(world, *road, at.s_m); !checked) return checked.error();
    const map::Road& where = world.map->road(*road);
    if (map::find_lane(map::section_at(where, at.s_m), at.lane) == nullptr) {
      return base::Error{"road '" + at.road + "' has no lane " + std::to_string(at.lane) +
                         " at s = " + std::to_string(at.s_m)};
    }
    return on_lane(world, {{*road, at.lane, at.s_m, at.offset_m}, map::runs_along_s(where, at.lane) ? 1 : -1},
                   orientation);
  }
  base::Result<Placement> operator()(const RelativeLanePosition& at) const {
    auto spot = entity_spot(world, at.entity);
    if (!spot) return spot.error();
    const int direction = spot->direction;
    spot->place.lane_id = shifted_lane(spot->place.lane_id, at.lane_delta * direction);
    spot->place.offset_m = 0;
    // Both ways of ds count along the reference line of the road; along the lane only dsLane does.
    const auto go = at.is_along_lane ? travel : travel_along_s;
    if (!go(*world.map, *spot, at.ds_m, route_of(at.entity))) return beyond("ds");
    const map::Road& road = world.map->road(spot->place.road);
    if (map::find_lane(map::section_at(road, spot->place.s_m), spot->place.lane_id) == nullptr) {
      return base::Error{"road '" + road.id + "' has no lane " + std::to_string(spot->place.lane_id)};
    }
    spot->place.offset_m = at.offset_m * spot->direction;
    return on_lane(world, *spot, orientation);
  }
  base::Result<Placement> operator()(const RoutePosition& at) const;
  base::Result<Placement> operator()(const TrajectoryPosition& at) const {
    const auto path = lay_out(world, *at.trajectory);
    if (!path) return path.error();
    const PathPoint point = point_at(*path, at.s_m);
    Placement placement{point.x_m - at.t_m * std::sin(point.tangent_rad),
                        point.y_m + at.t_m * std::cos(point.tangent_rad), point.z_m};
    orient(placement, orientation, {0, 0, 0, point.tangent_rad, point.p_rad, point.r_rad});
    return placement;
  }

  base::Result<Placement> operator()(const GeoPosition& at) const {
    if (!world.map) return base::Error{"the scenario has no road network, and so no projection of the earth"};
    const map::RoadNetwork& network = world.map->network();
    const auto point = map::place_in_network(network, at.latitude_rad, at.longitude_rad);
    if (!point) return point.error();
    Placement placement{point->x_m, point->y_m};
    orient(placement, orientation, {});
    placement.z_m =
        at.altitude_m ? *at.altitude_m - network.offset.z_m : road_height(point->x_m, point->y_m, placement.h_rad);
    return placement;
  }

  std::span<const RouteLeg> route_of(EntityIndex entity) const {
    return world.routes[static_cast<std::size_t>(entity)];
  }
  static base::Error beyond(const char* what) { return {std::string(what) + " leads beyond the end of the road"}; }
  double road_height(double x_m, double y_m, double h_rad) const;
};

base::Result<Placement> Placer::operator()(const RoutePosition& at) const {
  if (at.of_entity) {
    auto spot = entity_spot(world, *at.of_entity);
    if (!spot) return spot.error();
    return on_lane(world, *spot, orientation);
  }
  const auto legs = legs_of(world, *at.route);
  if (!legs) return legs.error();
  double left_m = at.path_s_m;
  std::size_t i = 0;
  while (i + 1 < legs->size() && left_m > (*legs)[i].length_m()) left_m -= (*legs)[i++].length_m();
  const RouteLeg& leg = (*legs)[i];
  const map::Road& road = world.map->road(leg.road);
  const double s_m = std::clamp(leg.from_s_m + leg.direction * left_m, 0.0, road.length_m);
  // Lanes, t and offsets of a route are those of a road that runs along it.
  LaneSpot spot{{leg.road, at.lane.value_or(0) * leg.direction, s_m, at.lane_offset_m * leg.direction}, leg.direction};
  if (!at.lane) spot.place = map::lane_place(road, {leg.road, s_m, at.t_m * leg.direction});
  if (at.lane && map::find_lane(map::section_at(road, s_m), spot.place.lane_id) == nullptr) {
    return base::Error{"the route has no lane " + std::to_string(*at.lane) + " at " + std::to_string(at.path_s_m) +
                       " m"};
  }
  return on_lane(world, spot, orientation);
}

double Placer::road_height(double x_m, double y_m, double h_rad) const {
  if (!world.map) return 0;
  map::LocateHints hints;
  hints.heading_rad = h_rad;
  hints.reach_m = 10;
  const auto found = map::locate(*world.map, {x_m, y_m}, hints);
  return found ? map::road_pose(world.map->road(found->lane.road), found->lane.s_m, found->t_m).z_m : 0;
}

std::optional<EntityIndex> reference_of(const Position& position) {
  return std::visit(
      [](const auto& at) -> std::optional<EntityIndex> {
        if constexpr (requires { at.entity; }) return at.entity;
        if constexpr (requires { at.of_entity; }) return at.of_entity;
        return std::nullopt;
      },
      position.where);
}

}  // namespace

bool can_be_placed(const World& world, const Position& position) {
  const auto reference = reference_of(position);
  return !reference || world.entity(*reference).is_present;
}

base::Result<Placement> place_of(World& world, const Position& position) {
  if (!can_be_placed(world, position)) {
    return base::Error{position.place.text() + ": entity '" + world.definition(*reference_of(position)).name +
                       "' has no position yet"};
  }
  auto placement = std::visit(Placer{world, position.orientation}, position.where);
  if (placement) return placement;
  if (placement.error().message.find(": ") != std::string::npos &&
      placement.error().message.find(".xosc:") != std::string::npos) {
    return placement;
  }
  return base::Error{position.place.text() + ": " + placement.error().message};
}

void put(World& world, EntityIndex index, const Placement& placement) {
  EntityState& state = world.entity(index);
  state.is_present = true;
  state.x_m = placement.x_m;
  state.y_m = placement.y_m;
  state.z_m = placement.z_m;
  state.h_rad = placement.h_rad;
  state.p_rad = placement.p_rad;
  state.r_rad = placement.r_rad;
  state.spot = placement.spot;
  state.is_spot_current = placement.spot.is_on_road();
  state.heading_in_lane_rad = placement.heading_in_lane_rad;
  state.was_put = true;
}

}  // namespace hangil::scenario
