// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/xml.hpp"
#include "scenario/assignments.hpp"
#include "scenario/expression.hpp"
#include "scenario/measure.hpp"
#include "scenario/mover.hpp"

namespace hangil::scenario {

namespace {

int lane_beside(int lane, int delta) {
  int shifted = lane + delta;
  if (delta != 0 && (shifted == 0 || (shifted > 0) != (lane > 0))) shifted += delta > 0 ? 1 : -1;
  return shifted;
}

// Speeds of a profile, one after the other. Followed by a driver (mode follow) they keep within the limits; taken as
// they are (mode position) only where no time is given.
std::vector<ProfilePart> profile_parts(const World& world, EntityIndex entity, const SpeedProfileAction& action) {
  std::vector<ProfilePart> parts;
  double from_mps = world.entity(entity).speed_mps;
  const double base_mps = action.relative_to ? world.entity(*action.relative_to).speed_mps : 0;
  const Performance& own = world.definition(entity).performance;
  const DynamicConstraints& asked = action.constraints;
  const ProfileLimits rising = {std::min(asked.max_acceleration_mps2, own.max_acceleration_mps2),
                                asked.max_acceleration_rate_mps3};
  const ProfileLimits falling = {std::min(asked.max_deceleration_mps2, own.max_deceleration_mps2),
                                 asked.max_deceleration_rate_mps3};
  const bool is_followed = action.mode == FollowingMode::kFollow;
  for (const SpeedProfileEntry& entry : action.entries) {
    const double to_mps = base_mps + entry.speed_mps;
    ProfileLimits limits = to_mps > from_mps ? rising : falling;
    if (!is_followed) limits.jerk_mps3 = kUnlimited;
    parts.push_back(make_profile_part(from_mps, to_mps, entry.time_s, limits, is_followed));
    from_mps = to_mps;
  }
  return parts;
}

void modify(std::vector<ParameterAssignment>& values, const std::string& name, const std::string& text,
            Modification how) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const auto& one) { return one.name == name; });
  const auto before = found == values.end() ? std::nullopt : base::parse_number(found->value);
  const auto by = base::parse_number(text);
  if (how == Modification::kSet || !before || !by) return assign(values, name, text);
  assign(values, name, number_text(how == Modification::kAdd ? *before + *by : *before * *by));
}

using Started = base::Result<bool>;

struct GlobalStart {
  World& world;

  Started operator()(const IgnoredAction&) const { return true; }
  Started operator()(const EnvironmentAction& action) const {
    if (!action.time_of_day) return true;
    world.time_of_day = action.time_of_day;
    world.time_of_day_set_s = world.time_s();
    return true;
  }
  Started operator()(const AddEntityAction& action) const {
    const auto placement = place_of(world, action.position);
    if (!placement) return placement.error();
    put(world, action.entity, *placement);
    return true;
  }
  Started operator()(const TrafficAction&) const { return true; }  // the run's Traffic plays it
  Started operator()(const DeleteEntityAction& action) const {
    world.entity(action.entity).is_present = false;
    return true;
  }
  Started operator()(const ParameterAction& action) const {
    modify(world.parameters, action.name, action.value, action.modification);
    return true;
  }
  Started operator()(const VariableAction& action) const {
    modify(world.variables, action.name, action.value, action.modification);
    return true;
  }
  Started operator()(const TrafficSignalAction& action) const {
    assign(world.signals, action.signal, action.state);
    return true;
  }
  Started operator()(const SignalPhaseAction&) const { return true; }  // done by ScenarioRun, who has the controllers
};

}  // namespace

// Starts one private action for one actor; true: done at once.
struct ActionStart {
  Mover& mover;
  World& world;
  EntityIndex entity;
  int element;
  const base::SourcePlace& place;

  EntityState& self() const { return world.entity(entity); }
  base::Error trouble(const std::string& what) const {
    return {place.text() + ": entity '" + world.definition(entity).name + "': " + what};
  }

