// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hangil::planning {

// A place ahead of which the rear axle stays; it may move on steadily.
struct PlaceAhead {
  double s_m = 0, s_mps = 0;
};

// A place to stay behind, and why.
struct Constraint {
  std::string reason;
  PlaceAhead place;
  bool is_behind_object = false;  // a road user ahead, not a rule of the road
};

}  // namespace hangil::planning
