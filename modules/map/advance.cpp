// SPDX-License-Identifier: Apache-2.0
#include "map/advance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

constexpr double kStep_m = 2.0, kShort_m = 0.6, kNothing_m = 1e-9, kStretchMin = 0.05, kLookAhead_m = 50;
constexpr int kCrossingsMax = 100'000;

// Where travel is: the place with its section.
struct Traveller {
  LanePlace place;
  int section = 0;
  bool is_along_s = true;
  bool counts_s = false;  // distances are those of the reference line
  int crossing_count = 0;
};

double section_limit_m(const Map& map, const Traveller& at) {
  const Road& road = map.road(at.place.road);
  const LaneSection& section = road.sections[static_cast<std::size_t>(at.section)];
  return at.is_along_s ? std::min(section.end_s_m, road.length_m) : std::max(section.s_m, 0.0);
}

// Level metres on the line at constant offset from the lane's middle per metre of s.
double stretch_at(const Road& road, const LaneSection& section, int lane, double s, double offset) {
  const LaneEdges edges = lane_edges(road, section, lane, s);
  const double t = edges.centre_t_m() + offset;
  return std::max(std::hypot(1 - road.plan.at(s).curvature_radpm * t, edges.centre_slope()), kStretchMin);
}

// To where curvature may jump, or far.
double rest_of_piece_m(const PlanView& plan, double s, double sign) {
  const PlanPiece& piece = plan.piece_at(s + sign * kNothing_m);
  const double rest = sign > 0 ? piece.s_m + piece.length_m - s : s - piece.s_m;
  return rest > kNothing_m ? rest : kStep_m;
}

// Goes on within the section; returns how far.
double move_in_section(const Map& map, Traveller& at, double distance_m) {
  const Road& road = map.road(at.place.road);
  const LaneSection& section = road.sections[static_cast<std::size_t>(at.section)];
  const Lane* found = find_lane(section, at.place.lane_id);
  const int lane = found == nullptr ? section.centre : static_cast<int>(found - section.lanes.data());
  const double limit = section_limit_m(map, at), sign = at.is_along_s ? 1 : -1;
  double left = distance_m, &s = at.place.s_m;
  while (left > kNothing_m && sign * (limit - s) > kNothing_m) {
    const double rest = std::min(sign * (limit - s), rest_of_piece_m(road.plan, s, sign));
    const double wanted = std::min(left, kStep_m);
    const auto stretch_after = [&](double ahead_m) {
      return at.counts_s ? 1 : stretch_at(road, section, lane, s + sign * ahead_m, at.place.offset_m);
    };
    double stretch = stretch_after(std::min(wanted, rest) / 2);
    // Within a step of the simulation it changes by too little to look twice.
    if (wanted > kShort_m) stretch = stretch_after(std::min(wanted / stretch, rest) / 2);
    const double step = std::min(wanted / stretch, rest);
    s += sign * step;
    left -= step * stretch;
  }
  if (sign * (limit - s) <= kNothing_m) s = limit;
  return distance_m - std::max(left, 0.0);
}

void enter(const Map& map, Traveller& at, const Continuation& way) {
  const Road& road = map.road(way.road);
  const bool is_next_section = way.road == at.place.road && way.s_m == at.place.s_m && way.is_along_s == at.is_along_s;
  if (way.is_along_s != at.is_along_s) at.place.offset_m = -at.place.offset_m;
  if (is_next_section) {
    at.section += at.is_along_s ? 1 : -1;
  } else {
    const int last = static_cast<int>(road.sections.size()) - 1;
    const bool is_midway = way.s_m > 0 && way.s_m < road.length_m;
    at.section = is_midway ? section_index_at(road, way.s_m) : way.is_along_s ? 0 : last;
  }
  at.place.road = way.road;
  at.place.lane_id = way.lane_id;
  at.place.s_m = way.s_m;
  at.is_along_s = way.is_along_s;
}

TravelEnd cross(const Map& map, Traveller& at, const ChooseContinuation& choose) {
  const auto ways = continuations(map, at.place.road, at.section, at.place.lane_id, at.is_along_s);
  const std::size_t choice = ways.size() < 2 ? 0 : choose(map, at.place, ways);
  if (choice < ways.size() && ++at.crossing_count < kCrossingsMax) {
    enter(map, at, ways[choice]);
    return TravelEnd::kNone;
  }
  const int last = static_cast<int>(map.road(at.place.road).sections.size()) - 1;
  const bool is_at_road_end = at.section == (at.is_along_s ? last : 0);
  const bool goes_on = !is_at_road_end || !map.graph().steps(at.place.road, end_ahead(at.is_along_s)).empty();
  return goes_on ? TravelEnd::kLaneEnd : TravelEnd::kRoadEnd;
}

