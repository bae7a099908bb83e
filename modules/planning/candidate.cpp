// SPDX-License-Identifier: Apache-2.0
#include "planning/candidate.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

constexpr double kRoundingM = 0.02;  // between single and double precision

// All corners within the half width of the reference; `s_m` is where the rear axle is.
bool is_in_corridor(const math::Box2& vehicle, const Route& route, double s_m, double half_width_m,
                    const math::Footprint& footprint) {
  const auto corners = math::corners(vehicle);
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const bool is_front = i == 0 || i == 3;
    const double near_s_m = s_m + (is_front ? footprint.front_m() : -footprint.rear_overhang_m);
    const math::Point2 p = route.path.at(route.path.project(corners[i], near_s_m - 2, near_s_m + 2)).point;
    if (std::hypot(corners[i].x_m - p.x_m, corners[i].y_m - p.y_m) > half_width_m + kRoundingM) return false;
  }
  return true;
}

}  // namespace

math::MotionState motion_at(const Candidate& candidate, const Route& route, double time_s) {
  const math::Jet along = candidate.profile.at(time_s);
  const math::Jet across = candidate.path.at(along.value - candidate.profile.at(0).value);
  return math::to_motion(
      route.path, {along.value, std::max(0.0, along.first), along.second, across.value, across.first, across.second});
}

std::vector<messages::TrajectoryPoint> points_of(const Candidate& candidate, const Route& route, double until_s) {
  std::vector<messages::TrajectoryPoint> points;
  const int count = static_cast<int>(std::ceil(until_s / kPointStepS - 1e-6));
  for (int i = 0; i <= count; ++i) {
    const double time_s = i * kPointStepS;
    const math::MotionState motion = motion_at(candidate, route, time_s);
    points.push_back({time_s, motion.pose.x_m, motion.pose.y_m, motion.pose.yaw_rad, motion.curvature_radpm,
                      motion.speed_mps, motion.acceleration_mps2});
  }
  return points;
}

bool is_really_free(const Candidate& candidate, const Route& route, const HardFutures& hard,
                    double corridor_half_width_m, const PlannerConfig& config) {
  const double start_s_m = candidate.profile.at(0).value;
  for (double time_s = 0; time_s <= config.horizon_s() + 1e-6; time_s += kPointStepS) {
    const double s_m = candidate.profile.at(time_s).value;
    const math::Box2 vehicle = config.vehicle.at(motion_at(candidate, route, time_s).pose);
    if (!is_in_corridor(vehicle, route, s_m, corridor_half_width_m, config.vehicle)) return false;
    if (s_m - start_s_m < static_cast<double>(kStayingM)) continue;
    for (const RelevantFuture& future : *hard.futures) {
      if (future.probability < hard.least_probability) continue;
      if (touches(future, hard.prediction_step, hard.kept, time_s, vehicle, kRoundingM)) return false;
    }
  }
  return true;
}

}  // namespace hangil::planning
