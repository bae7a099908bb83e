// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "map/road.hpp"

namespace hangil::map {

struct RoadNetwork;

// A way on from one end of a road: onto which road, where, and whether s then rises.
struct RoadStep {
  int road = -1;
  double s_m = 0;
  bool is_along_s = true;
  std::vector<LaneLink> lane_links;  // from the lanes at the end that is left to those that are entered
};

// What each end of each road leads to, by links and through junctions, in both directions of travel alike: what can be
// driven into can be backed out of.
class RoadGraph {
 public:
  RoadGraph() = default;
  explicit RoadGraph(const RoadNetwork& network);

  const std::vector<RoadStep>& steps(int road, RoadEnd end) const {
    return steps_[static_cast<std::size_t>(road)][end == RoadEnd::kEnd ? 1 : 0];
  }

 private:
  std::vector<std::array<std::vector<RoadStep>, 2>> steps_;
};

// The end of a road that travel leaves by.
inline RoadEnd end_ahead(bool is_along_s) { return is_along_s ? RoadEnd::kEnd : RoadEnd::kStart; }

}  // namespace hangil::map