// A place at a border belongs to the section that begins there: travel along s that ends at one enters it.
void settle_at_border(const Map& map, Traveller& at, const ChooseContinuation& choose) {
  const Road& road = map.road(at.place.road);
  const bool is_last = at.section + 1 == static_cast<int>(road.sections.size());
  if (!at.is_along_s || is_last || at.place.s_m < section_limit_m(map, at)) return;
  if (continuations(map, at.place.road, at.section, at.place.lane_id, true).empty())
    at.place.s_m -= kNothing_m;  // the lane ends here
  else
    cross(map, at, choose);
}

double turn_of(const Map& map, double heading_rad, const Continuation& way) {
  const Road& road = map.road(way.road);
  const double ahead = way.is_along_s ? way.s_m + kLookAhead_m : way.s_m - kLookAhead_m;
  const double end = road.plan.at(std::clamp(ahead, 0.0, road.length_m)).heading_rad;
  return std::abs(math::angle_difference_rad(way.is_along_s ? end : end + std::numbers::pi, heading_rad));
}

Advance go(const Map& map, Traveller at, double distance_m, const ChooseContinuation& choose) {
  Advance result;
  while (result.travelled_m < distance_m - kNothing_m && result.end == TravelEnd::kNone) {
    result.travelled_m += move_in_section(map, at, distance_m - result.travelled_m);
    if (result.travelled_m < distance_m - kNothing_m) result.end = cross(map, at, choose);
  }
  if (result.end == TravelEnd::kNone) settle_at_border(map, at, choose);
  result.place = at.place;
  result.is_along_s = at.is_along_s;
  return result;
}

}  // namespace

std::vector<Continuation> continuations(const Map& map, int road_index, int section, int lane_id, bool is_along_s) {
  std::vector<Continuation> ways;
  const Road& road = map.road(road_index);
  const Lane* lane = find_lane(road.sections[static_cast<std::size_t>(section)], lane_id);
  if (lane == nullptr || lane_id == 0) return ways;
  const int next = section + (is_along_s ? 1 : -1);
  if (next >= 0 && next < static_cast<int>(road.sections.size())) {
    const LaneSection& beyond = road.sections[static_cast<std::size_t>(next)];
    for (const int id : is_along_s ? lane->successors : lane->predecessors) {
      const double s = is_along_s ? beyond.s_m : road.sections[static_cast<std::size_t>(section)].s_m;
      if (id != 0 && find_lane(beyond, id) != nullptr) ways.push_back({road_index, id, s, is_along_s});
    }
    return ways;
  }
  for (const RoadStep& step : map.graph().steps(road_index, end_ahead(is_along_s))) {
    for (const LaneLink& link : step.lane_links) {
      if (link.from == lane_id) ways.push_back({step.road, link.to, step.s_m, step.is_along_s});
    }
  }
  return ways;
}

std::size_t straightest(const Map& map, const LanePlace& from, std::span<const Continuation> ways) {
  const Road& road = map.road(from.road);
  const bool leaves_by_end = from.s_m > road.length_m / 2;
  const double heading = road.plan.at(from.s_m).heading_rad + (leaves_by_end ? 0 : std::numbers::pi);
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const double turn = turn_of(map, heading, ways[i]);
    if (turn < least - 1e-9) {
      least = turn;
      best = i;
    }
  }
  return best;
}

Advance advance(const Map& map, const LanePlace& place, bool is_along_s, double distance_m,
                const ChooseContinuation& choose) {
  return go(map, {place, section_index_at(map.road(place.road), place.s_m), is_along_s}, distance_m, choose);
}

Advance advance_along_s(const Map& map, const LanePlace& place, bool is_along_s, double distance_m,
                        const ChooseContinuation& choose) {
  return go(map, {place, section_index_at(map.road(place.road), place.s_m), is_along_s, true}, distance_m, choose);
}

int lane_beside(const LaneSection& section, int lane_id, int steps) {
  std::vector<int> ids;  // from right to left
  for (auto lane = section.lanes.rbegin(); lane != section.lanes.rend(); ++lane) {
    if (lane->id != 0) ids.push_back(lane->id);
  }
  const auto at = std::find(ids.begin(), ids.end(), lane_id);
  const std::ptrdiff_t wanted = at - ids.begin() + steps;
  return at == ids.end() || wanted < 0 || wanted >= std::ssize(ids) ? 0 : ids[static_cast<std::size_t>(wanted)];
}

int lanes_between(const LaneSection& section, int from_lane_id, int to_lane_id) {
  const auto count_below = [&](int id) {
    return std::count_if(section.lanes.begin(), section.lanes.end(),
                         [&](const Lane& lane) { return lane.id != 0 && lane.id < id; });
  };
  return static_cast<int>(count_below(to_lane_id) - count_below(from_lane_id));
}

}  // namespace hangil::map
