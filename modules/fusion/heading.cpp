// SPDX-License-Identifier: Apache-2.0
#include "fusion/heading.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"

namespace hangil::fusion {

namespace {

constexpr double kHalfTurn_rad = std::numbers::pi;
constexpr double kMaxFrontLogOdds = 6;  // so that a wrong front is overturned by a few seconds of votes

void vote_for_front(Heading& heading, double signed_weight) {
  heading.front_log_odds = std::clamp(heading.front_log_odds + signed_weight, -kMaxFrontLogOdds, kMaxFrontLogOdds);
  if (heading.front_log_odds >= 0) return;
  heading.yaw_rad = math::wrap_angle_rad(heading.yaw_rad + kHalfTurn_rad);
  heading.front_log_odds = -heading.front_log_odds;
}

void correct(Heading& heading, double innovation_rad, double sigma_rad) {
  const double S = heading.yaw_variance + sigma_rad * sigma_rad;
  const double yaw_gain = heading.yaw_variance / S, turn_gain = heading.covariance / S;
  heading.yaw_rad = math::wrap_angle_rad(heading.yaw_rad + yaw_gain * innovation_rad);
  heading.turn_radps += turn_gain * innovation_rad;
  heading.turn_variance -= turn_gain * heading.covariance;
  heading.covariance -= yaw_gain * heading.covariance;
  heading.yaw_variance -= yaw_gain * heading.yaw_variance;
}

}  // namespace

Heading heading_at(double yaw_rad, double yaw_sigma_rad, double turn_sigma_radps) {
  Heading heading;
  heading.yaw_rad = math::wrap_angle_rad(yaw_rad);
  heading.yaw_variance = yaw_sigma_rad * yaw_sigma_rad;
  heading.turn_variance = turn_sigma_radps * turn_sigma_radps;
  return heading;
}

void predict(Heading& heading, double dt_s, double acceleration_sigma_radps2) {
  const double q = acceleration_sigma_radps2 * acceleration_sigma_radps2, dt2 = dt_s * dt_s;
  heading.yaw_rad = math::wrap_angle_rad(heading.yaw_rad + dt_s * heading.turn_radps);
  heading.yaw_variance += 2 * dt_s * heading.covariance + dt2 * heading.turn_variance + q * dt2 * dt2 / 4;
  heading.covariance += dt_s * heading.turn_variance + q * dt2 * dt_s / 2;
  heading.turn_variance += q * dt2;
}

void update_axis(Heading& heading, double yaw_rad, double sigma_rad, double front_weight) {
  const double difference = math::angle_difference_rad(yaw_rad, heading.yaw_rad);
  const bool agrees = std::abs(difference) <= kHalfTurn_rad / 2;
  const double nearer_end = agrees ? difference : math::wrap_angle_rad(difference + kHalfTurn_rad);
  correct(heading, nearer_end, sigma_rad);
  vote_for_front(heading, agrees ? front_weight : -front_weight);
}

}  // namespace hangil::fusion
