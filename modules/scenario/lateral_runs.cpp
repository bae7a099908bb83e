// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"
#include "scenario/measure.hpp"
#include "scenario/motion_runs.hpp"

namespace hangil::scenario {

namespace {

constexpr double kHalfTurn_rad = std::numbers::pi;

std::span<const RouteLeg> route_of(const World& world, EntityIndex entity) {
  return world.routes[static_cast<std::size_t>(entity)];
}

void move_straight(World& world, EntityIndex entity, double distance_m) {
  EntityState& state = world.entity(entity);
  state.x_m += distance_m * std::cos(state.h_rad);
  state.y_m += distance_m * std::sin(state.h_rad);
  state.is_spot_current = false;
}

// Where the road ends, motion does.
void stand_at_end(EntityState& state, bool goes_on, double dt_s) {
  count_on(state.at_road_end_s, !goes_on, dt_s);
  if (!goes_on) state.speed_mps = 0;
}

// Without an action: speed, lane offset and the heading in the lane stay as they are; off the roads straight on.
void keep_lane(World& world, EntityIndex entity, double distance_m, double dt_s) {
  LaneSpot spot = spot_of(world, entity);
  EntityState& state = world.entity(entity);
  if (!spot.is_on_road()) return move_straight(world, entity, distance_m);
  stand_at_end(state, travel(*world.map, spot, distance_m, route_of(world, entity)), dt_s);
  place_at_spot(world, entity, spot, state.heading_in_lane_rad);
}

// Along the lane and across it by `dy_m` to the left of the road, `distance_m` in all.
void move_across(World& world, EntityIndex entity, double distance_m, double dy_m, double dt_s) {
  LaneSpot spot = spot_of(world, entity);
  EntityState& state = world.entity(entity);
  if (!spot.is_on_road()) return move_straight(world, entity, distance_m);
  const double along_m = std::copysign(std::sqrt(std::max(0.0, distance_m * distance_m - dy_m * dy_m)), distance_m);
  const bool goes_on = travel(*world.map, spot, along_m, route_of(world, entity));
  stand_at_end(state, goes_on, dt_s);
  spot.place.offset_m += dy_m * (goes_on && spot.direction != state.spot.direction ? -1 : 1);
  const double heading_rad = along_m > 0 ? std::atan2(dy_m * spot.direction, along_m) : 0;
  place_at_spot(world, entity, spot, heading_rad);
}

struct LateralStepper {
  World& world;
  EntityIndex entity;
  double speed_mps;  // at the end of the step
  double distance_m, dt_s;
  bool& is_done;

  EntityState& self() const { return world.entity(entity); }

  void operator()(LaneTransitionRun& run) const {
    if (run.continuous != nullptr && run.continuous->relative_to && run.offset.is_done()) {
      const LaneSpot other = spot_of(world, *run.continuous->relative_to);
      run.offset.to = run.offset.from = other.place.offset_m + run.continuous->target_m;
    }
    const double before_m = self().spot.place.offset_m;
    advance(run.offset, dt_s, distance_m);
    is_done = run.offset.is_done() && run.continuous == nullptr;
    move_across(world, entity, distance_m, run.offset.value() - before_m, dt_s);
    if (is_done && self().spot.is_on_road()) place_at_spot(world, entity, self().spot, 0);
  }

