// SPDX-License-Identifier: Apache-2.0
#include "planning/priority.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"

namespace hangil::planning {

namespace {

constexpr double kTouchM = 2.2;        // middles of lanes nearer than this are in each other's way
constexpr double kUpstreamM = 120;     // how far back those who will cross are looked for
constexpr double kLeftTurnRad = 0.5;   // a turn to the left is more than this
constexpr double kTowardsRad = 2.35;   // who comes towards us differs by more than this in heading
constexpr double kSidewaysRad = 0.78;  // and who comes from the side by more than this
constexpr std::size_t kMostUpstream = 60;

double entry_heading(const map::LaneMap& map, int lane) { return map.finder.pose(lane, 0, 0).heading_rad; }
double turn_of(const map::LaneMap& map, int lane) {
  const double end_rad = map.finder.pose(lane, map.finder.length_m(lane), 0).heading_rad;
  return math::angle_difference_rad(end_rad, entry_heading(map, lane));
}

// Every metre of a lane's middle.
std::vector<math::Point2> samples(const map::LaneMap& map, int lane) {
  std::vector<math::Point2> points;
  const double length_m = map.finder.length_m(lane);
  for (double s_m = 0; s_m <= length_m; s_m += 1) {
    const map::LaneFinder::Pose pose = map.finder.pose(lane, s_m, 0);
    points.push_back({pose.x_m, pose.y_m});
  }
  return points;
}

bool share_a_predecessor(const map::GraphLane& a, const map::GraphLane& b) {
  return std::any_of(a.predecessors.begin(), a.predecessors.end(),
                     [&](int one) { return std::binary_search(b.predecessors.begin(), b.predecessors.end(), one); });
}

bool come_near(const std::vector<math::Point2>& a, const std::vector<math::Point2>& b) {
  for (const math::Point2& p : a) {
    for (const math::Point2& q : b) {
      const double dx = p.x_m - q.x_m, dy = p.y_m - q.y_m;
      if (dx * dx + dy * dy < kTouchM * kTouchM) return true;
    }
  }
  return false;
}

enum class Sign { kNone, kYield, kStop };

// A sign for a lane that leads into the junction, or for one within.
Sign sign_of(const map::LaneMap& map, int lane) {
  const auto names = [&](const map::RightOfWay& rule, int one) {
    return std::find(rule.yielding.begin(), rule.yielding.end(), one) != rule.yielding.end();
  };
  Sign sign = Sign::kNone;
  for (const map::RightOfWay& rule : map.graph.rights_of_way) {
    const auto& before = map.lane(lane).predecessors;
    const bool is_meant =
        names(rule, lane) || std::any_of(before.begin(), before.end(), [&](int one) { return names(rule, one); });
    if (is_meant) sign = rule.is_stop || sign == Sign::kStop ? Sign::kStop : Sign::kYield;
  }
  return sign;
}

void add_upstream(const map::LaneMap& map, int lane, double left_m, std::vector<int>& lanes) {
  if (std::find(lanes.begin(), lanes.end(), lane) != lanes.end() || lanes.size() > kMostUpstream) return;
  lanes.push_back(lane);
  if (left_m <= 0) return;
  for (const int before : map.lane(lane).predecessors)
    add_upstream(map, before, left_m - map.finder.length_m(before), lanes);
}

// The rule by which `other` goes before `ours`; empty: it does not.
std::string rule_for(const map::LaneMap& map, int ours, int other, bool has_light, bool has_any_sign) {
  const Sign our_sign = has_light ? Sign::kNone : sign_of(map, ours);
  const Sign its_sign = has_light ? Sign::kNone : sign_of(map, other);
  const double from_rad = math::angle_difference_rad(entry_heading(map, other), entry_heading(map, ours));
  if (our_sign != Sign::kNone && its_sign == Sign::kNone) return our_sign == Sign::kStop ? "stop sign" : "give way";
  if (our_sign == Sign::kNone && its_sign != Sign::kNone) return "";
  const bool is_left_turn = turn_of(map, ours) > kLeftTurnRad, is_towards = std::abs(from_rad) > kTowardsRad;
  if (is_left_turn && is_towards && turn_of(map, other) < kLeftTurnRad) return "oncoming traffic";
  const bool is_from_right = from_rad > kSidewaysRad && from_rad < kTowardsRad;
  return is_from_right && !has_light && !has_any_sign ? "from the right" : "";
}

// Lanes within the junction that cross or join one of the route's.
std::vector<int> conflicting(const map::LaneMap& map, int ours) {
  std::vector<int> found;
  const map::GraphLane& lane = map.lane(ours);
  const std::vector<math::Point2> own = samples(map, ours);
  for (int other = 0; other < static_cast<int>(map.graph.lanes.size()); ++other) {
    const map::GraphLane& candidate = map.lane(other);
    if (other == ours || !candidate.is_in_junction || !map::is_drivable(candidate.type)) continue;
    if (share_a_predecessor(lane, candidate)) continue;
    const double dx = candidate.centre.front().x_m - own.front().x_m,
                 dy = candidate.centre.front().y_m - own.front().y_m;
    if (std::hypot(dx, dy) > 150) continue;
    if (come_near(own, samples(map, other))) found.push_back(other);
  }
  return found;
}

}  // namespace

void tell_priority(const map::LaneMap& map, const std::vector<RouteLane>& lanes, std::size_t first, std::size_t last,
                   JunctionAhead& junction) {
  for (std::size_t i = first; i <= last; ++i) {
    const int ours = lanes[i].lane;
    const std::vector<int> others = conflicting(map, ours);
    const bool has_any_sign =
        sign_of(map, ours) != Sign::kNone ||
        std::any_of(others.begin(), others.end(), [&](int one) { return sign_of(map, one) != Sign::kNone; });
    junction.must_stop = junction.must_stop || (junction.light.empty() && sign_of(map, ours) == Sign::kStop);
    for (const int other : others) {
      const std::string rule = rule_for(map, ours, other, !junction.light.empty(), has_any_sign);
      if (rule.empty()) continue;
      if (junction.rule.empty() || rule != "oncoming traffic") junction.rule = rule;
      add_upstream(map, other, kUpstreamM, junction.priority_lanes);
    }
  }
  // Who is in the route's own lanes drives ahead of us or behind.
  std::erase_if(junction.priority_lanes, [&](int lane) {
    return std::any_of(lanes.begin(), lanes.end(), [&](const RouteLane& own) { return own.lane == lane; });
  });
  std::sort(junction.priority_lanes.begin(), junction.priority_lanes.end());
}

}  // namespace hangil::planning
