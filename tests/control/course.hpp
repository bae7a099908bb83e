// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <functional>

#include "control/bicycle.hpp"
#include "control/follow.hpp"

// Reference motions for tests of the controller, and a vehicle that drives them.
namespace hangil::tests {

using messages::TrajectoryPoint;

// Curvature of a straight road; acceleration at a steady speed.
inline constexpr auto kStraight = [](double) { return 0.0; };
inline constexpr auto kSteady = [](double) { return 0.0; };

// Points every 0.1 s, integrated finely from curvature over arc length and acceleration over time; at rest it stays.
inline messages::Trajectory course(double speed_mps, double duration_s, const std::function<double(double)>& curvature,
                                   const std::function<double(double)>& acceleration) {
  messages::Trajectory trajectory;
  trajectory.header.frame_id = "map";
  constexpr double kDt = 0.001;
  double s = 0, v = speed_mps;
  math::Pose2 pose;
  for (int i = 0; i <= static_cast<int>(duration_s / kDt); ++i) {
    const double t = i * kDt, a = v > 0 || acceleration(t) > 0 ? acceleration(t) : 0;
    if (i % 100 == 0) trajectory.points.push_back({t, pose.x_m, pose.y_m, pose.yaw_rad, curvature(s), v, a});
    const double k = curvature(s + v * kDt / 2), half = k * v * kDt / 2;
    pose = pose * math::Pose2{v * kDt * std::cos(half), v * kDt * std::sin(half), 2 * half};
    s += v * kDt;
    v = std::max(0.0, v + a * kDt);
  }
  trajectory.stop_points = {trajectory.points.back()};
  return trajectory;
}

// Curvature of a sideways move by `across_m` over `length_m`, starting `begin_m` along (cosine, small angles).
inline std::function<double(double)> lane_change(double across_m, double length_m, double begin_m) {
  return [=](double s) {
    const double u = (s - begin_m) / length_m, turn = 2 * M_PI / length_m;
    return u < 0 || u > 1 ? 0.0 : across_m * turn / length_m * std::sin(2 * M_PI * u);
  };
}

struct Drive {
  control::BicycleState vehicle;
  double worst_left_m = 0;   // after the settling time
  double worst_place_m = 0;  // along, after the settling time
  double last_left_m = 0;
};

// Follows one trajectory with a command every 20 ms; errors count from settle_s on.
inline Drive drive(const messages::Trajectory& trajectory, control::BicycleState vehicle, double settle_s,
                   const control::BicycleModel& model = {}, double brake_bias_mps2 = 0) {
  const control::ControllerConfig config = [] {
    control::ControllerConfig c;
    c.stale_after_s = 1e6;
    return c;
  }();
  control::ControllerState state;
  Drive result;
  for (double t = 0; t < trajectory.points.back().time_s - 0.03; t += 0.02) {
    const control::EgoState ego{base::Time{} + base::Duration::seconds(t), vehicle.pose, vehicle.speed_mps};
    const messages::Command command = control::follow(&trajectory, ego, config, state);
    vehicle = control::advance(vehicle, {command.steering_angle_rad, command.acceleration_mps2 + brake_bias_mps2},
                               model, 0.02);
    const control::PathError error = control::path_error(trajectory.points, vehicle.pose);
    result.last_left_m = error.left_m;
    if (t < settle_s) continue;
    result.worst_left_m = std::max(result.worst_left_m, std::abs(error.left_m));
    result.worst_place_m =
        std::max(result.worst_place_m, std::abs(error.time_s - t - 0.02) * std::max(vehicle.speed_mps, 0.1));
  }
  result.vehicle = vehicle;
  return result;
}

}  // namespace hangil::tests
