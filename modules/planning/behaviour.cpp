// SPDX-License-Identifier: Apache-2.0
#include "planning/behaviour.hpp"

#include <algorithm>
#include <cmath>

#include "planning/object_on_route.hpp"
#include "planning/speed_samples.hpp"

namespace hangil::planning {

namespace {

constexpr const char* kMission = "mission";
constexpr double kStandingMps = 0.5;  // slower leaders are places to stop at
constexpr double kClosingS = 3.0;     // time to close a gap behind a leader that is longer than wanted
constexpr double kOpeningS = 1.0;     // and to open one that is shorter
constexpr double kGentleRatio = 0.6;  // of comfortable braking, before curves and stops
constexpr double kLikely = 0.25;      // futures that a cut-in is seen in
constexpr double kMostCutInS = 5.0;   // looked ahead for one; farther ahead futures say little
constexpr double kSideBySideS = 2.0;  // and for one that is not closed in on
constexpr double kDrivingMps = 1.0;
constexpr std::size_t kEveryState = 3;
constexpr double kCreepM = 1.0;  // a standing vehicle does not set off for less

// Where the rear axle is to be behind an object.
PlaceAhead place_behind(const ObjectOnRoute& object, const PlannerConfig& config) {
  const double speed = object.along_mps > kStandingMps ? object.along_mps : 0;
  const double gap = config.standstill_gap_m + config.time_gap_s * speed;
  return {object.s_m - object.half_along_m - config.vehicle.front_m() - gap, speed};
}

// When a vehicle that keeps its speed has passed the object; what it does not close in on is looked at for a while.
double passed_after_s(const ObjectOnRoute& object, const math::FrenetState& start, const PlannerConfig& config) {
  const double way_m = object.s_m + object.half_along_m + config.vehicle.rear_overhang_m - start.s_m;
  const double closing_mps = start.s_mps - object.along_mps;
  return closing_mps > 0.1 ? std::min(way_m / closing_mps, kMostCutInS) : kSideBySideS;
}

// Whether braking as driving may is enough to come down to its speed before it is reached.
bool can_drop_behind(const ObjectOnRoute& object, const math::FrenetState& start, const PlannerConfig& config) {
  const double way_m = object.s_m - object.half_along_m - config.vehicle.front_m() - start.s_m;
  const double closing_mps = std::max(0.0, start.s_mps - object.along_mps);
  return closing_mps * closing_mps < 2 * hard_braking_mps2(config) * way_m;
}

// Whether it drives along and will be in the way before it is passed. One that cannot be let in is passed.
bool cuts_in(const Route& route, const math::FrenetState& start, double ahead_m, const RelevantFuture& future,
             const ObjectOnRoute& now, base::Duration step, const PlannerConfig& config) {
  if (now.along_mps < kDrivingMps || !can_drop_behind(now, start, config)) return false;
  const auto count = static_cast<std::size_t>(std::max(0.0, passed_after_s(now, start, config) / step.to_s()));
  const auto& states = future.future->states;
  messages::PredictedObject later = *future.object;
  for (std::size_t i = 0; i < std::min(count, states.size()); i += kEveryState) {
    later.box.x_m = states[i].x_m, later.box.y_m = states[i].y_m, later.box.yaw_rad = states[i].yaw_rad;
    ObjectOnRoute then = object_on_route(route, start.s_m, ahead_m, later, step);
    then.along_mps = now.along_mps;
    if (is_in_the_way(then, config)) return true;
  }
  return false;
}

// The leader's place that binds first: where we would be soonest. One that is not in the way yet, but will be in a
// future that is not improbable, is one already.
std::optional<Constraint> leader(const Route& route, const math::FrenetState& start, double ahead_m,
                                 const std::vector<RelevantFuture>& relevant, base::Duration step,
                                 const PlannerConfig& config) {
  std::optional<Constraint> nearest;
  for (const RelevantFuture& future : relevant) {
    const bool is_likeliest = future.future == &future.object->futures.front();  // tells its speed
    if (!is_likeliest && future.probability < kLikely) continue;
    const ObjectOnRoute object = object_on_route(route, start.s_m, ahead_m, *future.object, step);
    if (object.s_m < start.s_m + config.vehicle.centre_ahead_m()) continue;
    const bool is_there = is_likeliest && is_in_the_way(object, config);
    if (!is_there && !cuts_in(route, start, ahead_m, future, object, step, config)) continue;
    PlaceAhead place = place_behind(object, config);
    const double way_m = place.s_m - start.s_m;
    if (!is_there && way_m < 0) place.s_m = start.s_m + way_m * kOpeningS / kClosingS;  // room is made gently
    const auto soon = [](const PlaceAhead& p) { return p.s_m + kClosingS * p.s_mps; };
    if (nearest && soon(place) >= soon(nearest->place)) continue;
    nearest = Constraint{"leader " + std::to_string(future.object->track_id), place, true};
  }
  return nearest;
}

// From each metre's own limit to one that braking can meet: v^2 falls linearly.
void brake_before(std::vector<double>& most_m2ps2, double braking_mps2) {
  for (std::size_t i = most_m2ps2.size() - 1; i > 0; --i) {
    most_m2ps2[i - 1] = std::min(most_m2ps2[i - 1], most_m2ps2[i] + 2 * braking_mps2);
  }
}

// Fills the goal's limits and says which of them binds here.
void limit_speed(const Route& route, const RoadAhead* road, double ahead_m, double most_mps,
                 const PlannerConfig& config, SpeedGoal& goal) {
  std::vector<double>& limits = goal.most_m2ps2;
  bool is_bend_first = false, is_posted_first = false;
  for (int i = 0; i <= static_cast<int>(ahead_m) + 1; ++i) {
    const double s_m = goal.start_s_m + i;
    const double bend = config.lateral_acceleration_mps2 / std::max(std::abs(route.path.at(s_m).curvature_radpm), 1e-6);
    const double posted_mps = road != nullptr ? road->limit_mps(s_m) : most_mps;
    const double wanted = std::min(most_mps, posted_mps);
    is_bend_first = is_bend_first || (!is_posted_first && bend < wanted * wanted);
    is_posted_first = is_posted_first || (!is_bend_first && posted_mps < most_mps);
    limits.push_back(std::min(wanted * wanted, bend));
  }
  brake_before(limits, goal.braking_mps2);
  const bool is_bound = limits.front() < most_mps * most_mps;
  goal.speed_reason = !is_bound ? kMission : is_bend_first ? "bend" : "speed limit";
}

double look_ahead_m(const math::FrenetState& start, double most_mps, const PlannerConfig& config) {
  return std::max(most_mps, start.s_mps) * config.horizon_s() + 20;
}

// The speed that still meets a place: what braking allows, or the leader's own, corrected for the gap's error.
double speed_before(double way_m, double place_mps, const math::FrenetState& start, double braking_mps2) {
  if (place_mps > 0) return std::max(0.0, place_mps + way_m / (way_m > 0 ? kClosingS : kOpeningS));
  const bool stays = start.s_mps < 0.1 && way_m < kCreepM;
  return stays ? 0 : std::sqrt(2 * braking_mps2 * std::max(0.0, way_m));
}

}  // namespace

double SpeedGoal::wanted_mps(double s_m) const {
  const double place = std::clamp(s_m - start_s_m, 0.0, static_cast<double>(most_m2ps2.size() - 1));
  const auto i = std::min(static_cast<std::size_t>(place), most_m2ps2.size() - 2);
  double squared = most_m2ps2[i] + (place - static_cast<double>(i)) * (most_m2ps2[i + 1] - most_m2ps2[i]);
  if (target && target->s_mps == 0) squared = std::min(squared, 2 * braking_mps2 * std::max(0.0, target->s_m - s_m));
  return std::sqrt(squared);
}

SpeedGoal decide(const Route& route, const math::FrenetState& start, const std::vector<RelevantFuture>& relevant,
                 base::Duration prediction_step, const PlannerConfig& config, const RoadAhead* road,
                 std::vector<Constraint> road_constraints) {
  SpeedGoal goal;
  goal.start_s_m = start.s_m;
  goal.braking_mps2 = kGentleRatio * config.comfortable_braking_mps2;
  goal.constraints = std::move(road_constraints);
  double most_mps = route.desired_speed_mps > 0 ? route.desired_speed_mps : config.desired_speed_mps;
  goal.free_mps = most_mps;
  const double ahead_m = look_ahead_m(start, most_mps, config);
  if (auto ahead = leader(route, start, ahead_m, relevant, prediction_step, config))
    goal.constraints.push_back(*std::move(ahead));
  if (route.has_goal) goal.constraints.push_back({"goal", {route.path.length_m(), 0}});
  double least_mps = most_mps;
  for (std::size_t i = 0; i < goal.constraints.size(); ++i) {
    const PlaceAhead& place = goal.constraints[i].place;
    const double bound_mps = speed_before(place.s_m - start.s_m, place.s_mps, start, goal.braking_mps2);
    if (bound_mps >= least_mps) continue;
    least_mps = bound_mps;
    goal.binding = i;
  }
  if (goal.binding) {
    const Constraint& binding = goal.constraints[*goal.binding];
    goal.is_behind_object = binding.is_behind_object;
    goal.behaviour = (binding.place.s_mps > 0 ? "follow, " : "stop, ") + binding.reason;
    goal.target = binding.place;
    // Before a standing place wanted_mps() falls with the way; behind a moving one the bound holds everywhere.
    if (binding.place.s_mps > 0 || least_mps == 0) most_mps = least_mps;
  }
  limit_speed(route, road, ahead_m, most_mps, config, goal);
  return goal;
}

messages::DrivingReasons reasons_of(const SpeedGoal& goal, const messages::Header& header) {
  messages::DrivingReasons message{header, {}};
  for (std::size_t i = 0; i < goal.constraints.size(); ++i) {
    const Constraint& one = goal.constraints[i];
    message.reasons.push_back({one.reason, true, one.place.s_m - goal.start_s_m, one.place.s_mps, goal.binding == i});
  }
  const bool is_bound = goal.binding.has_value();
  const double most_mps = goal.speed_reason == kMission ? goal.free_mps : std::sqrt(goal.most_m2ps2.front());
  message.reasons.push_back({goal.speed_reason, false, 0, most_mps, !is_bound});
  return message;
}

}  // namespace hangil::planning