  Started operator()(const IgnoredAction&) const { return true; }
  Started operator()(const ActivateControllerAction&) const { return true; }
  Started operator()(const AssignControllerAction&) const { return true; }
  Started operator()(const LightStateAction&) const { return true; }
  Started operator()(const AnimationAction&) const { return true; }
  Started operator()(const VisibilityAction&) const { return true; }

  Started operator()(const TeleportAction& action) const {
    const auto placement = place_of(world, action.position);
    if (!placement) return placement.error();
    mover.end_lateral(entity, mover.displaced_elements_);
    put(world, entity, *placement);
    return true;
  }

  Started operator()(const SpeedAction& action) const {
    SpeedRun run{&action, make_speed_transition(action.dynamics, self().speed_mps, target_speed_mps(world, action),
                                                world.definition(entity).performance)};
    if (run.transition.is_done()) self().speed_mps = run.transition.to;
    if (run.transition.is_done() && !action.is_continuous) {
      mover.end_longitudinal(entity, mover.displaced_elements_);
      return true;
    }
    mover.set_longitudinal(entity, std::move(run), element);
    return false;
  }

  Started operator()(const SpeedProfileAction& action) const {
    mover.set_longitudinal(entity, SpeedProfileRun{profile_parts(world, entity, action), 0}, element);
    return false;
  }

  // Without limits the distance is there at once, and if continuous at every moment from then on.
  Started operator()(const LongitudinalDistanceAction& action) const {
    if (!action.constraints) {
      if (!take_distance(world, entity, action))
        return trouble("no distance to '" + world.definition(action.entity).name + "'");
      if (!action.is_continuous) return true;
      self().speed_mps = world.entity(action.entity).speed_mps;
    }
    mover.set_longitudinal(entity, LongitudinalDistanceRun{&action}, element);
    return false;
  }

  Started operator()(const LaneChangeAction& action) const {
    LaneSpot spot = spot_of(world, entity);
    if (!spot.is_on_road()) return trouble("is on no road and cannot change lanes");
    const double t_m = t_of(*world.map, spot);
    int lane = action.target_lane;
    if (action.relative_to) {
      const LaneSpot other = spot_of(world, *action.relative_to);
      if (!other.is_on_road()) return trouble("the entity that the lane is relative to is on no road");
      lane = lane_beside(other.place.lane_id, action.target_lane * other.direction);
    }
    const map::Road& road = world.map->road(spot.place.road);
    if (map::find_lane(map::section_at(road, spot.place.s_m), lane) == nullptr) {
      return trouble("road '" + road.id + "' has no lane " + std::to_string(lane) +
                     " at s = " + std::to_string(spot.place.s_m));
    }
    spot.place.lane_id = lane;
    spot.place.offset_m = 0;
    spot.place.offset_m = t_m - t_of(*world.map, spot);
    return change_offset(spot, make_transition(action.dynamics, spot.place.offset_m, action.target_offset_m), nullptr);
  }

  Started operator()(const LaneOffsetAction& action) const {
    const LaneSpot spot = spot_of(world, entity);
    if (!spot.is_on_road()) return trouble("is on no road and has no lane offset");
    double target_m = action.target_m;
    if (action.relative_to) target_m += spot_of(world, *action.relative_to).place.offset_m;
    return change_offset(
        spot,
        make_lateral_transition(action.shape, action.max_lateral_acceleration_mps2, spot.place.offset_m, target_m),
        action.is_continuous ? &action : nullptr);
  }

  Started change_offset(LaneSpot spot, const Transition& offset, const LaneOffsetAction* continuous) const {
    if (offset.is_done()) spot.place.offset_m = offset.to;
    place_at_spot(world, entity, spot, offset.is_done() ? 0 : self().heading_in_lane_rad);
    if (offset.is_done() && continuous == nullptr) {
      mover.end_lateral(entity, mover.displaced_elements_);
      return true;
    }
    mover.set_lateral(entity, LaneTransitionRun{offset, continuous}, element);
    return false;
  }

