// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "map/advance.hpp"
#include "scenario/measure.hpp"
#include "scenario/motion_runs.hpp"
#include "scenario/synchronize.hpp"

namespace hangil::scenario {

namespace {

constexpr double kReach_m = 5000;
constexpr double kGapGain_ps = 0.5;  // speed difference per metre of distance to catch up

// Whether a position is relative to an entity; any other stays where it was when the action started.
bool follows_an_entity(const Position& position) {
  return std::visit(
      [](const auto& at) {
        if constexpr (requires { at.entity; }) return true;
        if constexpr (requires { at.of_entity; }) return at.of_entity.has_value();
        return false;
      },
      position.where);
}

constexpr double kTrafficReach_m = 120;

// Half the width and the length ahead of and behind the reference point that a box takes up.
struct Extent {
  double ahead_m, behind_m, half_width_m;
};
Extent extent_of(const World& world, EntityIndex entity) {
  const BoundingBox& box = world.definition(entity).box;
  return {box.center_x_m + box.length_m / 2, box.length_m / 2 - box.center_x_m, box.width_m / 2};
}

// The nearest one ahead along the roads that is in the way.
std::optional<drivers::Neighbour> leader_of(World& world, EntityIndex entity) {
  const LaneSpot spot = spot_of(world, entity);
  if (!spot.is_on_road()) return std::nullopt;
  const EntityState& self = world.entity(entity);
  const Extent own = extent_of(world, entity);
  const map::RoadPlace from = map::road_place(world.map->road(spot.place.road), spot.place);
  std::optional<drivers::Neighbour> leader;
  for (EntityIndex other = 0; other < static_cast<EntityIndex>(world.entities.size()); ++other) {
    const EntityState& state = world.entity(other);
    if (other == entity || !state.is_present) continue;
    if (std::abs(state.x_m - self.x_m) > kTrafficReach_m || std::abs(state.y_m - self.y_m) > kTrafficReach_m) continue;
    const LaneSpot at = spot_of(world, other);
    if (!at.is_on_road()) continue;
    const auto to = map::road_place(world.map->road(at.place.road), at.place);
    const auto way = map::road_distance(*world.map, from, to, spot.direction > 0, kTrafficReach_m);
    const Extent its = extent_of(world, other);
    if (!way || way->ds_m <= 0 || std::abs(way->dt_m) > own.half_width_m + its.half_width_m) continue;
    const double gap_m = way->ds_m - own.ahead_m - its.behind_m;
    if (leader && gap_m >= leader->gap_m) continue;
    const double speed_mps = state.speed_mps * std::cos(state.h_rad - self.h_rad);
    leader = drivers::Neighbour{.gap_m = gap_m, .lateral_gap_m = -1, .speed_mps = speed_mps};
  }
  return leader;
}

struct SpeedStepper {
  World& world;
  EntityIndex entity;
  std::span<Motion> motions;
  double dt_s;
  bool& is_done;

  const Motion& motion_of(EntityIndex one) const { return motions[static_cast<std::size_t>(one)]; }
  double speed() const { return world.entity(entity).speed_mps; }

  double operator()(SpeedRun& run) const {
    if (run.action->is_continuous) {
      run.transition.to = target_speed_mps(world, *run.action);
      if (run.transition.is_done()) return run.transition.to;
    }
    advance(run.transition, dt_s, speed() * dt_s);
    const double value = within_performance(run.transition.value());
    is_done = run.transition.is_done() && value == run.transition.to && !run.action->is_continuous;
    return value;
  }

  // What the entity's Performance lets it reach in a step.
  double within_performance(double wanted_mps) const {
    const Performance& limits = world.definition(entity).performance;
    return std::clamp(wanted_mps, speed() - limits.max_deceleration_mps2 * dt_s,
                      speed() + limits.max_acceleration_mps2 * dt_s);
  }

