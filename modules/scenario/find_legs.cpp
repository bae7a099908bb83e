// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "scenario/road_travel.hpp"

namespace hangil::scenario {

namespace {

// A road driven in one direction, as a node of the search.
struct DirectedRoad {
  double cost_m = std::numeric_limits<double>::infinity();
  int before = -1;
  bool is_settled = false;
};

int node_of(int road, int direction) { return 2 * road + (direction > 0 ? 0 : 1); }
int road_of(int node) { return node / 2; }
int direction_of(int node) { return node % 2 == 0 ? 1 : -1; }

// Every road that this one runs into, whatever the lane.
template <class Function>
void for_each_next(const map::Map& map, int road_index, int direction, const Function& function) {
  const map::Road& road = map.road(road_index);
  const map::RoadLink& link = direction > 0 ? road.successor : road.predecessor;
  if (link.kind == map::RoadLink::Kind::kRoad && link.index >= 0) {
    function(node_of(link.index, link.contact == map::RoadEnd::kStart ? 1 : -1));
  }
  if (link.kind != map::RoadLink::Kind::kJunction || link.index < 0) return;
  for (const auto& connection : map.junctions()[static_cast<std::size_t>(link.index)].connections) {
    if (connection.incoming_road != road_index || connection.connecting_road < 0) continue;
    function(node_of(connection.connecting_road, connection.contact == map::RoadEnd::kStart ? 1 : -1));
  }
}

int nearest_open(const std::vector<DirectedRoad>& nodes) {
  int best = -1;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].is_settled || !(nodes[i].cost_m < std::numeric_limits<double>::infinity())) continue;
    if (best < 0 || nodes[i].cost_m < nodes[static_cast<std::size_t>(best)].cost_m) best = static_cast<int>(i);
  }
  return best;
}

// Dijkstra from the ends of the first road.
std::vector<DirectedRoad> search(const map::Map& map, const LaneSpot& from) {
  std::vector<DirectedRoad> nodes(2 * map.roads().size());
  for (const int direction : {1, -1}) {
    DirectedRoad& start = nodes[static_cast<std::size_t>(node_of(from.place.road, direction))];
    const double length_m = map.road(from.place.road).length_m;
    start.cost_m = direction > 0 ? length_m - from.place.s_m : from.place.s_m;
    // Against the way it looks only where there is no other way.
    if (direction != from.direction) start.cost_m += 1e6;
  }
  for (int at = nearest_open(nodes); at >= 0; at = nearest_open(nodes)) {
    nodes[static_cast<std::size_t>(at)].is_settled = true;
    for_each_next(map, road_of(at), direction_of(at), [&](int next) {
      DirectedRoad& node = nodes[static_cast<std::size_t>(next)];
      const double cost_m = nodes[static_cast<std::size_t>(at)].cost_m + map.road(road_of(next)).length_m;
      if (node.is_settled || cost_m >= node.cost_m) return;
      node.cost_m = cost_m;
      node.before = at;
    });
  }
  return nodes;
}

}  // namespace

std::vector<RouteLeg> find_legs(const map::Map& map, const LaneSpot& from, const LaneSpot& to) {
  if (from.place.road == to.place.road) {
    return {{from.place.road, to.place.s_m >= from.place.s_m ? 1 : -1, from.place.s_m, to.place.s_m}};
  }
  const std::vector<DirectedRoad> nodes = search(map, from);
  const auto cost_m = [&](int direction) {
    return nodes[static_cast<std::size_t>(node_of(to.place.road, direction))].cost_m -
           (direction > 0 ? map.road(to.place.road).length_m - to.place.s_m : to.place.s_m);
  };
  const int arriving = cost_m(1) <= cost_m(-1) ? 1 : -1;
  if (!(cost_m(arriving) < std::numeric_limits<double>::infinity())) return {};
  std::vector<RouteLeg> legs;
  for (int node = node_of(to.place.road, arriving); node >= 0; node = nodes[static_cast<std::size_t>(node)].before) {
    const double length_m = map.road(road_of(node)).length_m;
    const int direction = direction_of(node);
    legs.push_back({road_of(node), direction, direction > 0 ? 0 : length_m, direction > 0 ? length_m : 0});
  }
  std::reverse(legs.begin(), legs.end());
  legs.front().from_s_m = from.place.s_m;
  legs.back().to_s_m = to.place.s_m;
  return legs;
}

}  // namespace hangil::scenario
