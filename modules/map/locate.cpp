// SPDX-License-Identifier: Apache-2.0
#include "map/locate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "map/project.hpp"
#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

constexpr double kInsideLane_m = 1e-6;
// What a misfit costs in metres of distance from a lane's middle.
constexpr double kCrossing_m = 6, kOncoming_m = 0.5, kOtherRoad_m = 1, kHeight_mpm = 4, kSearchStep_m = 20;

struct Candidate {
  Located located;
  double cost_m = std::numeric_limits<double>::infinity();

  bool is_better_than(const Candidate& other) const {
    const double beside = std::max(located.beside_m, kInsideLane_m),
                 other_beside = std::max(other.located.beside_m, kInsideLane_m);
    if (beside != other_beside) return beside < other_beside;
    return cost_m != other.cost_m ? cost_m < other.cost_m : located.lane.road < other.located.lane.road;
  }
};

// The lane that holds t, or of the drivable ones the one nearest to it; lane 0 where there is none.
int choose_lane(const Road& road, const LaneSection& section, double s, double t, bool is_drivable_only) {
  const int holding = lane_at(road, section, s, t);
  if (!is_drivable_only || is_drivable(section.lanes[holding].type)) return holding;
  int best = section.centre;
  double best_gap = std::numeric_limits<double>::infinity();
  for (int i = 0; i < static_cast<int>(section.lanes.size()); ++i) {
    if (!is_drivable(section.lanes[i].type)) continue;
    const LaneEdges edges = lane_edges(road, section, i, s);
    const double gap = std::max(edges.right_t_m - t, t - edges.left_t_m);
    if (gap < best_gap) {
      best = i;
      best_gap = gap;
    }
  }
  return best;
}

Located located_at(const Road& road, int index, const Foot& foot, bool is_drivable_only) {
  const LaneSection& section = section_at(road, foot.s_m);
  const double t = t_of_left(road, foot.s_m, foot.left_m);
  const int lane = choose_lane(road, section, foot.s_m, t, is_drivable_only);
  const LaneEdges edges = lane_edges(road, section, lane, foot.s_m);
  const double beside = std::max({0.0, edges.right_t_m - t, t - edges.left_t_m});
  Located located;
  located.lane = {index, section.lanes[lane].id, foot.s_m, t - edges.centre_t_m()};
  located.t_m = t;
  located.beside_m = std::hypot(beside, foot.along_m);
  return located;
}

double cost_of(const Map& map, const Located& located, const LocateHints& hints) {
  const Road& road = map.road(located.lane.road);
  double cost = std::abs(located.lane.offset_m);
  if (hints.heading_rad) {
    const double forward = road.plan.at(located.lane.s_m).heading_rad;
    const double lane_heading = runs_along_s(road, located.lane.lane_id) ? forward : forward + std::numbers::pi;
    const double turn = *hints.heading_rad - lane_heading;
    cost += kCrossing_m * std::abs(std::sin(turn)) + (std::cos(turn) < 0 ? kOncoming_m : 0);
  }
  if (hints.z_m) cost += kHeight_mpm * std::abs(*hints.z_m - road_pose(road, located.lane.s_m, located.t_m).z_m);
  return hints.road >= 0 && hints.road != located.lane.road ? cost + kOtherRoad_m : cost;
}

// Where the strip's road passes the point.
void consider(const Map& map, const Strip& strip, math::Point2 point, const LocateHints& hints, Candidate& best) {
  const double dx = point.x_m - strip.x_m, dy = point.y_m - strip.y_m;
  const double u = strip.direction_x * dx + strip.direction_y * dy;
  const double share = strip.length_m > 0 ? std::clamp(u / strip.length_m, 0.0, 1.0) : 0;
  const Road& road = map.road(strip.owner);
  const Foot foot = project(road, point, strip.begin_s_m + share * (strip.end_s_m - strip.begin_s_m));
  Candidate candidate;
  candidate.located = located_at(road, strip.owner, foot, hints.is_drivable_only);
  if (candidate.located.lane.lane_id == 0 && hints.is_drivable_only) return;
  if (candidate.located.beside_m > std::max(best.located.beside_m, kInsideLane_m)) return;
  candidate.cost_m = cost_of(map, candidate.located, hints);
  if (candidate.is_better_than(best)) best = candidate;
}

// The strip holds all lanes (drivable ones may lie farther). Near a gentle one, a foot that is not its own is that of
// the strip before or after.
bool may_be_better(const Strip& strip, math::Point2 point, const Candidate& best) {
  const double distance = strip.distance_m(point);
  if (distance - strip.margin_m > best.located.beside_m) return false;
  return !strip.is_gentle || distance > strip.margin_m || strip.holds_foot(point);
}

}  // namespace

std::optional<Located> locate(const Map& map, math::Point2 point, const LocateHints& hints) {
  if (!std::isfinite(point.x_m) || !std::isfinite(point.y_m)) return std::nullopt;
  Candidate best;
  best.located.beside_m = hints.reach_m;
  const auto visit = [&](const Strip& strip) {
    if (may_be_better(strip, point, best)) consider(map, strip, point, hints, best);
  };
  map.strips().visit_near(point, visit, [&] { return best.located.beside_m - kInsideLane_m; });
  if (best.located.lane.road < 0) return std::nullopt;
  return best.located;
}

std::optional<Located> relocate(const Map& map, const Located& previous, math::Point2 point, const LocateHints& hints) {
  if (previous.lane.road >= 0) {
    const Foot foot = project(map.road(previous.lane.road), point, previous.lane.s_m);
    const Located located = located_at(map.road(previous.lane.road), previous.lane.road, foot, hints.is_drivable_only);
    if (located.beside_m <= kInsideLane_m) return located;
  }
  LocateHints again = hints;
  again.road = previous.lane.road;
  return locate(map, point, again);
}

Located locate_on(const Map& map, int road_index, math::Point2 point, bool is_drivable_only) {
  const Road& road = map.road(road_index);
  Candidate best;
  best.located.beside_m = std::numeric_limits<double>::infinity();
  const int count = static_cast<int>(std::min(std::ceil(road.length_m / kSearchStep_m), 1e5));
  for (int i = 0; i < count; ++i) {
    const Foot foot = project(road, point, road.length_m * (i + 0.5) / count);
    Candidate candidate{located_at(road, road_index, foot, is_drivable_only), 0};
    candidate.cost_m = std::abs(candidate.located.lane.offset_m);
    if (candidate.is_better_than(best)) best = candidate;
  }
  return best.located;
}

}  // namespace hangil::map
