// SPDX-License-Identifier: Apache-2.0
#include "planning/planner.hpp"

#include <algorithm>
#include <cmath>

#include "planning/speed_samples.hpp"
#include "planning/start_state.hpp"

namespace hangil::planning {

namespace {

constexpr double kHardForDriving = 0.25;    // less probable futures only raise the price ...
constexpr double kHardForStopping = 0.1;    // ... but the stop must be free of these too
constexpr double kLateralLimitRatio = 1.6;  // of the lateral acceleration that speeds are chosen for
constexpr double kStopBrakingRatio = 1.02;  // rounding of the hardest stop
constexpr int kMostTries = 24;              // candidates that the exact check may turn down
constexpr double kToBoundM = 0.1;           // of a lane that is kept: steering is not exact
constexpr double kEdgeM = 2.0;              // of the part of the route that is searched first
constexpr double kLostM = 3.0;              // farther from where it should be on the route, search all of it
constexpr std::array<double, 3> kLateralTimesS{2.0, 3.5, 5.0};
constexpr std::array<double, 3> kLateralLeastM{8.0, 14.0, 20.0};

bool is_finite(const math::MotionState& ego) {
  return std::isfinite(ego.pose.x_m + ego.pose.y_m + ego.pose.yaw_rad + ego.curvature_radpm + ego.speed_mps +
                       ego.acceleration_mps2);
}

// 0 unless a number is not finite: then NaN.
double finite_zero(const messages::PredictedObject& object) {
  const messages::Box3& b = object.box;
  double zero = 0 * (b.x_m + b.y_m + b.yaw_rad + b.length_m + b.width_m);
  for (const messages::Future& future : object.futures) {
    zero += 0 * static_cast<double>(future.probability);
    for (const messages::FutureState& s : future.states) zero += 0 * (s.x_m + s.y_m + s.yaw_rad + s.sigma_m);
  }
  return zero;
}

base::Status check(const PlannerInput& input) {
  if (!is_finite(input.ego)) return base::Error{"the vehicle's pose or motion is not finite"};
  if (input.predictions->step.ns <= 0) return base::Error{"predictions have no time between states"};
  for (const messages::PredictedObject& object : input.predictions->objects) {
    if (finite_zero(object) != 0) {
      return base::Error{"predictions of track " + std::to_string(object.track_id) + " are not finite"};
    }
  }
  return {};
}

std::string one_digit(double value) {
  const auto tenths = std::llround(value * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10));
}

std::string contact_text(const Choice& choice) {
  return "no free stop, contact at " + one_digit(choice.contact_mps) + " m/s after " + one_digit(choice.contact_s) +
         " s";
}

// The vehicle's own worst corner counts where it is outside the corridor already: it must not get farther out.
double corridor_half_width(const Route& route, const math::MotionState& start, double s_m,
                           const PlannerConfig& config) {
  double farthest_m = 0;
  for (const math::Point2 corner : math::corners(config.vehicle.at(start.pose))) {
    const math::Point2 p = route.path.at(route.path.project(corner, s_m - 8, s_m + 8)).point;
    farthest_m = std::max(farthest_m, std::hypot(corner.x_m - p.x_m, corner.y_m - p.y_m));
  }
  return farthest_m + 0.1 <= config.corridor_half_width_m ? config.corridor_half_width_m : farthest_m + 0.1;
}

CandidateLimits limits_of(const math::MotionState& start, double corridor_m, const PlannerConfig& config) {
  const double lateral = std::abs(start.curvature_radpm) * start.speed_mps * start.speed_mps;
  return {static_cast<float>(std::max(config.max_curvature_radpm, std::abs(start.curvature_radpm)) + 1e-3),
          static_cast<float>(std::max(kLateralLimitRatio * config.lateral_acceleration_mps2, lateral + 0.2)),
          static_cast<float>(corridor_m)};
}

// Ends across the corridor, middle included; lengths by speed.
void fill_paths(const math::FrenetState& start, double speed_mps, const CandidateGrid& grid,
                const PlannerConfig& config, std::vector<LateralPath>& paths) {
  const double spare_m = std::max(0.0, config.corridor_half_width_m - config.vehicle.width_m / 2);
  paths.clear();
  for (int length = 0; length < grid.length_count; ++length) {
    const auto kind = static_cast<std::size_t>(grid.length_count == 1 ? 1 : length);
    const double length_m = std::max(kLateralLeastM[kind], speed_mps * kLateralTimesS[kind]);
    for (int i = 0; i < grid.lateral_count; ++i) {
      const int half = grid.lateral_count / 2;
      paths.push_back(lateral_path(start, half == 0 ? 0 : spare_m * (i - half) / half, length_m));
    }
  }
}

}  // namespace

struct Planner::Scene {
  const Route* route;
  math::MotionState start;
  math::FrenetState place;
  math::Jet along;
  std::vector<RelevantFuture> futures;
  base::Duration prediction_step;
  KeptDistance kept;
  SpeedGoal goal;
  double corridor_m;
  CandidateLimits limits;
  math::Point2 origin;