  Started operator()(const LateralDistanceAction& action) const {
    mover.set_lateral(entity, LateralDistanceRun{&action}, element);
    return false;
  }

  Started operator()(const SynchronizeAction& action) const {
    const auto master_target = place_of(world, action.master_target);
    if (!master_target) return master_target.error();
    const auto target = place_of(world, action.target);
    if (!target) return target.error();
    mover.set_longitudinal(entity, SynchronizeRun{&action, *master_target, *target}, element);
    return false;
  }

  Started operator()(const OverrideControllerAction& action) const {
    const auto is_active = [](const std::optional<OverrideValue>& value) { return value && value->is_active; };
    if (is_active(action.brake) || is_active(action.throttle) || is_active(action.parking_brake)) {
      mover.set_longitudinal(entity, OverrideRun{action}, -1);
    } else if (mover.motion(entity).longitudinal &&
               std::holds_alternative<OverrideRun>(mover.motion(entity).longitudinal->run)) {
      mover.end_longitudinal(entity, mover.displaced_elements_);
    }
    return true;
  }

  Started operator()(const AssignRouteAction& action) const {
    auto legs = legs_of(world, *action.route);
    if (!legs) return legs.error();
    world.routes[static_cast<std::size_t>(entity)] = std::move(*legs);
    return true;
  }

  Started operator()(const AcquirePositionAction& action) const {
    const auto placement = place_of(world, action.position);
    if (!placement) return placement.error();
    const LaneSpot from = spot_of(world, entity);
    LaneSpot to = placement->spot;
    if (!to.is_on_road() && world.map)
      to = spot_near(*world.map, {placement->x_m, placement->y_m, placement->h_rad}, placement->z_m);
    if (!from.is_on_road() || !to.is_on_road()) return trouble("is on no road, or the position to reach is not");
    auto legs = find_legs(*world.map, from, to);
    if (legs.empty()) return trouble("no way by roads to the position");
    world.routes[static_cast<std::size_t>(entity)] = std::move(legs);
    mover.set_lateral(entity, AcquireRun{to}, element);
    return false;
  }

  Started operator()(const FollowTrajectoryAction& action) const {
    auto path = lay_out(world, *action.trajectory, entity);
    if (!path) return path.error();
    TrajectoryRun run{&action, std::move(*path), action.start_offset_m, world.time_s()};
    const bool is_timed = action.timing && run.path.has_times;
    if (action.timing && !run.path.has_times) return trouble("the trajectory has no times");
    const PathPoint point = point_at(run.path, run.s_m, run.hint);
    const bool takes_orientation = run.path.has_orientations && action.mode == FollowingMode::kPosition;
    const double back_rad = self().speed_mps < 0 ? std::numbers::pi : 0;  // backing along it
    Placement start{point.x_m,   point.y_m,  point.z_m, takes_orientation ? point.h_rad : point.tangent_rad + back_rad,
                    point.p_rad, point.r_rad};
    put(world, entity, start);
    mover.set_lateral(entity, std::move(run), element);
    if (is_timed) mover.set_longitudinal(entity, TimedRun{}, element);
    return false;
  }

  Started operator()(const ConnectTrailerAction& action) const {
    mover.of(entity).trailer = action.trailer;
    return true;
  }
};

base::Result<bool> Mover::start(World& world, const StoryAction& action, const std::vector<EntityIndex>& actors,
                                int element) {
  if (element >= static_cast<int>(running_parts_.size())) running_parts_.resize(static_cast<std::size_t>(element) + 1);
  if (element >= 0) running_parts_[static_cast<std::size_t>(element)] = 0;
  if (const auto* global = std::get_if<GlobalActionValue>(&action.value))
    return std::visit(GlobalStart{world}, *global);
  bool all_done = true;
  for (const EntityIndex entity : actors) {
    const auto started = std::visit(ActionStart{*this, world, entity, element, action.place},
                                    std::get<PrivateActionValue>(action.value));
    if (!started) return started;
    all_done = all_done && *started;
  }
  return all_done;
}

}  // namespace hangil::scenario
