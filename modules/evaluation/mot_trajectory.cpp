// SPDX-License-Identifier: Apache-2.0
#include "evaluation/mot_trajectory.hpp"

#include <algorithm>

#include "evaluation/mot.hpp"

namespace hangil::evaluation {

namespace {

constexpr double kMostlyTracked_ratio = 0.8, kMostlyLost_ratio = 0.2;
constexpr std::int64_t kNoTrack = MotTrajectory::kNoTrack;

using Steps = std::vector<MotTrajectory::Step>;

void count_changes(const Steps& steps, MotScore& score) {
  std::int64_t last_id = steps[0].track_id;  // the track that followed the object last; none after an ignored frame
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const std::int64_t before = steps[i - 1].track_id, here = steps[i].track_id;
    if (steps[i].is_ignored) {
      last_id = kNoTrack;
      continue;
    }
    if (here == kNoTrack) continue;
    if (last_id != kNoTrack && before != kNoTrack && here != last_id) ++score.id_switch_count;
    const bool is_last = i + 1 == steps.size();  // where the benchmark asks for neither an earlier nor a later track
    const bool is_between = !is_last && last_id != kNoTrack && steps[i + 1].track_id != kNoTrack;
    if (before != here && (is_last || is_between)) ++score.fragmentation_count;
    last_id = here;
  }
}

}  // namespace

void add_trajectory(const MotTrajectory& trajectory, MotScore& score) {
  const Steps& steps = trajectory.steps;
  const auto counted = std::count_if(steps.begin(), steps.end(), [](const auto& step) { return !step.is_ignored; });
  if (counted == 0) return;
  count_changes(steps, score);
  const auto tracked = std::count_if(steps.begin(), steps.end(),
                                     [](const auto& step) { return !step.is_ignored && step.track_id != kNoTrack; });
  const double tracked_ratio = static_cast<double>(tracked) / static_cast<double>(counted);
  ++score.trajectory_count;
  score.mostly_tracked_count += tracked_ratio > kMostlyTracked_ratio;
  score.mostly_lost_count += tracked_ratio < kMostlyLost_ratio;
}

}  // namespace hangil::evaluation
