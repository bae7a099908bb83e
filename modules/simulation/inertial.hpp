// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/geodesy.hpp"
#include "messages/imu.hpp"
#include "messages/nav_sat_fix.hpp"
#include "messages/odometry.hpp"
#include "simulation/world.hpp"

namespace hangil::simulation {

// All noise is white and normal; figures are standard deviations a sample. Every reading depends on the state at its
// stamp and the seed alone.
struct OdometrySpec {
  double position_sigma_m = 0.003, attitude_sigma_rad = 2e-4;
  double speed_sigma_mps = 0.02, turn_rate_sigma_radps = 0.002;
};

// An automotive MEMS unit at the ego frame's origin; biases are constant over a drive.
struct ImuSpec {
  double attitude_sigma_rad = 1e-3, turn_rate_sigma_radps = 0.002, acceleration_sigma_mps2 = 0.03;
  Eigen::Vector3d turn_rate_bias_radps{4e-4, -3e-4, 8e-4}, acceleration_bias_mps2{0.02, -0.01, 0.03};
};

// A receiver with carrier-phase corrections whose antenna is at the ego frame's origin. `origin` is where the map's
// origin lies, `x_axis_yaw_rad` the direction of the map's x axis, counter-clockwise from east.
struct GnssSpec {
  double level_sigma_m = 0.02, height_sigma_m = 0.04;
  math::Geodetic origin{0.65572, 2.21657, 80};  // 37.57 deg N, 127.0 deg E
  double x_axis_yaw_rad = 0.6;
};

inline constexpr double kGravity_mps2 = 9.80665;

// T_map_ego with the twist in ego.
messages::Odometry odometry(const Ground& ground, const ActorState& ego, base::Time stamp, const OdometrySpec& spec,
                            std::uint64_t seed);

// Turn rate and specific force (gravity included: +9.81 up at rest) in ego, orientation of ego in east-north-up
// (REP 145), for a map that is turned by x_axis_yaw_rad against it.
messages::Imu imu(const Ground& ground, const ActorState& ego, base::Time stamp, const ImuSpec& spec,
                  double x_axis_yaw_rad, std::uint64_t seed);

messages::NavSatFix gnss(const Ground& ground, const ActorState& ego, base::Time stamp, const GnssSpec& spec,
                         std::uint64_t seed);

}  // namespace hangil::simulation
