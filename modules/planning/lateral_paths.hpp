// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "math/frenet.hpp"
#include "math/polynomial.hpp"

namespace hangil::planning {

inline constexpr int kLaneBlock = 16;  // lanes that go through a kernel together

// One way across: from the start's offset to `end_m` within `length_m` of the reference, then parallel to it
// (Werling et al. 2010, "Low speed trajectories": the offset as a quintic over arc length).
struct LateralPath {
  math::Polynomial5 offset;  // in metres over u = distance / length_m, 0 to 1
  double length_m = 1, end_m = 0;

  // d, dd/ds and d2d/ds2 after `distance_m` of the reference.
  math::Jet at(double distance_m) const;
};
LateralPath lateral_path(const math::FrenetState& start, double end_m, double length_m);

// The same as structure of arrays, one lane a path, the last lanes repeating lane 0 to fill a block.
struct LateralLanes {
  int count = 0, lane_count = 0;
  double widest_m = 0;  // no path is farther off the reference
  std::vector<LateralPath> paths;
  std::array<std::vector<float>, 6> coefficients;
  std::vector<float> per_length_pm;
};
// Fills the lanes of `lanes.paths`. Memory is reused.
void fill_lanes(LateralLanes& lanes);

}  // namespace hangil::planning
