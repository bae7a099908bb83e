// SPDX-License-Identifier: Apache-2.0
#include "verdict/trace.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::verdict {

namespace {

bool is_finite(const EntityStep& step) {
  return std::isfinite(step.pose.x_m) && std::isfinite(step.pose.y_m) && std::isfinite(step.pose.yaw_rad) &&
         std::isfinite(step.speed_mps) && std::isfinite(step.acceleration_mps2);
}

base::Status check_times(const ScenarioTrace& trace) {
  if (trace.times_s.empty()) return base::Error{"the trace has no steps"};
  for (std::size_t i = 0; i < trace.times_s.size(); ++i) {
    const bool is_later = i == 0 || trace.times_s[i] > trace.times_s[i - 1];
    if (!std::isfinite(trace.times_s[i]) || !is_later) {
      return base::Error{"time " + std::to_string(i) + " of the trace is not later than the one before"};
    }
  }
  return {};
}

base::Status check_entity(const TracedEntity& entity, std::size_t step_count) {
  const std::string name = "entity '" + entity.id + "'";
  if (entity.steps.size() != step_count) {
    return base::Error{name + " has " + std::to_string(entity.steps.size()) + " steps of " +
                       std::to_string(step_count)};
  }
  if (!entity.lanes.empty() && entity.lanes.size() != step_count)
    return base::Error{name + " has lanes of some steps only"};
  if (!(entity.length_m > 0 && entity.width_m > 0)) return base::Error{name + " has no size"};
  const auto bad = std::find_if_not(entity.steps.begin(), entity.steps.end(), is_finite);
  if (bad == entity.steps.end()) return {};
  return base::Error{name + ", step " + std::to_string(bad - entity.steps.begin()) + ": a number is not finite"};
}

}  // namespace

base::Status check(const ScenarioTrace& trace) {
  if (auto times = check_times(trace); !times) return times;
  const auto ego_count =
      std::count_if(trace.entities.begin(), trace.entities.end(), [](const TracedEntity& one) { return one.is_ego; });
  if (ego_count != 1) return base::Error{"the trace has " + std::to_string(ego_count) + " egos; one is needed"};
  for (const TracedEntity& entity : trace.entities) {
    if (auto status = check_entity(entity, trace.times_s.size()); !status) return status;
  }
  return {};
}

const TracedEntity& ego_of(const ScenarioTrace& trace) {
  return *std::find_if(trace.entities.begin(), trace.entities.end(),
                       [](const TracedEntity& one) { return one.is_ego; });
}

math::MovingBox moving_box(const TracedEntity& entity, std::size_t step) {
  const EntityStep& at = entity.steps[step];
  return {{at.pose, entity.length_m, entity.width_m},
          at.speed_mps * std::cos(at.pose.yaw_rad),
          at.speed_mps * std::sin(at.pose.yaw_rad)};
}

}  // namespace hangil::verdict
