// SPDX-License-Identifier: Apache-2.0
#include "scenario/measure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hangil::scenario {

namespace {

constexpr double kSearchReach_m = 2000;  // along roads

struct Reach {
  double behind_m = 0, ahead_m = 0;  // of the reference point along an axis
};

Reach reach_along(const World& world, EntityIndex entity, double axis_rad) {
  const EntityState& state = world.entity(entity);
  const double c = std::cos(axis_rad), s = std::sin(axis_rad);
  Reach reach;
  for (const math::Point2 corner : math::corners(footprint(world, entity))) {
    const double along = (corner.x_m - state.x_m) * c + (corner.y_m - state.y_m) * s;
    reach.behind_m = std::max(reach.behind_m, -along);
    reach.ahead_m = std::max(reach.ahead_m, along);
  }
  return reach;
}

// The axis of a kind of distance: the lane's direction, or the entity's own; a quarter to the left where it is lateral.
double axis_of(World& world, EntityIndex from, DistanceType type, CoordinateSystem coordinates) {
  double axis_rad = world.entity(from).h_rad;
  const bool is_of_road = coordinates == CoordinateSystem::kLane || coordinates == CoordinateSystem::kRoad;
  if (is_of_road && world.map) {
    const LaneSpot spot = spot_of(world, from);
    if (spot.is_on_road()) axis_rad = pose_of(*world.map, spot).heading_rad;
  }
  if (coordinates == CoordinateSystem::kWorld) axis_rad = 0;
  return type == DistanceType::kLateral ? axis_rad + std::numbers::pi / 2 : axis_rad;
}

std::optional<double> along_road_m(World& world, EntityIndex from, const LaneSpot& to, DistanceType type) {
  if (!world.map) return std::nullopt;
  const LaneSpot spot = spot_of(world, from);
  if (!spot.is_on_road() || !to.is_on_road()) return std::nullopt;
  if (type == DistanceType::kLateral) {
    const double side = to.direction == spot.direction || to.place.road == spot.place.road ? 1 : -1;
    return (side * t_of(*world.map, to) - t_of(*world.map, spot)) * spot.direction;
  }
  return travel_distance_m(*world.map, spot, to, kSearchReach_m, world.routes[static_cast<std::size_t>(from)]);
}

bool is_of_road(const Measure& measure) {
  return measure.type != DistanceType::kEuclidean &&
         (measure.coordinates == CoordinateSystem::kLane || measure.coordinates == CoordinateSystem::kRoad);
}

double along_axis_m(const EntityState& from, double x_m, double y_m, double axis_rad) {
  return (x_m - from.x_m) * std::cos(axis_rad) + (y_m - from.y_m) * std::sin(axis_rad);
}

}  // namespace

double box_share_m(const World& world, EntityIndex from, EntityIndex to, double axis_rad, bool is_ahead) {
  const Reach own = reach_along(world, from, axis_rad), other = reach_along(world, to, axis_rad);
  return is_ahead ? own.ahead_m + other.behind_m : own.behind_m + other.ahead_m;
}

std::optional<double> signed_distance_m(World& world, EntityIndex from, EntityIndex to, DistanceType type,
                                        CoordinateSystem coordinates) {
  const EntityState &a = world.entity(from), &b = world.entity(to);
  if (!a.is_present || !b.is_present) return std::nullopt;
  if (coordinates == CoordinateSystem::kLane || coordinates == CoordinateSystem::kRoad) {
    return along_road_m(world, from, spot_of(world, to), type);
  }
  return along_axis_m(a, b.x_m, b.y_m, axis_of(world, from, type, coordinates));
}

std::optional<double> distance_to_entity_m(World& world, EntityIndex from, EntityIndex to, const Measure& measure) {
  const EntityState &a = world.entity(from), &b = world.entity(to);
  if (!a.is_present || !b.is_present) return std::nullopt;
  if (measure.type == DistanceType::kEuclidean) {
    if (measure.is_freespace) return math::distance_m(footprint(world, from), footprint(world, to));
    return std::hypot(b.x_m - a.x_m, b.y_m - a.y_m, b.z_m - a.z_m);
  }
  const auto signed_m = signed_distance_m(world, from, to, measure.type, measure.coordinates);
  if (!signed_m || !measure.is_freespace) return signed_m ? std::optional(std::abs(*signed_m)) : std::nullopt;
  const double axis_rad = axis_of(world, from, measure.type, measure.coordinates);
  return std::max(0.0, std::abs(*signed_m) - box_share_m(world, from, to, axis_rad, *signed_m >= 0));
}

std::optional<double> distance_to_place_m(World& world, EntityIndex from, const Placement& place,
                                          const Measure& measure) {
  const EntityState& a = world.entity(from);
  if (!a.is_present) return std::nullopt;
  if (measure.type == DistanceType::kEuclidean) {
    if (!measure.is_freespace) return std::hypot(place.x_m - a.x_m, place.y_m - a.y_m, place.z_m - a.z_m);
    return math::distance_m(footprint(world, from), {{place.x_m, place.y_m, 0}, 0, 0});
  }
  std::optional<double> signed_m;
  if (is_of_road(measure) && world.map) {
    LaneSpot spot = place.spot;
    if (!spot.is_on_road()) spot = spot_near(*world.map, {place.x_m, place.y_m, place.h_rad}, place.z_m);
    signed_m = along_road_m(world, from, spot, measure.type);
  } else {
    signed_m = along_axis_m(a, place.x_m, place.y_m, axis_of(world, from, measure.type, measure.coordinates));
  }
  if (!signed_m || !measure.is_freespace) return signed_m ? std::optional(std::abs(*signed_m)) : std::nullopt;
  const Reach own = reach_along(world, from, axis_of(world, from, measure.type, measure.coordinates));
  return std::max(0.0, std::abs(*signed_m) - (*signed_m >= 0 ? own.ahead_m : own.behind_m));
}

}  // namespace hangil::scenario
