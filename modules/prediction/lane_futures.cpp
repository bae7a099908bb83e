// SPDX-License-Identifier: Apache-2.0
#include "prediction/lane_futures.hpp"

#include <algorithm>
#include <cmath>

#include "math/angles.hpp"

namespace hangil::prediction {

namespace {

constexpr double kLeastSpeedMps = 1.0;  // slower ones show no direction to drive in
constexpr double kMostOffM = 2.2;       // from the middle of its lane
constexpr double kMostTurnedRad = 0.6;  // from the lane's heading
constexpr double kDriftMps = 0.4;       // across the lane: less is wandering
constexpr double kOffCentreM =
    0.375;                            // farther off the middle, drift outwards is no wandering (UN R157 Annex 4 App. 3)
constexpr double kOutwardMps = 0.15;  // across, then
constexpr double kTurnRadps = 0.12;   // beyond the lane's own: less is noise
constexpr double kComfortMps2 = 2.5;  // across, in a bend that is taken at this speed
constexpr std::size_t kMostBranches = 3, kMostLanes = 12, kMostFound = 16;

void follow_lanes(const map::LaneMap& map, LaneBranch branch, double left_m, std::vector<LaneBranch>& found) {
  const map::GraphLane& last = map.lane(branch.lanes.back());
  if (found.size() >= kMostFound) return;
  if (left_m <= 0 || last.successors.empty() || branch.lanes.size() == kMostLanes) {
    found.push_back(std::move(branch));
    return;
  }
  for (const int next : last.successors) {
    LaneBranch longer = branch;
    longer.lanes.push_back(next);
    follow_lanes(map, std::move(longer), left_m - map.finder.length_m(next), found);
  }
}

double heading_at_end(const map::LaneMap& map, int lane) {
  return map.finder.pose(lane, map.finder.length_m(lane), 0).heading_rad;
}

// Bends that are too sharp for its speed are hardly meant.
double plausibility(const map::LaneMap& map, const LaneBranch& branch, double speed_mps) {
  double sharpest_mps2 = 0;
  for (std::size_t i = 1; i < branch.lanes.size(); ++i) {
    const int lane = branch.lanes[i];
    const double turn = math::angle_difference_rad(heading_at_end(map, lane), map.finder.pose(lane, 0, 0).heading_rad);
    const double length_m = std::max(1.0, map.finder.length_m(lane));
    sharpest_mps2 = std::max(sharpest_mps2, speed_mps * speed_mps * std::abs(turn) / length_m);
  }
  return std::exp(-std::max(0.0, sharpest_mps2 - kComfortMps2));
}

void weigh_branches(const map::LaneMap& map, double speed_mps, std::vector<LaneBranch>& branches) {
  for (LaneBranch& branch : branches) branch.probability = plausibility(map, branch, speed_mps);
  std::stable_sort(branches.begin(), branches.end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  if (branches.size() > kMostBranches) branches.resize(kMostBranches);
  double sum = 0;
  for (const LaneBranch& branch : branches) sum += branch.probability;
  for (LaneBranch& branch : branches) branch.probability /= sum;
}

double noise_share(double value, double noise) { return value * value / (value * value + noise * noise); }

// How far drift across the lane and turning unlike the lane are from noise.
double leaving_ratio(const map::LaneMap& map, const map::OnLane& on, const ObjectMotion& motion) {
  const double off_rad = math::angle_difference_rad(motion.heading_rad, on.heading_rad);
  const double ahead_m = std::max(5.0, motion.speed_mps);
  const double lane_turn = math::angle_difference_rad(
      map.finder.pose(on.lane, std::min(on.s_m + ahead_m, map.finder.length_m(on.lane)), 0).heading_rad,
      on.heading_rad);
  const double turning = motion.yaw_rate_radps - lane_turn * motion.speed_mps / ahead_m;
  const double drift_mps = motion.speed_mps * std::sin(off_rad);
  const bool is_leaving = std::abs(on.offset_m) > kOffCentreM && on.offset_m * drift_mps > 0;
  return std::max(noise_share(drift_mps, is_leaving ? kOutwardMps : kDriftMps), noise_share(turning, kTurnRadps) / 2);
}

}  // namespace

std::optional<LaneUse> lane_use(const map::LaneMap& map, const ObjectMotion& motion, double reach_m) {
  if (motion.speed_mps < kLeastSpeedMps) return std::nullopt;
  const auto on = map.finder.nearest({motion.x_m, motion.y_m}, motion.heading_rad, 1.0);
  if (!on || std::abs(on->offset_m) > kMostOffM) return std::nullopt;
  const map::LaneType type = map.lane(on->lane).type;
  if (!map::is_drivable(type) && type != map::LaneType::kBiking) return std::nullopt;
  if (std::abs(math::angle_difference_rad(motion.heading_rad, on->heading_rad)) > kMostTurnedRad) return std::nullopt;
  LaneUse use;
  follow_lanes(map, {{on->lane}, on->s_m, on->offset_m, 1}, reach_m - (map.finder.length_m(on->lane) - on->s_m),
               use.branches);
  weigh_branches(map, motion.speed_mps, use.branches);
  use.leaving_ratio = leaving_ratio(map, *on, motion);
  return use;
}

messages::FutureState along_branch(const map::LaneMap& map, const LaneBranch& branch, const ObjectMotion& motion,
                                   double way_m, double speed_mps) {
  double s_m = branch.start_s_m + way_m;
  std::size_t i = 0;
  while (i + 1 < branch.lanes.size() && s_m > map.finder.length_m(branch.lanes[i])) {
    s_m -= map.finder.length_m(branch.lanes[i++]);
  }
  const int lane = branch.lanes[i];
  const map::LaneFinder::Pose at = map.finder.pose(lane, s_m, branch.offset_m);
  const double beyond_m = std::max(0.0, s_m - map.finder.length_m(lane));
  const double first_rad = map.finder.pose(branch.lanes.front(), branch.start_s_m, 0).heading_rad;
  const double turned_rad = math::angle_difference_rad(at.heading_rad, first_rad);
  const bool is_backwards = std::abs(math::angle_difference_rad(motion.box_yaw_rad, motion.heading_rad)) > 1.5;
  const double yaw_rad = is_backwards ? motion.box_yaw_rad + turned_rad : at.heading_rad;
  return {at.x_m + beyond_m * std::cos(at.heading_rad), at.y_m + beyond_m * std::sin(at.heading_rad),
          math::wrap_angle_rad(yaw_rad), speed_mps, 0};
}

}  // namespace hangil::prediction
