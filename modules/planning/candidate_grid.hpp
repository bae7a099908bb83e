// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace hangil::planning {

// How many candidates of each kind: lateral ends x lateral lengths x speed profiles.
struct CandidateGrid {
  int lateral_count = 1;  // odd, so that the middle is one of them
  int length_count = 1;
  int duration_count = 1;
  int speed_count = 1;

  int path_count() const { return lateral_count * length_count; }
  int profile_count() const { return duration_count * speed_count; }
  int candidate_count() const { return path_count() * profile_count(); }
};

// The grid for an allowance: never more candidates than allowed, nor fewer than 1; 810 gives 9 x 3 x 3 x 10.
inline CandidateGrid grid_for(std::int64_t allowed) {
  const int count = static_cast<int>(std::clamp<std::int64_t>(allowed, 1, 20'000));
  CandidateGrid grid;
  grid.length_count = grid.duration_count = count >= 400 ? 3 : count >= 100 ? 2 : 1;
  const int rest = count / (grid.length_count * grid.duration_count);
  const int root = static_cast<int>(std::sqrt(static_cast<double>(rest)));
  grid.lateral_count = std::min(31, root - 1 + root % 2);
  grid.speed_count = rest / grid.lateral_count;
  return grid;
}

}  // namespace hangil::planning
