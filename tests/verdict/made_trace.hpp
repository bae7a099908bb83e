// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "verdict/trace.hpp"

namespace hangil::tests {

// 10 Hz, ego first, everybody on a straight road along x.
struct MadeTrace {
  explicit MadeTrace(double duration_s, double ego_mps) {
    trace.entities.reserve(16);  // what add() returns stays where it is
    const int count = static_cast<int>(std::lround(duration_s * 10)) + 1;
    for (int i = 0; i < count; ++i) trace.times_s.push_back(0.1 * i);
    add("ego", 0, 0, ego_mps);
    trace.entities.back().is_ego = true;
  }

  // A car of 4 x 2 m that keeps its speed.
  verdict::TracedEntity& add(const std::string& id, double x_m, double y_m, double speed_mps) {
    verdict::TracedEntity entity{.id = id, .entity_class = "car", .length_m = 4, .width_m = 2};
    for (const double time_s : trace.times_s) {
      entity.steps.push_back({{x_m + speed_mps * time_s, y_m, 0}, speed_mps, 0});
    }
    trace.entities.push_back(entity);
    return trace.entities.back();
  }

  // Moves over to y = 0 from `start_s` on.
  void cut_in(verdict::TracedEntity& entity, double start_s, double lateral_mps) {
    for (std::size_t i = 0; i < trace.times_s.size(); ++i) {
      verdict::EntityStep& step = entity.steps[i];
      const double since_s = trace.times_s[i] - start_s;
      const double full_m = std::abs(step.pose.y_m), moved_m = std::max(0.0, since_s) * lateral_mps;
      const bool is_moving = since_s >= 0 && moved_m < full_m;
      step.pose.y_m *= std::max(0.0, 1 - moved_m / full_m);
      if (is_moving) step.pose.yaw_rad = -std::atan2(lateral_mps, step.speed_mps);
      if (is_moving) step.speed_mps = std::hypot(step.speed_mps, lateral_mps);
    }
  }

  verdict::ScenarioTrace trace;
};

}  // namespace hangil::tests