  HardFutures hard(double least_probability) const { return {&futures, prediction_step, kept, least_probability}; }
};

// Near where it should be; on the whole route only when it is not there.
base::Result<math::FrenetState> Planner::on_route(const Route& route, const math::MotionState& start) {
  const math::Point2 point{start.pose.x_m, start.pose.y_m};
  const double expected_m = place_s_m_.value_or(0.0), from_m = expected_m - 10, to_m = expected_m + 30;
  double s_m = route.path.project(point, from_m, to_m);
  const math::Point2 nearest = route.path.at(s_m).point;
  const bool is_at_edge = s_m < from_m + kEdgeM || s_m > to_m - kEdgeM;
  if (is_at_edge || std::hypot(nearest.x_m - point.x_m, nearest.y_m - point.y_m) > kLostM) {
    s_m = route.path.project(point);
  }
  auto place = math::to_frenet(route.path, start, s_m);
  if (place && std::abs(place->d_m) > 2 * corridor_m_) {
    return base::Error{"the vehicle is " + one_digit(std::abs(place->d_m)) + " m beside its route"};
  }
  if (place) place_s_m_ = s_m;
  return place;
}

// A vehicle that keeps its lane has no more than the lane leaves it on the way of this plan.
void Planner::narrow_corridor(const RoadAhead* road, const math::FrenetState& place) {
  config_.corridor_half_width_m = corridor_m_;
  if (!config_.keep_lane || road == nullptr) return;
  const double front_m = place.s_m + config_.vehicle.front_m();
  const double room_m = road->room_m({place.s_m, front_m + place.s_mps * config_.horizon_s()}) - kToBoundM;
  config_.corridor_half_width_m = std::min(corridor_m_, std::max(room_m, config_.vehicle.width_m / 2 + kToBoundM));
}

base::Result<Planner::Scene> Planner::scene_of(const PlannerInput& input) {
  if (const base::Status status = check(input); !status) return status.error();
  const messages::Predictions& predictions = *input.predictions;
  const messages::Trajectory* previous = previous_ ? &*previous_ : nullptr;
  Scene scene{.route = input.route, .prediction_step = predictions.step};
  scene.start = start_state(input.ego, predictions.header.stamp, previous, config_.max_curvature_radpm);
  scene.start.speed_mps = std::max(0.0, scene.start.speed_mps);
  const auto place = on_route(*input.route, scene.start);
  if (!place) return place.error();
  scene.place = *place;
  narrow_corridor(input.road, *place);
  scene.along = {place->s_m, place->s_mps, place->s_mps2};
  scene.kept.margin_m = config_.margin_m;
  const double reach_m = std::max(config_.desired_speed_mps, scene.start.speed_mps) * config_.horizon_s() + 20;
  scene.futures = relevant_futures(predictions, config_.vehicle.at(scene.start.pose), reach_m, scene.kept);
  std::vector<Constraint> by_rules;
  if (input.map != nullptr && input.road != nullptr) {
    const RoadSituation situation{*input.route, *input.map,    *input.road,     input.signals,
                                  scene.place,  scene.futures, predictions.step};
    by_rules = road_constraints(situation, config_, rules_);
  }
  if (input.wait != nullptr) by_rules.push_back(*input.wait);
  scene.goal =
      decide(*input.route, scene.place, scene.futures, predictions.step, config_, input.road, std::move(by_rules));
  scene.corridor_m = corridor_half_width(*input.route, scene.start, place->s_m, config_);
  scene.limits = limits_of(scene.start, scene.corridor_m, config_);
  scene.origin = {scene.start.pose.x_m, scene.start.pose.y_m};
  return scene;
}

// Fills lanes, profiles, and the boxes that any of them may meet.
void Planner::sample(const Scene& scene, std::int64_t allowance) {
  const CandidateGrid grid = grid_for(allowance > 0 ? allowance : config_.candidate_count);
  fill_paths(scene.place, scene.start.speed_mps, grid, config_, lanes_.paths);
  fill_lanes(lanes_);
  driving_ = driving_profiles(scene.along, scene.goal, grid, config_);
  stopping_ = stopping_profiles(scene.along, config_);
  fill_steps(driving_, *scene.route, scene.goal, scene.origin, hard_braking_mps2(config_), config_, driving_steps_);
  fill_steps(stopping_, *scene.route, scene.goal, scene.origin, kStopBrakingRatio * config_.emergency_braking_mps2,
             config_, stopping_steps_);
  extents_.assign(static_cast<std::size_t>(kStepCount), Extent{});
  extend(driving_steps_, scene.origin, extents_);
  extend(stopping_steps_, scene.origin, extents_);
  operations_ = 0;
  place_boxes(scene);
}

