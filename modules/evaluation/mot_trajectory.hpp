// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace hangil::evaluation {

struct MotScore;

// What became of one labelled object in the frames in which it is labelled (gaps in the labels are skipped).
struct MotTrajectory {
  static constexpr std::int64_t kNoTrack = -1;
  struct Step {
    std::int64_t track_id = kNoTrack;
    bool is_ignored = false;
  };
  std::vector<Step> steps;
};

// Adds the trajectory's id switches, fragmentations and mostly-tracked / mostly-lost verdict (Li, Huang and Nevatia,
// "Learning to associate", CVPR 2009) to `score`, in the KITTI tracking benchmark's way: an id switch needs a track in
// the frame before, a fragmentation an earlier track and one in the frame after (neither where the labels end); wholly
// ignored trajectories do not count.
void add_trajectory(const MotTrajectory& trajectory, MotScore& score);

}  // namespace hangil::evaluation
