// SPDX-License-Identifier: Apache-2.0
#include "planning/behaviour.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

constexpr double kStandingMps = 0.5;    // slower leaders are places to stop at
constexpr double kClosingS = 3.0;       // time to close a gap behind a leader that is longer than wanted
constexpr double kOpeningS = 1.0;       // and to open one that is shorter
constexpr double kGentleRatio = 0.6;    // of comfortable braking, before curves and stops
constexpr double kCreepM = 1.0;         // a standing vehicle does not set off for less
constexpr double kPassingSpareM = 0.3;  // beside the margin, on each side of a passed object

double half_extent_m(double along, double across, const messages::Box3& box) {
  return (std::abs(along) * box.length_m + std::abs(across) * box.width_m) / 2;
}

// An object as the reference sees it.
struct OnReference {
  double s_m, d_m, half_along_m, half_across_m, along_mps;
};

OnReference on_reference(const Route& route, double start_s_m, double ahead_m, const RelevantFuture& relevant,
                         base::Duration step) {
  const messages::Box3& box = relevant.object->box;
  const double s = route.path.project({box.x_m, box.y_m}, start_s_m - 5, start_s_m + ahead_m);
  const math::PathSample reference = route.path.at(s);
  const double dx = box.x_m - reference.point.x_m, dy = box.y_m - reference.point.y_m;
  const double off = box.yaw_rad - reference.yaw_rad(), c = std::cos(off), sn = std::sin(off);
  const messages::FutureState& next = relevant.future->states.front();
  const double vx = (next.x_m - box.x_m) / step.to_s(), vy = (next.y_m - box.y_m) / step.to_s();
  return {s, dy * reference.tangent_x - dx * reference.tangent_y, half_extent_m(c, sn, box), half_extent_m(sn, c, box),
          vx * reference.tangent_x + vy * reference.tangent_y};
}

// On the way of a vehicle that keeps to the reference; what stands or comes towards us only if it cannot be passed.
bool is_in_the_way(const OnReference& object, const PlannerConfig& config) {
  const double half = config.vehicle.width_m / 2;
  if (std::abs(object.d_m) > half + object.half_across_m + config.margin_m) return false;
  if (object.along_mps > kStandingMps) return true;
  const double beside = std::abs(object.d_m) - object.half_across_m;  // of the reference, on the emptier side
  return config.corridor_half_width_m + beside < 2 * half + config.margin_m + kPassingSpareM;
}

// Where the rear axle is to be behind an object.
PlaceAhead place_behind(const OnReference& object, const PlannerConfig& config) {
  const double speed = object.along_mps > kStandingMps ? object.along_mps : 0;
  const double gap = config.standstill_gap_m + config.time_gap_s * speed;
  return {object.s_m - object.half_along_m - config.vehicle.front_m() - gap, speed};
}

// The leader's place that binds first: where we would be soonest.
std::optional<PlaceAhead> leader_place(const Route& route, const math::FrenetState& start, double ahead_m,
                                       const std::vector<RelevantFuture>& relevant, base::Duration step,
                                       const PlannerConfig& config) {
  std::optional<PlaceAhead> nearest;
  for (const RelevantFuture& future : relevant) {
    if (future.future != &future.object->futures.front()) continue;  // an object's most probable one tells its speed
    const OnReference object = on_reference(route, start.s_m, ahead_m, future, step);
    if (object.s_m < start.s_m + config.vehicle.centre_ahead_m() || !is_in_the_way(object, config)) continue;
    const PlaceAhead place = place_behind(object, config);
    const auto soon = [](const PlaceAhead& p) { return p.s_m + kClosingS * p.s_mps; };
    if (!nearest || soon(place) < soon(*nearest)) nearest = place;
  }
  return nearest;
}

// From each metre's own limit to one that braking can meet: v^2 falls linearly.
void brake_before(std::vector<double>& most_m2ps2, double braking_mps2) {
  for (std::size_t i = most_m2ps2.size() - 1; i > 0; --i) {
    most_m2ps2[i - 1] = std::min(most_m2ps2[i - 1], most_m2ps2[i] + 2 * braking_mps2);
  }
}

std::vector<double> speed_limits(const Route& route, double start_s_m, double ahead_m, double most_mps,
                                 const PlannerConfig& config) {
  std::vector<double> limits;
  for (int i = 0; i <= static_cast<int>(ahead_m) + 1; ++i) {
    const double bend = std::abs(route.path.at(start_s_m + i).curvature_radpm);
    limits.push_back(std::min(most_mps * most_mps, config.lateral_acceleration_mps2 / std::max(bend, 1e-6)));
  }
  brake_before(limits, kGentleRatio * config.comfortable_braking_mps2);
  return limits;
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
                 base::Duration prediction_step, const PlannerConfig& config) {
  SpeedGoal goal;
  goal.start_s_m = start.s_m;
  goal.braking_mps2 = kGentleRatio * config.comfortable_braking_mps2;
  double most_mps = route.desired_speed_mps > 0 ? route.desired_speed_mps : config.desired_speed_mps;
  const double ahead_m = look_ahead_m(start, most_mps, config);
  std::optional<PlaceAhead> place = leader_place(route, start, ahead_m, relevant, prediction_step, config);
  if (route.has_goal && (!place || place->s_m > route.path.length_m())) place = PlaceAhead{route.path.length_m(), 0};
  if (place) {
    const double way_m = place->s_m - start.s_m;
    const double bound_mps = speed_before(way_m, place->s_mps, start, goal.braking_mps2);
    if (bound_mps < most_mps) {
      goal.behaviour = place->s_mps > 0 ? "follow" : "stop";
      goal.target = place;
      // Before a standing place wanted_mps() falls with the way; behind a moving one the bound holds everywhere.
      if (place->s_mps > 0 || bound_mps == 0) most_mps = bound_mps;
    }
  }
  goal.most_m2ps2 = speed_limits(route, start.s_m, ahead_m, most_mps, config);
  return goal;
}

}  // namespace hangil::planning