void Planner::place_boxes(const Scene& scene) {
  const double reach_m = lanes_.widest_m + config_.vehicle.length_m + static_cast<double>(config_.weights.clearance_m);
  fill_boxes(scene.futures, scene.prediction_step, scene.kept, scene.origin, config_.step_s, extents_, reach_m, boxes_);
  operations_ +=
      static_cast<std::int64_t>(lanes_.count) * (driving_steps_.profile_count + stopping_steps_.profile_count);
}

Candidate Planner::candidate_of(const Choice& choice, const std::vector<SpeedProfile>& profiles) const {
  return {lanes_.paths[static_cast<std::size_t>(choice.lane)], profiles[static_cast<std::size_t>(choice.profile)]};
}

std::optional<Candidate> Planner::cheapest_free(const Scene& scene, messages::Trajectory& trajectory) {
  evaluate_candidates(lanes_, driving_steps_, boxes_, config_, scene.limits, static_cast<float>(kHardForDriving),
                      scores_);
  trajectory.candidate_count = static_cast<std::uint32_t>(lanes_.count * driving_steps_.profile_count);
  trajectory.collision_free_count = static_cast<std::uint32_t>(free_count(scores_, lanes_, driving_steps_));
  for (int tries = 0; tries < kMostTries; ++tries) {
    const auto choice = cheapest(scores_, lanes_, driving_steps_);
    if (!choice) return std::nullopt;
    const Candidate candidate = candidate_of(*choice, driving_);
    if (is_really_free(candidate, *scene.route, scene.hard(kHardForDriving), scene.corridor_m, config_)) {
      trajectory.cost = static_cast<double>(choice->cost);
      return candidate;
    }
    refute(*choice, lanes_, driving_steps_, scores_);
    --trajectory.collision_free_count;
  }
  return std::nullopt;
}

Planner::Stop Planner::best_stop(const Scene& scene) {
  evaluate_candidates(lanes_, stopping_steps_, boxes_, config_, scene.limits, static_cast<float>(kHardForStopping),
                      scores_);
  for (int tries = 0;; ++tries) {
    const Choice choice = least_bad(scores_, lanes_, stopping_steps_, config_.step_s);
    const Candidate candidate = candidate_of(choice, stopping_);
    const bool is_free = choice.is_free && is_really_free(candidate, *scene.route, scene.hard(kHardForStopping),
                                                          scene.corridor_m, config_);
    if (is_free)
      return {candidate, true, "braking at " + one_digit(stop_braking_mps2(choice.profile, config_)) + " m/s2"};
    if (!choice.is_free || tries == kMostTries) return {candidate, false, contact_text(choice)};
    refute(choice, lanes_, stopping_steps_, scores_);
  }
}

messages::Trajectory Planner::refuse(const messages::Header& header, const std::string& reason) {
  previous_.reset();
  operations_ = 0;
  reasons_ = {header, {{"refused: " + reason, true, 0, 0, true}}};
  messages::Trajectory trajectory;
  trajectory.header = header;
  trajectory.behaviour = "refused: " + reason;
  return trajectory;
}

messages::Trajectory Planner::plan(const PlannerInput& input, const std::string& frame_id, std::int64_t allowance) {
  const messages::Header& seen = input.predictions->header;
  const messages::Header header{seen.stamp, frame_id};
  if (seen.frame_id != frame_id)
    return refuse(header, "predictions are in " + seen.frame_id + ", poses in " + frame_id);
  auto scene = scene_of(input);
  if (!scene) return refuse(header, scene.error().message);
  sample(*scene, allowance);
  reasons_ = reasons_of(scene->goal, header);

  messages::Trajectory trajectory;
  trajectory.header = header;
  auto drive = cheapest_free(*scene, trajectory);
  Stop stop = best_stop(*scene);
  const bool is_tight = !drive && !stop.is_free;
  if (is_tight) {  // nothing keeps its distance to everybody: at least touch nobody
    for (RelevantFuture& future : scene->futures) future.kept_ratio = 0;
    place_boxes(*scene);
    stop = best_stop(*scene);
    if (!stop.is_free) drive = cheapest_free(*scene, trajectory);
  }
  trajectory.stop_points = points_of(stop.candidate, *scene->route, stop.candidate.profile.settled_s() + kPointStepS);
  trajectory.points = drive ? points_of(*drive, *scene->route, config_.horizon_s()) : trajectory.stop_points;
  trajectory.behaviour = drive ? scene->goal.behaviour + (is_tight ? ", closer than wanted" : "") : "no_free_candidate";
  if (!drive || !stop.is_free) trajectory.behaviour += ": " + stop.text;
  if (!drive) {
    for (messages::DrivingReason& one : reasons_.reasons) one.is_binding = false;
    reasons_.reasons.push_back(
        {trajectory.behaviour, true, stop.candidate.profile.at(1e3).value - scene->place.s_m, 0, true});
  }
  previous_ = trajectory;
  return trajectory;
}

}  // namespace hangil::planning
