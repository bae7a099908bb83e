// SPDX-License-Identifier: Apache-2.0
#include "control/longitudinal.hpp"

#include "messages/trajectory_at.hpp"

namespace hangil::control {

namespace {

constexpr double kRestMps = 0.05;      // a trajectory slower than this is at rest
constexpr double kHoldBelowMps = 0.3;  // then the brakes take over
constexpr double kHoldingMps2 = -1.5;
constexpr double kMostIntegralMps2 = 1.0;
constexpr double kUnwindPs = 1.0;       // of the integral while the demand is limited
constexpr double kPlaceAboveMps = 0.5;  // slower, creeping to the right place is worth no jerk

double behind_m(const messages::TrajectoryPoint& wanted, const math::Pose2& pose) {
  return (wanted.x_m - pose.x_m) * std::cos(wanted.yaw_rad) + (wanted.y_m - pose.y_m) * std::sin(wanted.yaw_rad);
}

}  // namespace

LongitudinalDemand longitudinal_demand(std::span<const messages::TrajectoryPoint> points, double time_s,
                                       const math::Pose2& pose, double speed_mps, double dt_s, double& integral_mps2,
                                       const LongitudinalConfig& config) {
  const messages::TrajectoryPoint now = messages::trajectory_at(points, time_s);
  const messages::TrajectoryPoint ahead = messages::trajectory_at(points, time_s + config.lag_s);
  if (now.speed_mps < kRestMps && ahead.speed_mps < kRestMps && speed_mps < kHoldBelowMps) {
    integral_mps2 = 0;
    return {kHoldingMps2, 0};
  }
  const double error_mps = now.speed_mps - speed_mps;
  const double place_m = now.speed_mps > kPlaceAboveMps ? std::clamp(behind_m(now, pose), -2.0, 2.0) : 0;
  const double demand =
      ahead.acceleration_mps2 + config.speed_gain_ps * error_mps + config.place_gain_ps2 * place_m + integral_mps2;
  const double limited = std::clamp(demand, -config.max_braking_mps2, config.max_acceleration_mps2);
  integral_mps2 += dt_s * (config.integral_gain_ps2 * error_mps + kUnwindPs * (limited - demand));
  integral_mps2 = std::clamp(integral_mps2, -kMostIntegralMps2, kMostIntegralMps2);
  return {limited, ahead.speed_mps};
}

}  // namespace hangil::control
