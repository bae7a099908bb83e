// SPDX-License-Identifier: Apache-2.0
#include "map/lane_graph.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::map {

namespace {

void make_unique(std::vector<int>& indices) {
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
}

}  // namespace

int LaneGraph::find(const std::string& lane_id) const {
  const auto at = std::find_if(lanes.begin(), lanes.end(), [&](const GraphLane& lane) { return lane.id == lane_id; });
  return at == lanes.end() ? -1 : static_cast<int>(at - lanes.begin());
}

double length_m(const std::vector<Point3>& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    length += std::hypot(line[i].x_m - line[i - 1].x_m, line[i].y_m - line[i - 1].y_m);
  }
  return length;
}

void link_predecessors(LaneGraph& graph) {
  for (GraphLane& lane : graph.lanes) {
    lane.predecessors.clear();
    make_unique(lane.successors);
  }
  for (std::size_t i = 0; i < graph.lanes.size(); ++i) {
    for (const int next : graph.lanes[i].successors) {
      graph.lanes[static_cast<std::size_t>(next)].predecessors.push_back(static_cast<int>(i));
    }
  }
}

}  // namespace hangil::map