  double operator()(SpeedProfileRun& run) const {
    double left_s = dt_s, value = speed();
    while (run.at < run.parts.size()) {
      ProfilePart& part = run.parts[run.at];
      const double step_s = std::min(left_s, part.duration_s - part.progress_s);
      part.progress_s += step_s;
      // Sums of decimal steps miss the end by rounding only.
      if (part.duration_s - part.progress_s < 1e-9) part.progress_s = part.duration_s;
      value = part.speed_mps();
      left_s -= step_s;
      if (!part.is_done()) break;
      ++run.at;
    }
    is_done = run.at == run.parts.size();
    return value;
  }

  // A gap that is too long closes in proportion to it, and the other way round; within the limits.
  double operator()(LongitudinalDistanceRun& run) const {
    const LongitudinalDistanceAction& action = *run.action;
    const auto ahead_m =
        signed_distance_m(world, entity, action.entity, DistanceType::kLongitudinal, action.coordinates);
    if (!ahead_m) return speed();
    const EntityState &self = world.entity(entity), &other = world.entity(action.entity);
    const bool leads =
        action.displacement == Displacement::kLeading || (action.displacement == Displacement::kAny && *ahead_m < 0);
    const double share_m = action.is_freespace ? box_share_m(world, entity, action.entity, self.h_rad, !leads) : 0;
    const double wanted_m = action.distance_m ? *action.distance_m : *action.time_gap_s * self.speed_mps;
    const double gap_m = (leads ? -*ahead_m : *ahead_m) - share_m;
    const double missing_m = (gap_m - wanted_m) * (leads ? -1 : 1);
    const DynamicConstraints limits = action.constraints.value_or(DynamicConstraints{});
    const double wanted_mps = std::min(other.speed_mps + kGapGain_ps * missing_m, limits.max_speed_mps);
    const double rise =
        std::min(limits.max_acceleration_mps2, world.definition(entity).performance.max_acceleration_mps2);
    const double fall =
        std::min(limits.max_deceleration_mps2, world.definition(entity).performance.max_deceleration_mps2);
    is_done = !action.is_continuous && std::abs(missing_m) < 0.05 && std::abs(other.speed_mps - self.speed_mps) < 0.05;
    return std::max(0.0, std::clamp(wanted_mps, self.speed_mps - fall * dt_s, self.speed_mps + rise * dt_s));
  }

  double operator()(SynchronizeRun& run) const;
  double operator()(TimedRun&) const { return speed(); }  // the trajectory says

  double operator()(TrafficRun& run) const {
    const auto leader = leader_of(world, entity);
    const drivers::Neighbour ahead = leader.value_or(drivers::Neighbour{});
    const EntityState& self = world.entity(entity);
    const drivers::Scene scene{self.speed_mps,
                               self.acceleration_mps2,
                               world.definition(entity).box.length_m,
                               {&ahead, leader ? std::size_t{1} : std::size_t{0}}};
    return std::max(0.0, self.speed_mps + drivers::step(run.driver, scene, dt_s).acceleration_mps2 * dt_s);
  }

