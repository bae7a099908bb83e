// SPDX-License-Identifier: Apache-2.0
#include "scenario/evaluate_condition.hpp"

#include <algorithm>
#include <cmath>

#include "math/angles.hpp"
#include "scenario/measure.hpp"

namespace hangil::scenario {

namespace {

constexpr double kStanding_mps = 1e-3;
constexpr double kSmall = 1e-9;  // decimal steps of time add up inexactly

double speed_in(const EntityState& state, const EntityState& frame, DirectionDimension direction) {
  const double c = std::cos(frame.h_rad), s = std::sin(frame.h_rad);
  if (direction == DirectionDimension::kLongitudinal) return state.vx_mps * c + state.vy_mps * s;
  if (direction == DirectionDimension::kLateral) return -state.vx_mps * s + state.vy_mps * c;
  if (direction == DirectionDimension::kVertical) return 0;
  return state.speed_mps;
}

double acceleration_in(const EntityState& state, DirectionDimension direction) {
  const double c = std::cos(state.h_rad), s = std::sin(state.h_rad);
  if (direction == DirectionDimension::kLongitudinal) return state.ax_mps2 * c + state.ay_mps2 * s;
  if (direction == DirectionDimension::kLateral) return -state.ax_mps2 * s + state.ay_mps2 * c;
  if (direction == DirectionDimension::kVertical) return 0;
  return state.acceleration_mps2;
}

// Closing speed towards a moving or a fixed point, along the line between them or along the own heading.
double closing_speed_mps(const EntityState& from, double x_m, double y_m, double vx_mps, double vy_mps,
                         DistanceType type) {
  double nx = std::cos(from.h_rad), ny = std::sin(from.h_rad);
  if (type == DistanceType::kLateral) {
    nx = -std::sin(from.h_rad);
    ny = std::cos(from.h_rad);
  }
  const double dx = x_m - from.x_m, dy = y_m - from.y_m, distance_m = std::hypot(dx, dy);
  if (type == DistanceType::kEuclidean && distance_m > 0) {
    nx = dx / distance_m;
    ny = dy / distance_m;
  } else if (dx * nx + dy * ny < 0) {
    nx = -nx;
    ny = -ny;
  }
  return (from.vx_mps - vx_mps) * nx + (from.vy_mps - vy_mps) * ny;
}

struct EntityJudge {
  World& world;
  EntityIndex entity;

  const EntityState& self() const { return world.entity(entity); }

  bool operator()(const NeverCondition&) const { return false; }
  bool operator()(const TraveledDistanceCondition& c) const { return self().odometer_m >= c.value_m; }
  bool operator()(const RelativeDistanceCondition& c) const {
    const auto distance_m = distance_to_entity_m(world, entity, c.entity, c.measure);
    return distance_m && holds(c.rule, *distance_m, c.value_m);
  }
  bool operator()(const DistanceCondition& c) const {
    const auto place = place_of(world, c.position);
    const auto distance_m = place ? distance_to_place_m(world, entity, *place, c.measure) : std::nullopt;
    return distance_m && holds(c.rule, *distance_m, c.value_m);
  }
  bool operator()(const TimeHeadwayCondition& c) const {
    const auto distance_m = distance_to_entity_m(world, entity, c.entity, c.measure);
    if (!distance_m) return false;
    const bool stands = std::abs(self().speed_mps) < kStanding_mps;
    return holds(c.rule, stands ? kUnlimited : *distance_m / std::abs(self().speed_mps), c.value_s);
  }
  bool operator()(const TimeToCollisionCondition& c) const {
    std::optional<double> distance_m;
    double closing_mps = 0;
    if (c.entity) {
      const EntityState& other = world.entity(*c.entity);
      distance_m = distance_to_entity_m(world, entity, *c.entity, c.measure);
      closing_mps = closing_speed_mps(self(), other.x_m, other.y_m, other.vx_mps, other.vy_mps, c.measure.type);
    } else if (const auto place = place_of(world, c.position)) {
      distance_m = distance_to_place_m(world, entity, *place, c.measure);
      closing_mps = closing_speed_mps(self(), place->x_m, place->y_m, 0, 0, c.measure.type);
    }
    if (!distance_m) return false;
    return holds(c.rule, closing_mps < kStanding_mps ? kUnlimited : *distance_m / closing_mps, c.value_s);
  }
  bool operator()(const SpeedCondition& c) const {
    return holds(c.rule, speed_in(self(), self(), c.direction), c.value_mps);
  }
  bool operator()(const RelativeSpeedCondition& c) const {
    const EntityState& other = world.entity(c.entity);
    if (!other.is_present) return false;
    const double relative_mps = speed_in(self(), self(), c.direction) - speed_in(other, self(), c.direction);
    return holds(c.rule, relative_mps, c.value_mps);
  }
  bool operator()(const AccelerationCondition& c) const {
    return holds(c.rule, acceleration_in(self(), c.direction), c.value_mps2);
  }
  bool operator()(const StandStillCondition& c) const {
    return std::abs(self().speed_mps) < kStanding_mps && self().standing_s >= c.duration_s - kSmall;
  }
  bool operator()(const CollisionCondition& c) const {
    return std::any_of(world.contacts.begin(), world.contacts.end(), [&](const Contact& contact) {
      if (contact.first != entity && contact.second != entity) return false;
      const EntityIndex other = contact.first == entity ? contact.second : contact.first;
      return c.entities.empty() ? is_of_kind(other, c.kind)
                                : std::count(c.entities.begin(), c.entities.end(), other) > 0;
    });
  }
  bool operator()(const AngleCondition& c) const { return std::abs(angle_off(c)) <= c.tolerance_rad; }
  bool operator()(const ReachPositionCondition& c) const {
    const auto place = place_of(world, c.position);
    return place && std::hypot(place->x_m - self().x_m, place->y_m - self().y_m) <= c.tolerance_m;
  }
  bool operator()(const EndOfRoadCondition& c) const {
    return self().at_road_end_s && *self().at_road_end_s >= c.duration_s - kSmall;
  }
  bool operator()(const OffroadCondition& c) const {
    return self().off_road_s && *self().off_road_s >= c.duration_s - kSmall;
  }
  bool operator()(const RelativeClearanceCondition& c) const {
    for (EntityIndex other = 0; other < static_cast<EntityIndex>(world.entities.size()); ++other) {
      const bool is_meant = c.entities.empty() || std::count(c.entities.begin(), c.entities.end(), other) > 0;
      if (other != entity && is_meant && is_in_the_way(c, other)) return false;
    }
    return true;
  }

