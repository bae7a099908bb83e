// SPDX-License-Identifier: Apache-2.0
#include "scenario/mover.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "math/angles.hpp"

namespace hangil::scenario {

namespace {

// What changed over a step, as rates.
void derive_rates(EntityState& state, const EntityState& before, double dt_s) {
  const double dx = state.x_m - before.x_m, dy = state.y_m - before.y_m, dz = state.z_m - before.z_m;
  state.odometer_m += std::sqrt(dx * dx + dy * dy + dz * dz);
  // Where it goes, which need not be where it looks.
  const double level_m = std::hypot(dx, dy);
  const bool moves = level_m > 1e-9;
  const double toward_x = moves ? dx / level_m : std::cos(state.h_rad),
               toward_y = moves ? dy / level_m : std::sin(state.h_rad);
  const double speed_mps = moves ? std::abs(state.speed_mps) : state.speed_mps;
  state.vx_mps = speed_mps * toward_x;
  state.vy_mps = speed_mps * toward_y;
  state.ax_mps2 = (state.vx_mps - before.vx_mps) / dt_s;
  state.ay_mps2 = (state.vy_mps - before.vy_mps) / dt_s;
  state.acceleration_mps2 = (state.speed_mps - before.speed_mps) / dt_s;
}

// The steering angle of a kinematic bicycle that turns like this.
double wheel_angle_rad(const EntityDefinition& definition, const EntityState& state, const EntityState& before) {
  const double wheelbase_m = definition.front_axle.position_x_m - definition.rear_axle.position_x_m;
  const double distance_m = std::hypot(state.x_m - before.x_m, state.y_m - before.y_m);
  if (!(wheelbase_m > 0) || distance_m < 1e-6) return before.wheel_angle_rad;
  const double turn_rad = math::angle_difference_rad(state.h_rad, before.h_rad);
  const double angle_rad = std::atan(wheelbase_m * turn_rad / std::copysign(distance_m, state.speed_mps));
  const double most_rad = definition.front_axle.max_steering_rad > 0 ? definition.front_axle.max_steering_rad : 1.5;
  return std::clamp(angle_rad, -most_rad, most_rad);
}

constexpr double kStandingStill_mps = 1e-3;

// `before` is null for an entity that stood still and still does: nothing of it has changed.
void finish_motion(World& world, EntityIndex entity, const EntityState& before, double dt_s) {
  EntityState& state = world.entity(entity);
  derive_rates(state, before, dt_s);
  state.wheel_angle_rad = wheel_angle_rad(world.definition(entity), state, before);
  const bool has_stood =
      std::abs(before.speed_mps) < kStandingStill_mps && std::abs(state.speed_mps) < kStandingStill_mps;
  state.standing_s = has_stood ? state.standing_s + dt_s : 0;
  const bool is_off =
      world.map && world.scenario->has_off_road_condition && is_off_road(*world.map, spot_of(world, entity));
  count_on(state.off_road_s, is_off, dt_s);
}

void take_outside(World& world, const OutsideMotion& motion) {
  EntityState& state = world.entity(motion.entity);
  state.is_present = true;
  state.x_m = motion.x_m;
  state.y_m = motion.y_m;
  state.z_m = motion.z_m;
  state.h_rad = motion.h_rad;
  state.p_rad = motion.p_rad;
  state.r_rad = motion.r_rad;
  state.speed_mps = motion.speed_mps;
  state.is_spot_current = false;
}

}  // namespace

Mover::Mover(const World& world) : motions_(world.entities.size()) {
  for (std::size_t i = 0; i < motions_.size(); ++i) {
    motions_[i].trailer = world.definition(static_cast<EntityIndex>(i)).trailer;
  }
}

void Mover::end_part(int element, std::vector<int>& done_elements) {
  if (element < 0) return;
  if (--running_parts_[static_cast<std::size_t>(element)] == 0) done_elements.push_back(element);
}

void Mover::end_longitudinal(EntityIndex entity, std::vector<int>& done_elements) {
  Motion& motion = of(entity);
  if (!motion.longitudinal) return;
  const int element = motion.longitudinal->element;
  motion.longitudinal.reset();
  end_part(element, done_elements);
}

void Mover::end_lateral(EntityIndex entity, std::vector<int>& done_elements) {
  Motion& motion = of(entity);
  if (!motion.lateral) return;
  const int element = motion.lateral->element;
  const bool was_timed = motion.longitudinal && std::holds_alternative<TimedRun>(motion.longitudinal->run);
  motion.lateral.reset();
  if (was_timed) end_longitudinal(entity, done_elements);
  end_part(element, done_elements);
}

void Mover::set_longitudinal(EntityIndex entity, LongitudinalRun run, int element) {
  end_longitudinal(entity, displaced_elements_);
  of(entity).longitudinal = Running<LongitudinalRun>{std::move(run), element};
  if (element >= 0) ++running_parts_[static_cast<std::size_t>(element)];
}

void Mover::set_lateral(EntityIndex entity, LateralRun run, int element) {
  end_lateral(entity, displaced_elements_);
  of(entity).lateral = Running<LateralRun>{std::move(run), element};
  if (element >= 0) ++running_parts_[static_cast<std::size_t>(element)];
}

void Mover::stop(int element) {
  std::vector<int> ended;
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(motions_.size()); ++entity) {
    Motion& motion = of(entity);
    if (motion.longitudinal && motion.longitudinal->element == element) end_longitudinal(entity, ended);
    if (motion.lateral && motion.lateral->element == element) end_lateral(entity, ended);
  }
}

