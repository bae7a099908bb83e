// SPDX-License-Identifier: Apache-2.0
#include "verdict/preventability.hpp"

#include <algorithm>
#include <cmath>

#include "drivers/driver.hpp"
#include "verdict/lane_view.hpp"

namespace hangil::verdict {

namespace {

// The line of ego's recorded centres; straight ahead where it hardly moved.
math::ReferencePath recorded_path(const TracedEntity& ego) {
  constexpr double kLeastStep_m = 0.5, kLeastLength_m = 2;
  std::vector<math::Point2> points;
  for (const EntityStep& step : ego.steps) {
    const math::Point2 point{step.pose.x_m, step.pose.y_m};
    if (!points.empty() && std::hypot(point.x_m - points.back().x_m, point.y_m - points.back().y_m) < kLeastStep_m)
      continue;
    points.push_back(point);
  }
  if (points.size() * kLeastStep_m >= kLeastLength_m) {
    if (auto path = math::ReferencePath::make(points)) return *std::move(path);
  }
  return math::ReferencePath::straight(ego.steps.front().pose);
}

bool touches(const drivers::Neighbour& other, double ego_length_m) {
  return other.lateral_gap_m < 0 && other.gap_m < 0 && other.gap_m + other.length_m + ego_length_m > 0;
}

}  // namespace

base::Result<ReferenceRun> drive_instead(const ScenarioTrace& trace, const std::string& name) {
  auto driver = drivers::make_driver(name);
  if (!driver) return driver.error();
  const TracedEntity& ego = ego_of(trace);
  const math::ReferencePath path = recorded_path(ego);
  ReferenceRun run{.driver = name};
  double s_m = path.project({ego.steps.front().pose.x_m, ego.steps.front().pose.y_m});
  double speed_mps = ego.steps.front().speed_mps, acceleration_mps2 = 0;
  drivers::set_desired_speed(*driver, std::max(0.1, speed_mps));
  for (std::size_t i = 0; i < trace.times_s.size(); ++i) {
    const auto others = neighbours_on_path(trace, i, path, s_m);
    for (const drivers::Neighbour& other : others) {
      if (is_in_path(other) && is_still_ahead(other)) run.min_gap_m = std::fmin(run.min_gap_m, other.gap_m);
      if (!touches(other, ego.length_m)) continue;
      run.has_collided = true;
      run.collision_s = trace.times_s[i];
      return run;
    }
    if (i + 1 == trace.times_s.size()) break;
    const double dt_s = trace.times_s[i + 1] - trace.times_s[i];
    const drivers::Scene scene = {speed_mps, acceleration_mps2, ego.length_m, others};
    acceleration_mps2 = step(*driver, scene, dt_s).acceleration_mps2;
    speed_mps = std::max(0.0, speed_mps + acceleration_mps2 * dt_s);
    s_m += speed_mps * dt_s;
  }
  return run;
}

std::vector<ReferenceRun> reference_runs(const ScenarioTrace& trace) {
  std::vector<ReferenceRun> runs;
  for (const char* name : {"careful", "rss", "fsm"}) {
    if (auto run = drive_instead(trace, name)) runs.push_back(*std::move(run));
  }
  return runs;
}

bool is_preventable(const std::vector<ReferenceRun>& runs) {
  return std::any_of(runs.begin(), runs.end(),
                     [](const ReferenceRun& run) { return run.driver == "careful" && !run.has_collided; });
}

}  // namespace hangil::verdict
