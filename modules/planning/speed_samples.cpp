// SPDX-License-Identifier: Apache-2.0
#include "planning/speed_samples.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

constexpr double kHardBrakingRatio = 1.5;  // of comfortable braking, for driving candidates
constexpr double kPeakOverMean = 1.5;      // of a quartic's acceleration
constexpr int kStopLevelCount = 4;
constexpr double kJerkPerBraking = 4;  // braking builds up within a quarter second

// `index` of `count` values from least to most, the most first: alone it is the wanted one.
double spread(double least, double most, int index, int count) {
  return count == 1 ? most : most - (most - least) * index / (count - 1);
}

SpeedProfile to_speed(const math::Jet& start, double wanted_mps, double duration_s, int index, int count,
                      const PlannerConfig& config) {
  const double least = std::max(0.0, start.first - hard_braking_mps2(config) * duration_s / kPeakOverMean);
  const double most = std::min(wanted_mps, start.first + config.acceleration_mps2 * duration_s / kPeakOverMean);
  return reach_speed(start, spread(least, std::max(least, most), index, count), duration_s);
}

// A steady change of speed meets the place after way / mean closing speed; slower and faster ones around that.
SpeedProfile to_place(const math::Jet& start, const PlaceAhead& place, double ratio) {
  const double way_m = place.s_m - start.value, closing_mps = std::max(0.1, (start.first - place.s_mps) / 2);
  const double duration_s = std::clamp(ratio * std::max(way_m, 0.0) / closing_mps, 1.0, 15.0);
  return reach_place(start, std::max(start.value, place.s_m + place.s_mps * duration_s), place.s_mps, duration_s);
}

SpeedProfile gentle_stop(const math::Jet& start, const PlannerConfig& config) {
  return brake(start, config.comfortable_braking_mps2, kJerkPerBraking * config.comfortable_braking_mps2);
}

}  // namespace

std::vector<SpeedProfile> driving_profiles(const math::Jet& start, const SpeedGoal& goal, const CandidateGrid& grid,
                                           const PlannerConfig& config) {
  std::vector<SpeedProfile> profiles;
  const double wanted_mps = std::max(goal.wanted_mps(start.value), goal.wanted_mps(start.value + 5));
  const int to_target = goal.target ? grid.speed_count / 3 : 0, free = grid.speed_count - to_target;
  for (int duration = 1; duration <= grid.duration_count; ++duration) {
    const double duration_s = config.horizon_s() * duration / grid.duration_count;
    for (int i = 0; i < free; ++i) profiles.push_back(to_speed(start, wanted_mps, duration_s, i, free, config));
    // Beside somebody who comes over, going on may be all that is left; it is taken only where it is free.
    if (goal.is_behind_object && free > 2)
      profiles[profiles.size() - static_cast<std::size_t>(free) + 1] =
          to_speed(start, goal.free_mps, duration_s, 0, 1, config);
  }
  // The slowest of the slow changes gives way to plain braking: near rest a quartic would drive backwards.
  if (free > 1) profiles.back() = gentle_stop(start, config);
  const int target_count = to_target * grid.duration_count;
  for (int i = 0; i < target_count; ++i) {
    profiles.push_back(to_place(start, *goal.target, spread(0.7, 1.6, i, target_count)));
  }
  return profiles;
}

std::vector<SpeedProfile> stopping_profiles(const math::Jet& start, const PlannerConfig& config) {
  std::vector<SpeedProfile> profiles;
  for (int i = 0; i < kStopLevelCount; ++i) {
    const double braking = stop_braking_mps2(i, config);
    profiles.push_back(brake(start, braking, kJerkPerBraking * braking));
  }
  return profiles;
}

double stop_braking_mps2(int profile, const PlannerConfig& config) {
  const double harder = config.emergency_braking_mps2 - config.comfortable_braking_mps2;
  return config.comfortable_braking_mps2 + std::max(0.0, harder) * profile / (kStopLevelCount - 1);
}

double hard_braking_mps2(const PlannerConfig& config) { return kHardBrakingRatio * config.comfortable_braking_mps2; }

}  // namespace hangil::planning
