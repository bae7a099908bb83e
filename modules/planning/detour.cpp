// SPDX-License-Identifier: Apache-2.0
#include "planning/detour.hpp"

#include <algorithm>
#include <cmath>

#include "map/lane_bounds.hpp"
#include "planning/object_on_route.hpp"

namespace hangil::planning {

namespace {

constexpr double kDetourLookS = 6, kDetourLookM = 40;
constexpr double kNextM = 15;           // what stands so close behind the other belongs to it
constexpr double kLongestM = 60;        // of a blockage; more is a queue
constexpr double kWaitingM = 50;        // before a light, junction or crosswalk one waits
constexpr double kSwerveS = 3.0;        // for a change of lane ...
constexpr double kShortestPerM = 3.4;   // ... but not shorter than this times the root of the offset: the lock
constexpr double kBesidePassedM = 0.9;  // kept to what is passed, uncertainty included
constexpr double kClearM = 3.0;         // and before and behind it
constexpr double kBackS = 3.0;          // those behind come nearer for so long
constexpr double kLeastPassingMps = 4;
constexpr double kOncomingClearM = 15;

double smooth(double u) {
  const double t = std::clamp(u, 0.0, 1.0);
  return t * t * t * (10 - 15 * t + 6 * t * t);
}

bool is_waiting_place(const RoadAhead& road, double s_m) {
  const auto is_near = [&](double wait_m) { return wait_m > s_m - 5 && wait_m < s_m + kWaitingM; };
  return std::any_of(road.lights.begin(), road.lights.end(), [&](const auto& l) { return is_near(l.wait_s_m); }) ||
         std::any_of(road.junctions.begin(), road.junctions.end(),
                     [&](const auto& j) { return is_near(j.wait_s_m); }) ||
         std::any_of(road.crosswalks.begin(), road.crosswalks.end(),
                     [&](const auto& c) { return is_near(c.from_s_m); });
}

const map::GraphLane* lane_at(const RoadSituation& now, double s_m) {
  for (const RouteLane& lane : now.road.lanes) {
    if (s_m >= lane.from_s_m && s_m <= lane.to_s_m) return &now.map.lane(lane.lane);
  }
  return nullptr;
}

// From the route's lane to the middle of a neighbour, at the place of the blockage.
double middle_to_middle_m(const RoadSituation& now, const map::GraphLane& neighbour, double s_m) {
  const math::Point2 point = now.route.path.at(s_m).point;
  return map::distance_m(neighbour.centre, {point.x_m, point.y_m, 0});
}

double swerve_m(double speed_mps, double offset_m) {
  return std::max({kSwerveS * speed_mps, kShortestPerM * std::sqrt(std::abs(offset_m)) * 1.8, 10.0});
}

std::optional<Detour> by_side(const RoadSituation& now, const Blockage& blockage, bool is_left,
                              const PlannerConfig& config) {
  const map::GraphLane* lane = lane_at(now, blockage.from_s_m);
  if (lane == nullptr) return std::nullopt;
  const map::Neighbour& side = is_left ? lane->left_neighbour : lane->right_neighbour;
  if (side.lane < 0 || !side.may_change || !map::is_drivable(now.map.lane(side.lane).type)) return std::nullopt;
  const double whole_m = middle_to_middle_m(now, now.map.lane(side.lane), blockage.from_s_m);
  const double needed_m =
      kBesidePassedM + config.vehicle.width_m / 2 + (is_left ? blockage.most_d_m : -blockage.least_d_m);
  if (needed_m > whole_m + 0.5 || (!is_left && !side.is_same_direction)) return std::nullopt;
  Detour detour;
  detour.track_id = blockage.track_id;
  detour.offset_m = (is_left ? 1 : -1) * (side.is_same_direction ? whole_m : needed_m);
  detour.aside_s_m = blockage.from_s_m - config.vehicle.front_m() - kClearM;
  const double way_m = swerve_m(now.start.s_mps, detour.offset_m), room_m = detour.aside_s_m - now.start.s_m - 1;
  if (room_m < swerve_m(0, detour.offset_m)) return std::nullopt;  // too near by now
  detour.from_s_m = detour.aside_s_m - std::min(way_m, room_m);
  detour.back_s_m = blockage.to_s_m + config.vehicle.rear_overhang_m + kClearM;
  detour.to_s_m = detour.back_s_m + swerve_m(std::max(now.start.s_mps, 6.0), detour.offset_m);
  return detour;
}

}  // namespace

double Detour::offset_at(double s_m) const {
  return offset_m * smooth((s_m - from_s_m) / (aside_s_m - from_s_m)) *
         (1 - smooth((s_m - back_s_m) / (to_s_m - back_s_m)));
}

std::optional<Blockage> find_blockage(const RoadSituation& now, const messages::Predictions& predictions,
                                      const std::vector<std::uint32_t>& has_stood, const PlannerConfig& config) {
  const double ahead_m = kDetourLookS * now.start.s_mps + kDetourLookM;
  std::vector<std::pair<ObjectOnRoute, std::uint32_t>> standing;
  for (const messages::PredictedObject& object : predictions.objects) {
    const bool is_known = std::find(has_stood.begin(), has_stood.end(), object.track_id) != has_stood.end();
    if (!is_known || object.object_class == messages::ObjectClass::kPedestrian) continue;  // people are waited for
    const ObjectOnRoute on = object_on_route(now.route, now.start.s_m, ahead_m, object, now.prediction_step);
    if (on.s_m > now.start.s_m + config.vehicle.front_m() && is_in_the_way(on, config))
      standing.push_back({on, object.track_id});
  }
  std::sort(standing.begin(), standing.end(), [](const auto& a, const auto& b) { return a.first.s_m < b.first.s_m; });
  std::optional<Blockage> found;
  for (const auto& [on, id] : standing) {
    if (found && on.s_m - on.half_along_m > found->to_s_m + kNextM) break;
    if (!found) found = Blockage{id, on.s_m - on.half_along_m, 0, 1e9, -1e9};
    found->to_s_m = std::max(found->to_s_m, on.s_m + on.half_along_m);
    found->least_d_m = std::min(found->least_d_m, on.d_m - on.half_across_m);
    found->most_d_m = std::max(found->most_d_m, on.d_m + on.half_across_m);
  }
  if (!found || found->to_s_m - found->from_s_m > kLongestM || is_waiting_place(now.road, found->to_s_m))
    return std::nullopt;
  return found;
}

std::vector<Detour> detours_around(const RoadSituation& now, const Blockage& blockage, const PlannerConfig& config) {
  std::vector<Detour> found;
  for (const bool is_left : {true, false}) {
    if (const auto detour = by_side(now, blockage, is_left, config)) found.push_back(*detour);
  }
  return found;
}

bool is_free(const Detour& detour, const RoadSituation& now, const messages::Predictions& predictions,
             const Blockage& blockage, const PlannerConfig& config) {
  const double speed = std::max(0.0, now.start.s_mps), passing = std::max(speed, kLeastPassingMps);
  const double duration_s = (detour.to_s_m - now.start.s_m) / passing;
  const double half_m = config.vehicle.width_m / 2 + 0.4, rear_m = now.start.s_m - config.vehicle.rear_overhang_m;
  for (const messages::PredictedObject& object : predictions.objects) {
    const ObjectOnRoute on = object_on_route(now.route, now.start.s_m - 80, 300, object, now.prediction_step);
    if (std::abs(on.d_m - detour.offset_m) > half_m + on.half_across_m) continue;
    const double front_m = on.s_m + on.half_along_m, back_m = on.s_m - on.half_along_m;
    if (on.along_mps < -0.5) {
      if (front_m > rear_m && back_m + on.along_mps * duration_s < detour.to_s_m + kOncomingClearM) return false;
    } else if (front_m < rear_m) {
      const double nearer_m = std::max(0.0, on.along_mps - speed) * kBackS;
      if (rear_m - front_m < 4 + 0.4 * on.along_mps + nearer_m) return false;
    } else if (back_m < std::max(detour.back_s_m, blockage.to_s_m) + 10 + config.vehicle.front_m()) {
      const bool leaves = on.along_mps > speed + 1 && back_m > now.start.s_m + config.vehicle.front_m() + 3;
      if (!leaves) return false;
    }
  }
  return true;
}

base::Result<Route> with_detour(const Route& route, const Detour& detour) {
  std::vector<math::Point2> points;
  for (double s_m = 0; s_m <= route.path.length_m(); s_m += 2) {
    const math::PathSample at = route.path.at(s_m);
    const double offset_m = detour.offset_at(s_m);
    points.push_back({at.point.x_m - offset_m * at.tangent_y, at.point.y_m + offset_m * at.tangent_x});
  }
  auto path = math::ReferencePath::make(points);
  if (!path) return path.error();
  return Route{*std::move(path), route.desired_speed_mps, route.has_goal};
}

RoadAhead moved(RoadAhead road, const Route& from, const Route& to) {
  const auto move = [&](double& s_m) {
    const math::Point2 point = from.path.at(s_m).point;
    s_m = to.path.project(point, s_m - 10, s_m + 10);
  };
  for (RouteLane& one : road.lanes) move(one.from_s_m), move(one.to_s_m);
  for (LimitAhead& one : road.limits) move(one.from_s_m), move(one.to_s_m);
  for (LightAhead& one : road.lights) move(one.wait_s_m);
  for (CrosswalkAhead& one : road.crosswalks) move(one.from_s_m), move(one.to_s_m);
  for (JunctionAhead& one : road.junctions) move(one.from_s_m), move(one.to_s_m), move(one.wait_s_m);
  return road;
}

}  // namespace hangil::planning
