// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace hangil::viewer {

// What makes one frame worth a look.
struct FrameFacts {
  base::Time stamp;
  int object_count = 0;
  double closest_m = HUGE_VAL;        // from ego's outline to the nearest object; infinite: none
  double acceleration_mps2 = 0;       // of the driven vehicle, along its heading
  double plan_distance_m = HUGE_VAL;  // least along what was planned
  bool is_rejected = false;
};

struct KeyFrame {
  std::size_t frame = 0;             // index into the facts
  std::vector<std::string> reasons;  // "start", "closest approach: 2.1 m", ...
};

// Start, middle, end, most objects, closest approach, tightest plan, hardest braking (below -1 m/s2), first rejected
// plan; frames within 0.3 s of one picked before share its picture. In order of time. Ties go to the earlier frame.
std::vector<KeyFrame> pick_key_frames(const std::vector<FrameFacts>& frames);

}  // namespace hangil::viewer
