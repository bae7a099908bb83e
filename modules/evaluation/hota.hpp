// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

// Higher order tracking accuracy (Luiten et al., "HOTA: A Higher Order Metric for Evaluating Multi-Object Tracking",
// IJCV 2021): how well objects are found (DetA) and kept apart (AssA), balanced, over 19 thresholds of likeness.
namespace hangil::evaluation {

inline constexpr int kHotaThresholdCount = 19;  // 0.05, 0.1, ..., 0.95

// One frame: who is there, whom the tracker says to be there, and how alike they are (0 to 1, an IoU, say), row by row.
// An id occurs once at most in each list.
struct HotaFrame {
  std::vector<std::uint32_t> truth_ids, track_ids;
  std::vector<double> likeness;
};
using HotaSequence = std::vector<HotaFrame>;

struct HotaScore {
  // Means over the thresholds, each as DetA, AssA, their geometric mean; how alike the matched ones are.
  double hota = 0, detection = 0, association = 0, localization = 0;
  std::array<double, kHotaThresholdCount> hota_by_threshold{};
};

// Counts of all sequences together; ids of different sequences have nothing to do with each other.
HotaScore score_hota(std::span<const HotaSequence> sequences);

}  // namespace hangil::evaluation
