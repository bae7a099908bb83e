// SPDX-License-Identifier: Apache-2.0
#include "evaluation/planning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace hangil::evaluation {

namespace {

using messages::Trajectory;
using messages::TrajectoryPoint;

constexpr std::array<double, 3> kDeviationTimes_s = {1, 2, 3};

std::uint32_t count_valid_frames(const PlanningInput& input, const std::vector<PlanFacts>& plans) {
  std::set<base::Time> sound;
  for (const PlanFacts& plan : plans) {
    if (plan.is_sound) sound.insert(plan.stamp);
  }
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < input.frame_stamps.size(); ++i) {
    const auto plan = sound.lower_bound(input.frame_stamps[i]);
    const bool is_last = i + 1 == input.frame_stamps.size();
    count += plan != sound.end() && (is_last || *plan < input.frame_stamps[i + 1]) ? 1 : 0;
  }
  return count;
}

// Where the plan wants to be at that time; nothing when it ends before.
std::optional<math::Point2> planned_place(const Trajectory& plan, double time_s) {
  for (std::size_t i = 1; i < plan.points.size(); ++i) {
    const TrajectoryPoint &a = plan.points[i - 1], &b = plan.points[i];
    if (time_s < a.time_s || time_s > b.time_s + 1e-6) continue;
    const double t = (time_s - a.time_s) / (b.time_s - a.time_s);
    return math::Point2{a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
  }
  return std::nullopt;
}

PathDeviation deviation(const PlanningInput& input, double horizon_s) {
  std::vector<double> distances_m, laterals_m;
  for (const auto& message : input.trajectories) {
    if (message.value.header.frame_id != "map" || !is_well_formed(message.value)) continue;
    const auto planned = planned_place(message.value, horizon_s);
    const auto driven = input.poses->at(message.value.header.stamp + base::Duration::seconds(horizon_s));
    if (!planned || !driven) continue;
    const math::Point2 error = math::inverse(math::planar(*driven)) * *planned;
    distances_m.push_back(std::hypot(error.x_m, error.y_m));
    laterals_m.push_back(std::abs(error.y_m));
  }
  return {horizon_s, quantiles(std::move(distances_m)), quantiles(std::move(laterals_m))};
}

std::vector<NamedCount> as_list(const std::map<std::string, std::uint64_t>& counts) {
  std::vector<NamedCount> list;
  for (const auto& [name, count] : counts) list.push_back({name, count});
  return list;
}

struct Verdicts {
  std::uint32_t judged = 0, rejected = 0;
  std::vector<NamedCount> findings;
};

Verdicts count_verdicts(std::span<const recording::Stamped<messages::SafetyReport>> reports) {
  Verdicts verdicts;
  std::map<std::string, std::uint64_t> findings;
  for (const auto& message : reports) {
    ++verdicts.judged;
    verdicts.rejected += message.value.is_accepted ? 0 : 1;
    for (const auto& finding : message.value.findings) ++findings[finding.check];
  }
  verdicts.findings = as_list(findings);
  return verdicts;
}

// "follow: no free stop, contact at ..." without its details.
std::string kind_of(const std::string& behaviour) { return behaviour.substr(0, behaviour.find(',')); }

void count_names(const PlanningInput& input, PlanningResult& result) {
  std::map<std::string, std::uint64_t> behaviours;
  for (const auto& message : input.trajectories) ++behaviours[kind_of(message.value.behaviour)];
  result.behaviours = as_list(behaviours);
  const Verdicts plans = count_verdicts(input.reports), commands = count_verdicts(input.command_reports);
  result.judged_count = plans.judged, result.rejected_count = plans.rejected, result.findings = plans.findings;
  result.judged_command_count = commands.judged, result.rejected_command_count = commands.rejected;
  result.command_findings = commands.findings;
  for (const auto& message : input.commands) {
    ++result.command_count;
    result.stopping_command_count += message.value.is_stopping ? 1 : 0;
  }
}

void summarise(const std::vector<PlanFacts>& plans, PlanningResult& result) {
  const auto spread = [&](double PlanFacts::*member) {
    std::vector<double> values;
    for (const PlanFacts& plan : plans) {
      if (plan.is_sound) values.push_back(plan.*member);
    }
    return quantiles(std::move(values));
  };
  result.acceleration_mps2 = spread(&PlanFacts::acceleration_mps2);
  result.jerk_mps3 = spread(&PlanFacts::jerk_mps3);
  result.lateral_acceleration_mps2 = spread(&PlanFacts::lateral_acceleration_mps2);
  result.least_distance_m = spread(&PlanFacts::least_distance_m);
  double distance_m = HUGE_VAL, ttc_s = HUGE_VAL, contact_s = HUGE_VAL;
  for (const PlanFacts& plan : plans) {
    distance_m = std::min(distance_m, plan.least_distance_m), ttc_s = std::min(ttc_s, plan.time_to_collision_s);
    contact_s = std::min(contact_s, plan.contact_s);
    result.colliding_plan_count += plan.least_distance_m <= 0 ? 1 : 0;
    result.malformed_count += plan.is_sound ? 0 : 1;
  }
  if (std::isfinite(contact_s)) result.earliest_contact_s = contact_s;
  if (std::isfinite(distance_m)) result.min_distance_m = distance_m;
  if (std::isfinite(ttc_s)) result.min_time_to_collision_s = ttc_s;
}

}  // namespace

PlanningResult evaluate_planning(const PlanningInput& input) {
  const auto plans = plan_facts(input);
  PlanningResult result;
  result.frame_count = static_cast<std::uint32_t>(input.frame_stamps.size());
  result.trajectory_count = static_cast<std::uint32_t>(plans.size());
  result.valid_frame_count = count_valid_frames(input, plans);
  result.valid_ratio = ratio(result.valid_frame_count, result.frame_count);
  count_names(input, result);
  summarise(plans, result);
  for (const double horizon_s : kDeviationTimes_s) {
    if (input.poses != nullptr) result.deviations.push_back(deviation(input, horizon_s));
  }
  return result;
}

}  // namespace hangil::evaluation
