// SPDX-License-Identifier: Apache-2.0
#include "verdict/nuplan.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::verdict {

namespace {

constexpr const char* kNuPlanCitation = "nuPlan closed-loop score";

double progress_ratio(const Observed& observed) {
  const double duration_s = observed.trace.times_s.back() - observed.trace.times_s.front();
  const double expected_m = ego_of(observed.trace).steps.front().speed_mps * duration_s;
  constexpr double kLeast_m = 0.1;
  return expected_m < kLeast_m ? 1 : std::clamp(observed.kpis.progress_m / expected_m, 0.0, 1.0);
}

// Within the lane's width of its outer marking counts as drivable.
bool is_on_road(const Kpis& kpis) { return std::isnan(kpis.min_tyre_to_marking_m) || kpis.min_tyre_to_marking_m >= 0; }

// Exceeding by 2.23 m/s or more scores nothing, as in nuPlan.
double speed_limit_score(const Kpis& kpis) {
  constexpr double kMostOver_mps = 2.23;
  return std::clamp(1 - kpis.max_over_limit_mps / kMostOver_mps, 0.0, 1.0);
}

double mean_score(const Observed& observed, double progress) {
  constexpr double kProgress = 5, kTtc = 5, kLimit = 4, kComfort = 2, kLeastTtc_s = 0.95;
  const Kpis& kpis = observed.kpis;
  const bool has_time = std::isnan(kpis.min_ttc_s) || kpis.min_ttc_s >= kLeastTtc_s;
  double sum = kProgress * progress + kTtc * has_time + kComfort * is_comfortable(kpis);
  double weight = kProgress + kTtc + kComfort;
  if (!std::isnan(kpis.max_over_limit_mps)) sum += kLimit * speed_limit_score(kpis), weight += kLimit;
  return sum / weight;
}

}  // namespace

bool is_comfortable(const Kpis& kpis) {
  return kpis.max_deceleration_mps2 <= 4.05 && kpis.max_acceleration_mps2 <= 2.40 && kpis.max_lateral_mps2 <= 4.89 &&
         kpis.max_yaw_rate_radps <= 0.95 && kpis.max_yaw_acceleration_radps2 <= 1.93 &&
         kpis.max_longitudinal_jerk_mps3 <= 4.13 && kpis.max_jerk_mps3 <= 8.37;
}

RuleResult check_nuplan(const Observed& observed) {
  constexpr double kLeastProgress = 0.2;
  const double progress = progress_ratio(observed);
  const bool is_free = observed.kpis.collision_count == 0;
  const bool holds = is_free && is_on_road(observed.kpis) && progress > kLeastProgress;
  RuleResult result;
  result.checks = {at_most("no_collision", kNuPlanCitation, observed.kpis.collision_count, 0, "collisions"),
                   at_least("making_progress", kNuPlanCitation, progress, kLeastProgress, "of the way")};
  result.checks.push_back({"drivable_area", kNuPlanCitation, is_on_road(observed.kpis),
                           is_on_road(observed.kpis) ? "within its lane" : "across the outer marking"});
  result.scores.push_back({"nuplan", kNuPlanCitation, holds ? mean_score(observed, progress) : 0, 1});
  return result;
}

}  // namespace hangil::verdict
