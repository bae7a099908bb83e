// SPDX-License-Identifier: Apache-2.0
#include "control/lateral.hpp"

#include <limits>
#include <numbers>

#include "messages/trajectory_at.hpp"

namespace hangil::control {

namespace {

using messages::TrajectoryPoint;

constexpr double kLeastEdgeM = 0.01;  // shorter ones tell no direction: the vehicle stands

// How far along the edge the pose projects, 0 to 1, and its distance to that place.
struct OnEdge {
  double share, distance_m;
};

OnEdge project(const TrajectoryPoint& a, const TrajectoryPoint& b, const math::Pose2& pose) {
  const double ex = b.x_m - a.x_m, ey = b.y_m - a.y_m, squared = ex * ex + ey * ey;
  const double dx = pose.x_m - a.x_m, dy = pose.y_m - a.y_m;
  const double share = squared > kLeastEdgeM * kLeastEdgeM ? std::clamp((dx * ex + dy * ey) / squared, 0.0, 1.0) : 0;
  return {share, std::hypot(dx - share * ex, dy - share * ey)};
}

double nearest_time_s(std::span<const TrajectoryPoint> points, const math::Pose2& pose) {
  double best_time_s = points.front().time_s, best_m = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < points.size(); ++i) {
    const OnEdge on = project(points[i - 1], points[i], pose);
    if (on.distance_m >= best_m) continue;
    best_m = on.distance_m;
    best_time_s = points[i - 1].time_s + on.share * (points[i].time_s - points[i - 1].time_s);
  }
  return best_time_s;
}

}  // namespace

PathError path_error(std::span<const TrajectoryPoint> points, const math::Pose2& pose) {
  const TrajectoryPoint place = messages::trajectory_at(points, nearest_time_s(points, pose));
  const double dx = pose.x_m - place.x_m, dy = pose.y_m - place.y_m;
  return {place.time_s, dy * std::cos(place.yaw_rad) - dx * std::sin(place.yaw_rad),
          math::angle_difference_rad(pose.yaw_rad, place.yaw_rad), place.curvature_radpm};
}

double steering_rad(std::span<const TrajectoryPoint> points, const math::Pose2& pose, double speed_mps,
                    const LateralConfig& config) {
  const PathError error = path_error(points, pose);
  const double settle_m = std::max(config.settle_least_m, config.settle_time_s * speed_mps);
  const double ahead_radpm = messages::trajectory_at(points, error.time_s + config.preview_s).curvature_radpm;
  const double curvature =
      ahead_radpm - error.left_m / (settle_m * settle_m) - std::numbers::sqrt2 * std::sin(error.heading_rad) / settle_m;
  return std::clamp(std::atan(config.wheelbase_m * curvature), -config.max_steering_rad, config.max_steering_rad);
}

}  // namespace hangil::control
