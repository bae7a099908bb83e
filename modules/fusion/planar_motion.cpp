// SPDX-License-Identifier: Apache-2.0
#include "fusion/planar_motion.hpp"

#include <cmath>

#include <Eigen/LU>

namespace hangil::fusion {

namespace {

constexpr double kStraightTurn_rad = 1e-4;  // in one step; below, sin(a)/a is 1 in double

Eigen::Matrix4d transition(double dt_s, double turn_radps) {
  const double a = turn_radps * dt_s;
  double along = dt_s, across = 0, c = 1, s = 0;
  if (std::abs(a) > kStraightTurn_rad) {
    c = std::cos(a), s = std::sin(a);
    along = s / turn_radps, across = (1 - c) / turn_radps;
  }
  Eigen::Matrix4d F;
  F << 1, 0, along, -across, 0, 1, across, along, 0, 0, c, -s, 0, 0, s, c;
  return F;
}

Eigen::Matrix2d acceleration_covariance(double heading_rad, double along_sigma_mps2, double across_sigma_mps2) {
  const Eigen::Vector2d along(std::cos(heading_rad), std::sin(heading_rad)), across(-along.y(), along.x());
  return along_sigma_mps2 * along_sigma_mps2 * along * along.transpose() +
         across_sigma_mps2 * across_sigma_mps2 * across * across.transpose();
}

}  // namespace

PlanarMotion planar_motion_at(const Eigen::Vector2d& position_m, const Eigen::Matrix2d& position_covariance_m2,
                              double speed_sigma_mps) {
  PlanarMotion motion;
  motion.mean.head<2>() = position_m;
  motion.covariance.topLeftCorner<2, 2>() = position_covariance_m2;
  motion.covariance.bottomRightCorner<2, 2>().diagonal().setConstant(speed_sigma_mps * speed_sigma_mps);
  return motion;
}

void predict(PlanarMotion& motion, double dt_s, double turn_radps, double heading_rad, double along_sigma_mps2,
             double across_sigma_mps2, double position_sigma_m) {
  const Eigen::Matrix4d F = transition(dt_s, turn_radps);
  motion.mean = (F * motion.mean).eval();
  motion.covariance = (F * motion.covariance * F.transpose()).eval();
  const Eigen::Matrix2d A = acceleration_covariance(heading_rad, along_sigma_mps2, across_sigma_mps2);
  const double dt2 = dt_s * dt_s;
  motion.covariance.topLeftCorner<2, 2>() += A * (dt2 * dt2 / 4);
  motion.covariance.topLeftCorner<2, 2>().diagonal().array() += position_sigma_m * position_sigma_m;
  motion.covariance.topRightCorner<2, 2>() += A * (dt2 * dt_s / 2);
  motion.covariance.bottomLeftCorner<2, 2>() += A * (dt2 * dt_s / 2);
  motion.covariance.bottomRightCorner<2, 2>() += A * dt2;
}

void update_position(PlanarMotion& motion, const Eigen::Vector2d& position_m, const Eigen::Matrix2d& covariance_m2) {
  const Eigen::Matrix<double, 4, 2> PHt = motion.covariance.leftCols<2>();
  const Eigen::Matrix2d S = PHt.topRows<2>() + covariance_m2;
  const Eigen::Matrix<double, 4, 2> K = PHt * S.inverse();
  motion.mean += K * (position_m - motion.mean.head<2>());
  motion.covariance -= K * PHt.transpose();
  motion.covariance = (0.5 * (motion.covariance + motion.covariance.transpose())).eval();
}

void update_no_side_slip(PlanarMotion& motion, double heading_rad, double sigma_mps) {
  const Eigen::Vector2d across(-std::sin(heading_rad), std::cos(heading_rad));
  const Eigen::Vector4d PHt = motion.covariance.rightCols<2>() * across;
  const double S = across.dot(PHt.tail<2>()) + sigma_mps * sigma_mps;
  motion.mean -= PHt * (across.dot(motion.mean.tail<2>()) / S);
  motion.covariance -= PHt * PHt.transpose() / S;
}

double squared_distance(const PlanarMotion& motion, const Eigen::Vector2d& position_m,
                        const Eigen::Matrix2d& covariance_m2) {
  const Eigen::Matrix2d S = motion.covariance.topLeftCorner<2, 2>() + covariance_m2;
  const Eigen::Vector2d innovation = position_m - motion.mean.head<2>();
  return innovation.dot(S.inverse() * innovation);
}

}  // namespace hangil::fusion
