// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "map/lane_map.hpp"
#include "prediction/motion_models.hpp"

namespace hangil::prediction {

// One way to drive on in lanes: beside their middle by as much as now.
struct LaneBranch {
  std::vector<int> lanes;  // one follows another
  double start_s_m = 0;    // on the first
  double offset_m = 0;     // kept, left positive
  double probability = 1;  // among the branches of one object
};

// What the map says of a moving road user.
struct LaneUse {
  std::vector<LaneBranch> branches;  // at most three, most probable first; never empty
  double leaving_ratio = 0;          // how much its motion speaks against keeping to the lane: 0 not at all, 1 wholly
};

// Nothing where the object is in no lane that leads its way, stands, or goes on foot. `reach_m` is how far branches are
// followed.
std::optional<LaneUse> lane_use(const map::LaneMap& map, const ObjectMotion& motion, double reach_m);

// The state after `way_m` along a branch; the box keeps its yaw relative to the lane. Beyond the last lane it goes on
// straight.
messages::FutureState along_branch(const map::LaneMap& map, const LaneBranch& branch, const ObjectMotion& motion,
                                   double way_m, double speed_mps);

}  // namespace hangil::prediction
