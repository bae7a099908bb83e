// SPDX-License-Identifier: Apache-2.0
#include "map/route_search.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>

#include "map/advance.hpp"
#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

constexpr double kLaneChange_m = 1;

// A lane of one section, driven one way. Lane 0 stands for the road as a whole.
struct SearchNode {
  int road = -1, section = 0, lane_id = 0;
  bool is_along_s = true;

  auto key() const { return std::tie(road, section, lane_id, is_along_s); }
  bool operator<(const SearchNode& other) const { return key() < other.key(); }
  bool operator==(const SearchNode& other) const { return key() == other.key(); }
};

struct Visit {
  double cost_m = 0, entry_s_m = 0;
  SearchNode before;  // road -1 at the start
  bool is_done = false;
};

struct Queued {
  double cost_m = 0;
  SearchNode node;
  bool operator>(const Queued& other) const {
    return cost_m != other.cost_m ? cost_m > other.cost_m : other.node < node;
  }
};

// Dijkstra over lanes, or over roads alone.
class Search {
 public:
  Search(const Map& map, bool is_by_lane) : map_(map), is_by_lane_(is_by_lane) {}

  std::optional<std::vector<RouteLeg>> run(const LanePlace& from, const LanePlace& to, bool is_along_s) {
    reach({from.road, section_index_at(map_.road(from.road), from.s_m), lane_of(from), is_along_s}, from.s_m, 0, {});
    while (!queue_.empty()) {
      const Queued at = queue_.top();
      queue_.pop();
      Visit& visit = visits_[at.node];
      if (std::exchange(visit.is_done, true)) continue;
      if (arrives(at.node, visit, to)) return legs_to(at.node, to.s_m);
      if (at.node.lane_id != 0) change_lane(at.node, visit);
      go_on(at.node, visit);
    }
    return std::nullopt;
  }

 private:
  int lane_of(const LanePlace& place) const { return is_by_lane_ ? place.lane_id : 0; }

  const LaneSection& section_of(const SearchNode& node) const {
    return map_.road(node.road).sections[static_cast<std::size_t>(node.section)];
  }

  void reach(const SearchNode& node, double entry_s_m, double cost_m, const SearchNode& before) {
    const auto [at, is_new] = visits_.try_emplace(node, Visit{cost_m, entry_s_m, before, false});
    if (!is_new && (at->second.is_done || at->second.cost_m <= cost_m)) return;
    at->second = {cost_m, entry_s_m, before, false};
    queue_.push({cost_m, node});
  }

  bool arrives(const SearchNode& node, const Visit& visit, const LanePlace& to) const {
    const bool is_lane = node.lane_id == lane_of(to) && node.road == to.road;
    const double ahead = node.is_along_s ? to.s_m - visit.entry_s_m : visit.entry_s_m - to.s_m;
    return is_lane && node.section == section_index_at(map_.road(to.road), to.s_m) && ahead >= 0;
  }

  void change_lane(const SearchNode& node, const Visit& visit) {
    const Road& road = map_.road(node.road);
    for (const int step : {1, -1}) {
      const int other = lane_beside(section_of(node), node.lane_id, step);
      const Lane* lane = other == 0 ? nullptr : find_lane(section_of(node), other);
      if (lane == nullptr || !is_drivable(lane->type)) continue;
      if (runs_along_s(road, other) != runs_along_s(road, node.lane_id)) continue;
      reach({node.road, node.section, other, node.is_along_s}, visit.entry_s_m, visit.cost_m + kLaneChange_m, node);
    }
  }

  void go_on(const SearchNode& node, const Visit& visit) {
    const LaneSection& section = section_of(node);
    const double end = node.is_along_s ? section.end_s_m : section.s_m;
    const double cost = visit.cost_m + std::max(node.is_along_s ? end - visit.entry_s_m : visit.entry_s_m - end, 0.0);
    if (node.lane_id != 0) {
      for (const Continuation& way : continuations(map_, node.road, node.section, node.lane_id, node.is_along_s)) {
        enter(node, way, cost);
      }
      return;
    }
    const int next = node.section + (node.is_along_s ? 1 : -1);
    if (next >= 0 && next < static_cast<int>(map_.road(node.road).sections.size())) {
      reach({node.road, next, 0, node.is_along_s}, end, cost, node);
      return;
    }
    for (const RoadStep& step : map_.graph().steps(node.road, end_ahead(node.is_along_s))) {
      enter(node, {step.road, 0, step.s_m, step.is_along_s}, cost);
    }
  }

  void enter(const SearchNode& from, const Continuation& way, double cost_m) {
    const Road& road = map_.road(way.road);
    const int last = static_cast<int>(road.sections.size()) - 1;
    const bool is_midway = way.s_m > 0 && way.s_m < road.length_m;
    int section = is_midway ? section_index_at(road, way.s_m) : way.is_along_s ? 0 : last;
    if (way.road == from.road && way.is_along_s == from.is_along_s && is_midway) {
      section = from.section + (way.is_along_s ? 1 : -1);
    }
    reach({way.road, section, way.lane_id, way.is_along_s}, way.s_m, cost_m, from);
  }

  std::vector<RouteLeg> legs_to(const SearchNode& last, double last_s_m) {
    std::vector<RouteLeg> legs;
    double to_s = last_s_m;
    for (SearchNode node = last; node.road >= 0;) {
      const Visit& visit = visits_[node];
      const bool continues = !legs.empty() && legs.back().road == node.road &&
                             legs.back().is_along_s == node.is_along_s && legs.back().from_s_m == to_s;
      if (continues) {
        legs.back().from_s_m = visit.entry_s_m;
      } else {
        legs.push_back({node.road, node.is_along_s, visit.entry_s_m, to_s, 0, node.lane_id});
      }
      const SearchNode before = visit.before;
      if (before.road >= 0) to_s = leaving_s(before, node, visit);
      node = before;
    }
    std::reverse(legs.begin(), legs.end());
    return legs;
  }

  // Where `before` was left for `node`: beside it after a change of lane, at its end otherwise.
  double leaving_s(const SearchNode& before, const SearchNode& node, const Visit& visit) const {
    if (before.road == node.road && before.section == node.section && before.is_along_s == node.is_along_s) {
      return visit.entry_s_m;
    }
    const LaneSection& section = section_of(before);
    return before.is_along_s ? section.end_s_m : section.s_m;
  }

  const Map& map_;
  bool is_by_lane_;
  std::map<SearchNode, Visit> visits_;
  std::priority_queue<Queued, std::vector<Queued>, std::greater<>> queue_;
};

}  // namespace

std::optional<std::vector<RouteLeg>> search_route(const Map& map, const LanePlace& from, const LanePlace& to,
                                                  std::optional<bool> direction) {
  const bool first = direction.value_or(runs_along_s(map.road(from.road), from.lane_id));
  for (const bool is_by_lane : {true, false}) {
    if (auto legs = Search(map, is_by_lane).run(from, to, first)) return legs;
    if (direction) continue;
    if (auto legs = Search(map, is_by_lane).run(from, to, !first)) return legs;
  }
  return std::nullopt;
}

}  // namespace hangil::map