  void operator()(LateralDistanceRun& run) const {
    const LateralDistanceAction& action = *run.action;
    const auto left_m = signed_distance_m(world, entity, action.entity, DistanceType::kLateral, action.coordinates);
    if (!left_m) return keep_lane(world, entity, distance_m, dt_s);
    const bool is_left =
        action.displacement == Displacement::kAny ? *left_m < 0 : action.displacement == Displacement::kLeading;
    const double axis_rad = self().h_rad + kHalfTurn_rad / 2;
    const double share_m = action.is_freespace ? box_share_m(world, entity, action.entity, axis_rad, *left_m >= 0) : 0;
    const double wanted_m = (action.distance_m.value_or(std::abs(*left_m) - share_m) + share_m) * (is_left ? -1 : 1);
    double dy_m = *left_m - wanted_m;
    const double most_m = std::min(action.constraints ? action.constraints->max_speed_mps : kUnlimited, 1e3) * dt_s;
    is_done = !action.is_continuous && std::abs(dy_m) <= most_m;
    dy_m = std::clamp(dy_m, -most_m, most_m);
    const double along_m = std::hypot(distance_m, dy_m);  // beside the way along the road, which goes on as before
    move_across(world, entity, along_m, dy_m * spot_of(world, entity).direction, dt_s);
  }

  void operator()(TrajectoryRun& run) const {
    const double before_m = run.s_m;
    if (run.action->timing && run.path.has_times) {
      const TrajectoryTiming& timing = *run.action->timing;
      const double now_s = world.time_s() + dt_s - (timing.is_absolute ? 0 : run.started_s);
      const double time_s = now_s * timing.scale + timing.offset_s, end_s = run.path.points.back().time_s;
      run.s_m = s_at_time(run.path, time_s);
      is_done = time_s >= end_s && !run.path.is_closed;
      // The last step may be a part of one: the rest of it goes on as fast.
      const double covered_s = is_done ? dt_s - std::min(dt_s, (time_s - end_s) / timing.scale) : dt_s;
      if (covered_s > 1e-6) self().speed_mps = (run.s_m - before_m) / covered_s;
      if (is_done) run.s_m += self().speed_mps * (dt_s - covered_s);
    } else {
      run.s_m += std::abs(distance_m);  // backwards too it goes on along the trajectory, looking back
      is_done = run.s_m >= run.path.length_m() && !run.path.is_closed;
    }
    follow(run);
  }

  // The part of the step beyond the end goes straight on.
  void follow(TrajectoryRun& run) const {
    const PathPoint point = point_at(run.path, run.s_m, run.hint);
    EntityState& state = self();
    state.x_m = point.x_m;
    state.y_m = point.y_m;
    state.z_m = point.z_m;
    const bool takes_orientation = run.path.has_orientations && run.action->mode == FollowingMode::kPosition;
    const double back_rad = state.speed_mps < 0 ? kHalfTurn_rad : 0;
    state.h_rad = takes_orientation ? point.h_rad : math::wrap_angle_rad(point.tangent_rad + back_rad);
    state.p_rad = point.p_rad;
    state.r_rad = point.r_rad;
    state.is_spot_current = false;
    const double beyond_m = run.s_m - run.path.length_m();
    if (is_done && beyond_m > 0 && state.speed_mps > 0) move_straight(world, entity, beyond_m);
  }

  void operator()(AcquireRun& run) const {
    const LaneSpot from = spot_of(world, entity);
    std::optional<double> left_m;
    if (from.is_on_road()) left_m = travel_distance_m(*world.map, from, run.target, 1e5, route_of(world, entity));
    keep_lane(world, entity, distance_m, dt_s);
    is_done = !left_m || *left_m <= distance_m || self().at_road_end_s.has_value();
  }
};

}  // namespace

void move_along(World& world, EntityIndex entity, Motion& motion, double speed_mps, double dt_s, bool& is_done) {
  EntityState& state = world.entity(entity);
  const double distance_m = (state.speed_mps + speed_mps) / 2 * dt_s;
  state.speed_mps = speed_mps;
  if (motion.lateral) {
    std::visit(LateralStepper{world, entity, speed_mps, distance_m, dt_s, is_done}, motion.lateral->run);
  } else if (distance_m != 0) {
    keep_lane(world, entity, distance_m, dt_s);
  } else if (state.at_road_end_s) {
    *state.at_road_end_s += dt_s;
  }
}

}  // namespace hangil::scenario
