// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "map/lane_map.hpp"
#include "math/reference_path.hpp"

namespace hangil::planning {

// A stretch of a path within one lane.
struct RouteLane {
  int lane = -1;
  double from_s_m = 0, to_s_m = 0;  // along the path
  double lane_s_m = 0;              // on the lane's middle, at from_s_m
};

// The lanes a path runs in, in its order: of all sequences of lanes the one that lies nearest to the path and connects
// best (Viterbi over places every 3 m). Stretches outside of every lane are left out.
std::vector<RouteLane> match_lanes(const map::LaneMap& map, const math::ReferencePath& path);

}  // namespace hangil::planning