  double operator()(OverrideRun& run) const {
    const Performance& limits = world.definition(entity).performance;
    const auto share = [](const std::optional<OverrideValue>& value) {
      return value && value->is_active ? value->value : 0;
    };
    const double most_rise = std::isinf(limits.max_acceleration_mps2) ? 5 : limits.max_acceleration_mps2;
    const double most_fall = std::isinf(limits.max_deceleration_mps2) ? 10 : limits.max_deceleration_mps2;
    const double brake = std::max(share(run.action.brake), share(run.action.parking_brake));
    const double a = brake > 0 ? -brake * most_fall : share(run.action.throttle) * most_rise;
    return std::clamp(speed() + a * dt_s, std::min(0.0, speed()), std::max(speed(), limits.max_speed_mps));
  }
};

double SpeedStepper::operator()(SynchronizeRun& run) const {
  const SynchronizeAction& action = *run.action;
  if (follows_an_entity(action.master_target)) {
    if (const auto place = place_of(world, action.master_target)) run.master_target = *place;
  }
  if (follows_an_entity(action.target)) {
    if (const auto place = place_of(world, action.target)) run.target = *place;
  }
  const EntityState& master = world.entity(action.master);
  const double master_m = way_left_m(world, action.master, motion_of(action.master), run.master_target);
  SynchronizeInput input;
  input.distance_m = way_left_m(world, entity, motion_of(entity), run.target);
  input.speed_mps = speed();
  input.max_acceleration_mps2 = world.definition(entity).performance.max_acceleration_mps2;
  input.time_left_s = std::abs(master.speed_mps) > 1e-6 ? master_m / std::abs(master.speed_mps) : 1e9;
  if (action.final_speed) {
    const FinalSpeed& final_speed = *action.final_speed;
    double value = final_speed.value_mps;
    if (final_speed.is_relative) value = final_speed.is_factor ? value * master.speed_mps : value + master.speed_mps;
    input.final_speed_mps = value;
    input.steady_distance_m = final_speed.steady_distance_m.value_or(final_speed.steady_time_s.value_or(0) * value);
  }
  const bool master_is_there = master_m <= action.master_tolerance_m || input.time_left_s <= dt_s ||
                               master_m > run.last_master_distance_m + 1e-6;
  run.last_master_distance_m = master_m;
  is_done = master_is_there || input.distance_m <= std::max(action.tolerance_m, 1e-6);
  return is_done && input.final_speed_mps ? *input.final_speed_mps : synchronized_speed_mps(input, dt_s);
}

}  // namespace

double target_speed_mps(const World& world, const SpeedAction& action) {
  if (!action.relative_to) return action.target;
  const double other_mps = world.entity(*action.relative_to).speed_mps;
  return action.is_factor ? other_mps * action.target : other_mps + action.target;
}

double next_speed(World& world, EntityIndex entity, std::span<Motion> motions, double dt_s, bool& is_done) {
  LongitudinalRun& run = motions[static_cast<std::size_t>(entity)].longitudinal->run;
  return std::visit(SpeedStepper{world, entity, motions, dt_s, is_done}, run);
}

bool take_distance(World& world, EntityIndex entity, const LongitudinalDistanceAction& action) {
  const auto ahead_m = signed_distance_m(world, entity, action.entity, DistanceType::kLongitudinal, action.coordinates);
  if (!ahead_m) return false;
  EntityState& self = world.entity(entity);
  const bool leads =
      action.displacement == Displacement::kLeading || (action.displacement == Displacement::kAny && *ahead_m < 0);
  const double share_m = action.is_freespace ? box_share_m(world, entity, action.entity, self.h_rad, !leads) : 0;
  const double wanted_m = action.distance_m ? *action.distance_m : *action.time_gap_s * self.speed_mps;
  const double forward_m = *ahead_m + (wanted_m + share_m) * (leads ? 1 : -1);
  LaneSpot spot = spot_of(world, entity);
  if (spot.is_on_road() && travel(*world.map, spot, forward_m, world.routes[static_cast<std::size_t>(entity)])) {
    place_at_spot(world, entity, spot, self.heading_in_lane_rad);
    return true;
  }
  self.x_m += forward_m * std::cos(self.h_rad);
  self.y_m += forward_m * std::sin(self.h_rad);
  self.is_spot_current = false;
  return true;
}

double way_left_m(World& world, EntityIndex entity, const Motion& motion, const Placement& to) {
  const EntityState& self = world.entity(entity);
  if (motion.lateral) {
    if (const auto* run = std::get_if<TrajectoryRun>(&motion.lateral->run)) {
      return std::abs(project(run->path, to.x_m, to.y_m) - run->s_m);
    }
  }
  if (world.map) {
    const LaneSpot from = spot_of(world, entity);
    LaneSpot spot = to.spot;
    if (!spot.is_on_road()) spot = spot_near(*world.map, {to.x_m, to.y_m, to.h_rad}, to.z_m);
    if (from.is_on_road() && spot.is_on_road()) {
      const auto along_m =
          travel_distance_m(*world.map, from, spot, kReach_m, world.routes[static_cast<std::size_t>(entity)]);
      if (along_m) return std::abs(*along_m);
    }
  }
  return std::hypot(to.x_m - self.x_m, to.y_m - self.y_m);
}

}  // namespace hangil::scenario
