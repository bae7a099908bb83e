// SPDX-License-Identifier: Apache-2.0
#include "drivers/scene.hpp"

#include <algorithm>
#include <limits>

namespace hangil::drivers {

double time_to_contact_s(const Scene& scene, const Neighbour& other) {
  const double closing_mps = scene.speed_mps - other.speed_mps;
  if (other.gap_m <= 0) return 0;
  return closing_mps > 0 ? other.gap_m / closing_mps : std::numeric_limits<double>::infinity();
}

bool is_still_ahead(const Neighbour& other) { return other.gap_m + other.length_m > 0; }

bool is_in_path(const Neighbour& other) { return other.lateral_gap_m <= 0; }

bool is_seen(const Scene& scene, const Neighbour& other) {
  return std::none_of(scene.neighbours.begin(), scene.neighbours.end(), [&](const Neighbour& nearer) {
    return is_in_path(nearer) && is_in_path(other) && nearer.gap_m > 0 && nearer.gap_m < other.gap_m &&
           nearer.lane_deviation_m <= kVisibleDeviation_m;
  });
}

}  // namespace hangil::drivers
