// SPDX-License-Identifier: Apache-2.0
#include "planning/lateral_paths.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

// The polynomial between samples can exceed them a little.
constexpr double kBetweenSamplesM = 0.1;

double widest(const LateralPath& path) {
  double most = 0;
  for (int i = 0; i <= 16; ++i) most = std::max(most, std::abs(path.offset.value(i / 16.0)));
  return most + kBetweenSamplesM;
}

}  // namespace

math::Jet LateralPath::at(double distance_m) const {
  const math::Jet jet = offset.jet(std::clamp(distance_m / length_m, 0.0, 1.0));
  return {jet.value, jet.first / length_m, jet.second / (length_m * length_m)};
}

LateralPath lateral_path(const math::FrenetState& start, double end_m, double length_m) {
  const math::Jet scaled{start.d_m, start.d_slope * length_m, start.d_bend_pm * length_m * length_m};
  return {math::quintic(scaled, {end_m, 0, 0}, 1), length_m, end_m};
}

void fill_lanes(LateralLanes& lanes) {
  lanes.count = static_cast<int>(lanes.paths.size());
  lanes.lane_count = (lanes.count + kLaneBlock - 1) / kLaneBlock * kLaneBlock;
  lanes.widest_m = 0;
  for (const LateralPath& path : lanes.paths) lanes.widest_m = std::max(lanes.widest_m, widest(path));
  for (std::size_t c = 0; c < 6; ++c) lanes.coefficients[c].resize(static_cast<std::size_t>(lanes.lane_count));
  lanes.per_length_pm.resize(static_cast<std::size_t>(lanes.lane_count));
  for (std::size_t lane = 0; lane < lanes.per_length_pm.size(); ++lane) {
    const LateralPath& path = lanes.paths[lane < lanes.paths.size() ? lane : 0];
    for (std::size_t c = 0; c < 6; ++c) lanes.coefficients[c][lane] = static_cast<float>(path.offset.c[c]);
    lanes.per_length_pm[lane] = static_cast<float>(1 / path.length_m);
  }
}

}  // namespace hangil::planning
