// SPDX-License-Identifier: Apache-2.0
#include "prediction/motion_models.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"

namespace hangil::prediction {

namespace {

constexpr double kHeadingSpeedMps = 0.3;  // slower velocities do not tell a heading
constexpr double kSharpestTurnPm = 0.25;  // of a car's lock
constexpr double kLongestTurnRad = std::numbers::pi / 2;

// The point `distance_m` along a circle that is left for its tangent after the longest turn.
messages::FutureState along_turn(const ObjectMotion& motion, double curvature_radpm, double distance_m,
                                 double speed_mps) {
  const double turn = std::clamp(curvature_radpm * distance_m, -kLongestTurnRad, kLongestTurnRad);
  const double on_circle_m = curvature_radpm != 0 ? turn / curvature_radpm : distance_m;
  const double half = turn / 2;
  const double chord_m = on_circle_m * (std::abs(half) < 1e-6 ? 1.0 : std::sin(half) / half);
  const double on_m = distance_m - on_circle_m;
  const double chord_yaw = motion.heading_rad + half, end_yaw = motion.heading_rad + turn;
  return {motion.x_m + chord_m * std::cos(chord_yaw) + on_m * std::cos(end_yaw),
          motion.y_m + chord_m * std::sin(chord_yaw) + on_m * std::sin(end_yaw),
          math::wrap_angle_rad(motion.box_yaw_rad + turn), speed_mps, 0};
}

double curvature_of(const ObjectMotion& motion) {
  const double slow = std::max(motion.speed_mps, kHeadingSpeedMps);
  return std::clamp(motion.yaw_rate_radps / slow, -kSharpestTurnPm, kSharpestTurnPm);
}

double braking_of(const ObjectMotion& motion, double usual_mps2) {
  return std::max(usual_mps2, -motion.acceleration_mps2);
}

}  // namespace

ObjectMotion motion_of(const messages::Track& track) {
  ObjectMotion motion;
  motion.x_m = track.box.x_m;
  motion.y_m = track.box.y_m;
  motion.box_yaw_rad = track.box.yaw_rad;
  motion.speed_mps = std::hypot(track.vx_mps, track.vy_mps);
  motion.heading_rad = motion.speed_mps > kHeadingSpeedMps ? std::atan2(track.vy_mps, track.vx_mps) : track.box.yaw_rad;
  motion.yaw_rate_radps = track.yaw_rate_radps;
  motion.acceleration_mps2 = track.acceleration_mps2;
  return motion;
}

messages::FutureState constant_velocity(const ObjectMotion& motion, double time_s) {
  return along_turn(motion, 0, motion.speed_mps * time_s, motion.speed_mps);
}

messages::FutureState constant_turn(const ObjectMotion& motion, double time_s) {
  return along_turn(motion, curvature_of(motion), motion.speed_mps * time_s, motion.speed_mps);
}

double time_to_stop_s(const ObjectMotion& motion, double braking_mps2) {
  return motion.speed_mps / braking_of(motion, braking_mps2);
}

messages::FutureState stop(const ObjectMotion& motion, double braking_mps2, double time_s) {
  const double braking = braking_of(motion, braking_mps2);
  const double t = std::min(time_s, time_to_stop_s(motion, braking_mps2));
  const double distance_m = motion.speed_mps * t - braking * t * t / 2;
  return along_turn(motion, curvature_of(motion), distance_m, std::max(0.0, motion.speed_mps - braking * t));
}

}  // namespace hangil::prediction
