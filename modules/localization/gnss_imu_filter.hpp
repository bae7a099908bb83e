// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <Eigen/Core>
#include <Eigen/Geometry>

#include "base/config.hpp"
#include "base/result.hpp"
#include "math/geodesy.hpp"
#include "messages/imu.hpp"
#include "messages/nav_sat_fix.hpp"
#include "messages/odometry.hpp"

namespace hangil::localization {

struct GnssImuConfig {
  double gnss_sigma_m = 1.5;
  double heading_sigma_rad = 0.01;
  bool uses_imu_heading = true;
  double turn_rate_sigma_radps = 0.01;
  double acceleration_sigma_mps2 = 0.5;
  double least_way_m = 2;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("gnss_sigma_m", gnss_sigma_m, {0.001, 100}, "m",
                  "standard deviation of a fix that does not say its own");
    visitor.field("heading_sigma_rad", heading_sigma_rad, {1e-4, 1}, "rad",
                  "least standard deviation of the heading in an IMU's orientation");
    visitor.field("uses_imu_heading", uses_imu_heading,
                  "the IMU's orientation is against north; false: heading from motion alone");
    visitor.field("turn_rate_sigma_radps", turn_rate_sigma_radps, {1e-4, 1}, "rad/s",
                  "how far the measured turn rate may be wrong");
    visitor.field("acceleration_sigma_mps2", acceleration_sigma_mps2, {0.01, 10}, "m/s2",
                  "how far the measured acceleration may be wrong");
    visitor.field("least_way_m", least_way_m, {0.1, 100}, "m",
                  "way between two fixes that gives the first heading where the IMU gives none");
  }
};

// Pose from satellite fixes and an IMU at the ego frame's origin: an extended Kalman filter over east, north, heading,
// speed and gyro bias with turn rate and forward acceleration as inputs (Thrun, Burgard, Fox, "Probabilistic Robotics",
// 2005, section 3.3), height on its own, roll and pitch as the IMU gives them. A car moves where it points: no side
// slip, no reversing before the heading is known. East-north-up about the first fix.
class GnssImuFilter {
 public:
  explicit GnssImuFilter(const GnssImuConfig& config) : config_(config) {}

  // Fixes may be late by up to 1 s: they are compared with where the car was then. A clock set back by more starts
  // the filter anew, in the same east-north-up frame. Error: no fix, or a number that is not finite or out of range;
  // the message is then ignored.
  base::Status add(const messages::NavSatFix& fix);
  base::Status add(const messages::Imu& imu);

  // At the newest stamp heard, in frame "enu"; nothing before the heading is known.
  std::optional<messages::Odometry> pose() const;
  // Whether an IMU was heard within the last 0.5 s, so that poses are due at its stamps.
  bool has_imu() const;

 private:
  using State = Eigen::Matrix<double, 5, 1>;  // east, north, heading, speed, gyro bias
  using Covariance = Eigen::Matrix<double, 5, 5>;
  struct Fix {
    base::Time stamp;
    Eigen::Vector3d place, sigma_m;  // east, north, up
  };

  void advance(base::Time stamp);
  void move(double span_s);
  void start(base::Time stamp, const Eigen::Vector3d& place, double heading_rad, double speed_mps,
             double heading_sigma_rad, const Eigen::Vector3d& sigma_m);
  void start_from(const Fix& fix);
  void correct_place(const Fix& fix);
  void correct_heading(double heading_rad, double sigma_rad);
  void correct_height(const Fix& fix);
  bool is_back_in_time(base::Time stamp) const;
  void restart();

  GnssImuConfig config_;
  std::optional<math::Geodetic> origin_;
  bool is_started_ = false;
  base::Time now_;
  State state_ = State::Zero();
  Covariance covariance_ = Covariance::Zero();
  double up_m_ = 0, up_variance_m2_ = 0;
  double turn_rate_radps_ = 0, acceleration_mps2_ = 0;  // about the vertical; along the heading, level
  bool has_acceleration_ = false;
  Eigen::Quaterniond tilt_ = Eigen::Quaterniond::Identity();  // R_level_ego: roll and pitch alone
  std::optional<base::Time> imu_stamp_;
  std::optional<double> imu_heading_rad_;
  double imu_heading_sigma_rad_ = 0;
  std::optional<Fix> first_fix_;
  int rejected_count_ = 0;
};

}  // namespace hangil::localization
