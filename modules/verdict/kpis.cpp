// SPDX-License-Identifier: Apache-2.0
#include "verdict/kpis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "verdict/lane_view.hpp"

namespace hangil::verdict {

namespace {

// NaN counts as nothing measured yet.
void keep_least(double& kept, double value) {
  if (std::isnan(kept) || value < kept) kept = value;
}
void keep_most(double& kept, double value) {
  if (std::isnan(kept) || value > kept) kept = value;
}

bool names_ego(const TracedCollision& collision, const std::string& ego) {
  return collision.first_id == ego || collision.second_id == ego;
}

void note_collision(double time_s, const std::string& with, Kpis& kpis) {
  if (kpis.collision_count == 0 || time_s < kpis.collision_s) kpis.collision_s = time_s, kpis.collided_with = with;
  ++kpis.collision_count;
}

// Pairs count once, whether reported, seen as overlapping boxes, or both.
void find_collisions(const ScenarioTrace& trace, Kpis& kpis) {
  const TracedEntity& ego = ego_of(trace);
  for (const TracedEntity& other : trace.entities) {
    if (other.is_ego) continue;
    double first_s = kUnknown;
    for (const TracedCollision& one : trace.collisions) {
      if (names_ego(one, ego.id) && names_ego(one, other.id)) keep_least(first_s, one.time_s);
    }
    for (std::size_t i = 0; i < trace.times_s.size(); ++i) {
      const bool is_here = ego.steps[i].is_present && other.steps[i].is_present;
      if (!is_here || !math::overlaps(moving_box(ego, i).box, moving_box(other, i).box)) continue;
      keep_least(first_s, trace.times_s[i]);
      break;
    }
    if (!std::isnan(first_s)) note_collision(first_s, other.id, kpis);
  }
}

// The first step at or after ego's collision; the number of steps when there is none.
std::size_t end_of_drive(const ScenarioTrace& trace, const Kpis& kpis) {
  if (kpis.collision_count == 0) return trace.times_s.size();
  const auto at = std::lower_bound(trace.times_s.begin(), trace.times_s.end(), kpis.collision_s);
  return static_cast<std::size_t>(at - trace.times_s.begin());
}

void measure_impact(const ScenarioTrace& trace, std::size_t end, Kpis& kpis) {
  if (kpis.collision_count == 0 || trace.times_s.empty()) return;
  const std::size_t before = end > 0 ? end - 1 : 0;
  const math::MovingBox ego = moving_box(ego_of(trace), before);
  for (const TracedEntity& other : trace.entities) {
    if (other.id != kpis.collided_with) continue;
    const math::MovingBox hit = moving_box(other, before);
    kpis.impact_speed_mps = std::hypot(ego.vx_mps - hit.vx_mps, ego.vy_mps - hit.vy_mps);
  }
}

void measure_others(const ScenarioTrace& trace, std::size_t step, Kpis& kpis) {
  const TracedEntity& ego = ego_of(trace);
  const math::MovingBox own = moving_box(ego, step);
  for (const TracedEntity& other : trace.entities) {
    if (other.is_ego || !other.steps[step].is_present) continue;
    const math::MovingBox theirs = moving_box(other, step);
    keep_least(kpis.min_distance_m, math::distance_m(own.box, theirs.box));
    const double ttc_s = math::time_to_collision_s(own, theirs);
    if (std::isfinite(ttc_s)) keep_least(kpis.min_ttc_s, ttc_s);
  }
}

// The nearest ahead in the straight way of ego, bumper to bumper; infinite when there is none.
double gap_ahead_m(const ScenarioTrace& trace, std::size_t step) {
  double gap_m = std::numeric_limits<double>::infinity();
  for (const drivers::Neighbour& other : neighbours_straight_ahead(trace, step)) {
    if (is_in_path(other) && is_still_ahead(other)) gap_m = std::min(gap_m, other.gap_m);
  }
  return gap_m;
}

void measure_headway(const ScenarioTrace& trace, std::size_t end, Kpis& kpis) {
  constexpr double kRolling_mps = 2;
  const TracedEntity& ego = ego_of(trace);
  for (std::size_t i = 0; i < end; ++i) {
    const double gap_m = gap_ahead_m(trace, i), speed_mps = ego.steps[i].speed_mps;
    if (!std::isfinite(gap_m)) continue;
    if (speed_mps > kRolling_mps) keep_least(kpis.min_headway_s, std::max(0.0, gap_m) / speed_mps);
    if (i + 1 == end && kpis.collision_count == 0)
      kpis.final_shortfall_m = std::max(0.0, following_distance_m(speed_mps) - gap_m);
  }
}

struct Turning {
  double yaw_rate_radps = 0, lateral_mps2 = 0, longitudinal_mps2 = 0;
};

// Between two steps.
Turning turning(const ScenarioTrace& trace, std::size_t step) {
  const TracedEntity& ego = ego_of(trace);
  const EntityStep &from = ego.steps[step], &to = ego.steps[step + 1];
  const double dt_s = trace.times_s[step + 1] - trace.times_s[step];
  const double rate = math::angle_difference_rad(to.pose.yaw_rad, from.pose.yaw_rad) / dt_s;
  return {rate, rate * (from.speed_mps + to.speed_mps) / 2, (from.acceleration_mps2 + to.acceleration_mps2) / 2};
}

void measure_comfort(const ScenarioTrace& trace, std::size_t end, Kpis& kpis) {
  const TracedEntity& ego = ego_of(trace);
  for (std::size_t i = 0; i < end; ++i) {
    kpis.max_acceleration_mps2 = std::max(kpis.max_acceleration_mps2, ego.steps[i].acceleration_mps2);
    kpis.max_deceleration_mps2 = std::max(kpis.max_deceleration_mps2, -ego.steps[i].acceleration_mps2);
  }
  for (std::size_t i = 0; i + 1 < end; ++i) {
    const Turning now = turning(trace, i);
    kpis.max_yaw_rate_radps = std::max(kpis.max_yaw_rate_radps, std::abs(now.yaw_rate_radps));
    kpis.max_lateral_mps2 = std::max(kpis.max_lateral_mps2, std::abs(now.lateral_mps2));
    if (i == 0) continue;
    const Turning before = turning(trace, i - 1);
    const double dt_s = (trace.times_s[i + 1] - trace.times_s[i - 1]) / 2;
    const double along = (now.longitudinal_mps2 - before.longitudinal_mps2) / dt_s;
    const double across = (now.lateral_mps2 - before.lateral_mps2) / dt_s;
    kpis.max_longitudinal_jerk_mps3 = std::max(kpis.max_longitudinal_jerk_mps3, std::abs(along));
    kpis.max_jerk_mps3 = std::max(kpis.max_jerk_mps3, std::hypot(along, across));
    const double turning_up = std::abs(now.yaw_rate_radps - before.yaw_rate_radps) / dt_s;
    kpis.max_yaw_acceleration_radps2 = std::max(kpis.max_yaw_acceleration_radps2, turning_up);
  }
}

void measure_way(const ScenarioTrace& trace, std::size_t end, Kpis& kpis) {
  const TracedEntity& ego = ego_of(trace);
  for (std::size_t i = 0; i < end; ++i) {
    if (i > 0) {
      kpis.progress_m += std::hypot(ego.steps[i].pose.x_m - ego.steps[i - 1].pose.x_m,
                                    ego.steps[i].pose.y_m - ego.steps[i - 1].pose.y_m);
    }
    if (ego.lanes.empty()) continue;
    const LaneStep& lane = ego.lanes[i];
    if (!std::isnan(lane.tyre_to_marking_m)) keep_least(kpis.min_tyre_to_marking_m, lane.tyre_to_marking_m);
    if (!std::isnan(lane.speed_limit_mps)) {
      keep_most(kpis.max_over_limit_mps, std::max(0.0, ego.steps[i].speed_mps - lane.speed_limit_mps));
    }
  }
}

}  // namespace

double following_distance_m(double speed_mps) {
  constexpr double kLeast_m = 2;
  constexpr std::array<double, 7> kSpeed_kmh = {7.2, 10, 20, 30, 40, 50, 60};
  constexpr std::array<double, 7> kGap_s = {1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6};
  const double kmh = speed_mps * 3.6;
  double gap_s = kmh <= kSpeed_kmh.front() ? kGap_s.front() : kGap_s.back();
  for (std::size_t i = 0; i + 1 < kSpeed_kmh.size(); ++i) {
    if (kmh < kSpeed_kmh[i] || kmh > kSpeed_kmh[i + 1]) continue;
    gap_s = std::lerp(kGap_s[i], kGap_s[i + 1], (kmh - kSpeed_kmh[i]) / (kSpeed_kmh[i + 1] - kSpeed_kmh[i]));
  }
  return std::max(kLeast_m, gap_s * speed_mps);
}

Kpis measure(const ScenarioTrace& trace) {
  Kpis kpis;
  find_collisions(trace, kpis);
  const std::size_t end = end_of_drive(trace, kpis);
  measure_impact(trace, end, kpis);
  for (std::size_t i = 0; i < end; ++i) measure_others(trace, i, kpis);
  measure_headway(trace, end, kpis);
  measure_comfort(trace, end, kpis);
  measure_way(trace, end, kpis);
  kpis.goal = static_cast<std::int32_t>(trace.goal);
  kpis.deadline_miss_count = trace.deadline_miss_count;
  return kpis;
}

}  // namespace hangil::verdict