  double angle_off(const AngleCondition& c) const {
    const auto pick = [&](double h, double p, double r) {
      return c.type == AngleType::kHeading ? h : c.type == AngleType::kPitch ? p : r;
    };
    double angle_rad = pick(self().h_rad, self().p_rad, self().r_rad);
    if (c.relative_to) {
      const EntityState& other = world.entity(*c.relative_to);
      angle_rad -= pick(other.h_rad, other.p_rad, other.r_rad);
    } else if (!c.is_in_world && c.coordinates != CoordinateSystem::kWorld && world.map) {
      const LaneSpot spot = spot_of(world, entity);
      if (!spot.is_on_road()) return std::numeric_limits<double>::infinity();
      const map::RoadPose pose = pose_of(*world.map, spot);
      angle_rad -= pick(pose.heading_rad, pose.pitch_rad, pose.roll_rad);
    }
    return math::angle_difference_rad(angle_rad, c.angle_rad);
  }

  bool is_of_kind(EntityIndex other, const std::string& kind) const {
    return world.definition(other).kind == entity_kind(kind);
  }

  // Whether `other` is in one of the lanes and within the distances.
  bool is_in_the_way(const RelativeClearanceCondition& c, EntityIndex other) const {
    const LaneSpot own = spot_of(world, entity), spot = spot_of(world, other);
    if (!world.entity(other).is_present || !own.is_on_road() || !spot.is_on_road()) return false;
    const auto ahead_m = signed_distance_m(world, entity, other, DistanceType::kLongitudinal, CoordinateSystem::kLane);
    if (!ahead_m) return false;
    const double share_m = c.is_freespace ? box_share_m(world, entity, other, self().h_rad, *ahead_m >= 0) : 0;
    const double gap_m = std::max(0.0, std::abs(*ahead_m) - share_m);
    if (gap_m > (*ahead_m >= 0 ? c.forward_m : c.backward_m)) return false;
    const int own_lane = own.place.lane_id * own.direction, other_lane = spot.place.lane_id * own.direction;
    if (!c.counts_opposite_lanes && (own_lane > 0) != (other_lane > 0)) return false;
    int delta = other_lane - own_lane;
    if ((own_lane > 0) != (other_lane > 0)) delta += delta > 0 ? -1 : 1;  // there is no lane 0
    return c.lanes.empty() || std::any_of(c.lanes.begin(), c.lanes.end(), [&](const auto& range) {
             return (!range.from || delta >= *range.from) && (!range.to || delta <= *range.to);
           });
  }
};

bool named_value_holds(const std::vector<ParameterAssignment>& values, const std::string& name, Rule rule,
                       const std::string& reference) {
  for (const ParameterAssignment& value : values) {
    if (value.name == name) return holds(rule, value.value, reference).value_or(false);
  }
  return false;
}

}  // namespace

bool holds_for(World& world, EntityIndex entity, const EntityConditionValue& condition) {
  return world.entity(entity).is_present && std::visit(EntityJudge{world, entity}, condition);
}

bool holds_now(const World& world, const ByValueCondition& condition) {
  if (const auto* time = std::get_if<SimulationTimeCondition>(&condition)) {
    return holds(time->rule, world.time_s(), time->value_s);
  }
  if (const auto* of_day = std::get_if<TimeOfDayCondition>(&condition)) {
    if (!world.time_of_day) return false;
    const double passed_s = world.time_of_day->moves ? world.time_s() - world.time_of_day_set_s : 0;
    return holds(of_day->rule, world.time_of_day->seconds_since_1970 + passed_s, of_day->seconds_since_1970);
  }
  if (const auto* parameter = std::get_if<ParameterCondition>(&condition)) {
    return named_value_holds(world.parameters, parameter->name, parameter->rule, parameter->value);
  }
  if (const auto* variable = std::get_if<VariableCondition>(&condition)) {
    return named_value_holds(world.variables, variable->name, variable->rule, variable->value);
  }
  if (const auto* signal = std::get_if<TrafficSignalCondition>(&condition)) {
    return named_value_holds(world.signals, signal->signal, Rule::kEqualTo, signal->state);
  }
  if (const auto* phase = std::get_if<SignalPhaseCondition>(&condition)) {
    return named_value_holds(world.phases, phase->controller, Rule::kEqualTo, phase->phase);
  }
  return false;
}

}  // namespace hangil::scenario