void Mover::step(World& world, double dt_s, const OutsideControl& outside, std::vector<int>& done_elements) {
  done_elements.insert(done_elements.end(), displaced_elements_.begin(), displaced_elements_.end());
  displaced_elements_.clear();
  const auto count = static_cast<EntityIndex>(motions_.size());
  next_speeds_.resize(motions_.size());
  has_ended_.assign(motions_.size(), 0);
  is_pulled_.assign(motions_.size(), 0);
  for (const Motion& motion : motions_) {
    if (motion.trailer) is_pulled_[static_cast<std::size_t>(*motion.trailer)] = 1;
  }
  // All speeds first: nobody's depends on who was moved before.
  for (EntityIndex entity = 0; entity < count; ++entity) {
    const auto i = static_cast<std::size_t>(entity);
    EntityState& state = world.entity(entity);
    next_speeds_[i] = state.speed_mps;
    if (!state.is_present) continue;
    bool is_done = false;
    if (motions_[i].longitudinal) {
      next_speeds_[i] = next_speed(world, entity, motions_, dt_s, is_done);
    }
    if (outside.acceleration && outside.acceleration->entity == entity) {
      next_speeds_[i] = std::max(0.0, state.speed_mps + outside.acceleration->acceleration_mps2 * dt_s);
    }
    has_ended_[i] = is_done;
  }
  for (EntityIndex entity = 0; entity < count; ++entity) {
    EntityState& state = world.entity(entity);
    if (std::exchange(state.was_put, false)) {
      state.at_road_end_s.reset();
      state.off_road_s.reset();
    }
    const EntityState before = state;
    if (!before.is_present || is_held(entity) || is_pulled_[static_cast<std::size_t>(entity)] != 0) continue;
    if (has_ended_[static_cast<std::size_t>(entity)] != 0) end_longitudinal(entity, done_elements);
    if (outside.motion && outside.motion->entity == entity)
      take_outside(world, *outside.motion);
    else
      move(world, entity, next_speeds_[static_cast<std::size_t>(entity)], dt_s, done_elements);
    finish_motion(world, entity, before, dt_s);
  }
  hold_distances(world, dt_s);
  pull_trailers(world, dt_s);
}

bool Mover::is_held(EntityIndex entity) const {
  const auto& running = motion(entity).longitudinal;
  const auto* run = running ? std::get_if<LongitudinalDistanceRun>(&running->run) : nullptr;
  return run != nullptr && !run->action->constraints && run->action->is_continuous;
}

// Unlimited dynamics: who keeps a distance like that is where it is to be, as soon as the other has moved.
void Mover::hold_distances(World& world, double dt_s) {
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(motions_.size()); ++entity) {
    if (!world.entity(entity).is_present || !is_held(entity)) continue;
    const EntityState before = world.entity(entity);
    const auto& action = *std::get<LongitudinalDistanceRun>(motion(entity).longitudinal->run).action;
    world.entity(entity).speed_mps = world.entity(action.entity).speed_mps;
    take_distance(world, entity, action);
    finish_motion(world, entity, before, dt_s);
  }
}

void Mover::move(World& world, EntityIndex entity, double speed_mps, double dt_s, std::vector<int>& done_elements) {
  bool is_done = false;
  move_along(world, entity, of(entity), speed_mps, dt_s, is_done);
  if (is_done) end_lateral(entity, done_elements);
}

void Mover::follow_traffic(EntityIndex entity, double desired_speed_mps) {
  TrafficRun run;
  run.driver.config.desired_speed_mps = std::max(desired_speed_mps, 0.1);
  set_longitudinal(entity, std::move(run), -1);
}

void Mover::release(EntityIndex entity) {
  end_longitudinal(entity, displaced_elements_);
  end_lateral(entity, displaced_elements_);
}

// A trailer's axle follows its coupling point.
void Mover::pull_trailers(World& world, double dt_s) {
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(motions_.size()); ++entity) {
    const auto trailer = of(entity).trailer;
    if (!trailer || !world.entity(entity).is_present) continue;
    const EntityState& puller = world.entity(entity);
    EntityState& pulled = world.entity(*trailer);
    const EntityState before = pulled;
    const double hitch_m = world.definition(entity).hitch_x_m.value_or(0),
                 coupler_m = world.definition(*trailer).coupler_x_m.value_or(1);
    const double x_m = puller.x_m + hitch_m * std::cos(puller.h_rad),
                 y_m = puller.y_m + hitch_m * std::sin(puller.h_rad);
    const double dx = x_m - pulled.x_m, dy = y_m - pulled.y_m;
    pulled.h_rad = pulled.is_present && dx * dx + dy * dy > 1e-6 ? std::atan2(dy, dx) : puller.h_rad;
    pulled.is_present = true;
    pulled.x_m = x_m - coupler_m * std::cos(pulled.h_rad);
    pulled.y_m = y_m - coupler_m * std::sin(pulled.h_rad);
    pulled.z_m = puller.z_m;
    pulled.speed_mps = puller.speed_mps;
    pulled.is_spot_current = false;
    if (dt_s > 0 && before.is_present) finish_motion(world, *trailer, before, dt_s);
  }
}

}  // namespace hangil::scenario
