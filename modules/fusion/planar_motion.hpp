// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace hangil::fusion {

// Position and velocity in the plane with covariance: a linear Kalman filter over (x, y, vx, vy) in metres and m/s.
struct PlanarMotion {
  Eigen::Vector4d mean = Eigen::Vector4d::Zero();
  Eigen::Matrix4d covariance = Eigen::Matrix4d::Zero();

  double speed_mps() const { return mean.tail<2>().norm(); }
};

// One at rest, as far as is known.
PlanarMotion planar_motion_at(const Eigen::Vector2d& position_m, const Eigen::Matrix2d& position_covariance_m2,
                              double speed_sigma_mps);

// Moves on by dt with a turn at constant rate (0: straight on), the nearly coordinated turn with Cartesian velocity of
// Bar-Shalom, Li and Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001, sections 11.7.1 and
// 6.3.2 (noise: acceleration constant over dt, given along and across `heading_rad`, and a jump of the position).
void predict(PlanarMotion& motion, double dt_s, double turn_radps, double heading_rad, double along_sigma_mps2,
             double across_sigma_mps2, double position_sigma_m);

// A measured position.
void update_position(PlanarMotion& motion, const Eigen::Vector2d& position_m, const Eigen::Matrix2d& covariance_m2);

// A steered body does not slip sideways: velocity across `heading_rad` is 0 within sigma (a pseudo-measurement, as in
// Dissanayake et al., "The aiding of a low-cost strapdown IMU using vehicle model constraints", IEEE T-RA 17(5), 2001).
void update_no_side_slip(PlanarMotion& motion, double heading_rad, double sigma_mps);

// What update_position would call surprising: squared Mahalanobis distance.
double squared_distance(const PlanarMotion& motion, const Eigen::Vector2d& position_m,
                        const Eigen::Matrix2d& covariance_m2);

}  // namespace hangil::fusion
