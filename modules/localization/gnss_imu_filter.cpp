// SPDX-License-Identifier: Apache-2.0
#include "localization/gnss_imu_filter.hpp"

#include <cmath>
#include <numbers>

#include <Eigen/LU>

#include "math/angles.hpp"
#include "math/rotation.hpp"
#include "messages/pose_sample.hpp"

namespace hangil::localization {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr base::Duration kMostDelay{1'000'000'000}, kImuPatience{500'000'000};
constexpr double kMostStep_s = 0.5, kGravity_mps2 = 9.80665;
constexpr double kBiasSigma = 0.02, kBiasDrift = 1e-4, kSlipSigma = 0.05, kClimbSigma_mps = 0.5;
// Without an IMU: how fast a car may turn and speed up.
constexpr double kFreeTurn_radps = 0.3, kFreeAcceleration_mps2 = 2;
constexpr double kGate = 25;  // squared standard deviations, 5 sigma
constexpr int kMostRejected = 10;

bool is_finite(const messages::Vector3& v) { return std::isfinite(v.x + v.y + v.z); }
Vector3d vector(const messages::Vector3& v) { return {v.x, v.y, v.z}; }

std::string at_time(base::Time stamp) { return " at " + std::to_string(stamp.to_s()) + " s "; }

math::Geodetic geodetic(const messages::NavSatFix& fix) {
  constexpr double kRadian = std::numbers::pi / 180;
  return {fix.latitude * kRadian, fix.longitude * kRadian, fix.altitude};
}

double sigma_or(double variance, double fallback) {
  return std::isfinite(variance) && variance > 0 ? std::sqrt(variance) : fallback;
}

bool has_orientation(const messages::Imu& imu) {
  const messages::Quaternion& q = imu.orientation;
  const double norm = std::sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
  return imu.orientation_covariance[0] >= 0 && std::abs(norm - 1) < 1e-3;
}

}  // namespace

bool GnssImuFilter::is_back_in_time(base::Time stamp) const { return now_ - stamp > kMostDelay; }

bool GnssImuFilter::has_imu() const { return imu_stamp_ && now_ - *imu_stamp_ <= kImuPatience; }

void GnssImuFilter::restart() {
  const auto origin = origin_;
  *this = GnssImuFilter(config_);
  origin_ = origin;
}

base::Status GnssImuFilter::add(const messages::Imu& imu) {
  const base::Time stamp = imu.header.stamp;
  if (!is_finite(imu.angular_velocity) || !is_finite(imu.linear_acceleration)) {
    return base::Error{"IMU reading" + at_time(stamp) + "has a number that is not finite"};
  }
  if (is_back_in_time(stamp)) restart();
  advance(stamp);
  imu_stamp_ = stamp;
  Vector3d rate = vector(imu.angular_velocity), force = vector(imu.linear_acceleration);
  has_acceleration_ = has_orientation(imu);
  if (has_acceleration_) {
    const messages::Quaternion& m = imu.orientation;
    const Quaterniond q(m.w, m.x, m.y, m.z);
    const double heading = math::yaw_rad(q);
    tilt_ = math::quaternion_of_yaw(-heading) * q;
    rate = tilt_ * rate, force = tilt_ * force - Vector3d(0, 0, kGravity_mps2);
    const double sigma = sigma_or(imu.orientation_covariance[8], 0);
    imu_heading_sigma_rad_ = std::max(sigma, config_.heading_sigma_rad);
    if (config_.uses_imu_heading) imu_heading_rad_ = heading;
    if (config_.uses_imu_heading && is_started_) correct_heading(heading, imu_heading_sigma_rad_);
  }
  turn_rate_radps_ = rate.z();
  acceleration_mps2_ = has_acceleration_ ? force.x() : 0;
  return {};
}

base::Status GnssImuFilter::add(const messages::NavSatFix& message) {
  const base::Time stamp = message.header.stamp;
  if (message.status.status < 0) return base::Error{"satellite reading" + at_time(stamp) + "has no fix"};
  if (!(std::abs(message.latitude) <= 90) || !(std::abs(message.longitude) <= 360) ||
      !(std::abs(message.altitude) < 1e5)) {
    return base::Error{"satellite fix" + at_time(stamp) + "is nowhere on earth"};
  }
  if (is_back_in_time(stamp)) restart();
  if (!origin_) origin_ = geodetic(message);
  const math::EastNorthUp place = math::east_north_up(*origin_, geodetic(message));
  const auto& c = message.position_covariance;
  const auto sigma = [&](std::size_t i) {
    return sigma_or(message.position_covariance_type > 0 ? c[i] : 0, config_.gnss_sigma_m);
  };
  const Fix fix{stamp, {place.east_m, place.north_m, place.up_m}, {sigma(0), sigma(4), sigma(8)}};
  if (!is_started_) return start_from(fix), base::Status();
  if (stamp > now_) advance(stamp);
  correct_place(fix);
  correct_height(fix);
  return {};
}

// With the IMU's heading at once, at rest; without it from the way between two fixes.
void GnssImuFilter::start_from(const Fix& fix) {
  if (fix.stamp > now_) now_ = fix.stamp;
  if (has_imu() && imu_heading_rad_)
    return start(now_, fix.place, *imu_heading_rad_, 0, imu_heading_sigma_rad_, fix.sigma_m);
  if (!first_fix_ || fix.stamp <= first_fix_->stamp) {
    first_fix_ = fix;
    return;
  }
  const Vector2d way = (fix.place - first_fix_->place).head<2>();
  const double noise_m = std::max(fix.sigma_m.x(), fix.sigma_m.y()) * std::numbers::sqrt2;
  if (way.norm() < std::max(config_.least_way_m, 5 * noise_m)) return;
  const double speed_mps = way.norm() / (fix.stamp - first_fix_->stamp).to_s();
  start(now_, fix.place, std::atan2(way.y(), way.x()), speed_mps, noise_m / way.norm() + 0.1, fix.sigma_m);
}

void GnssImuFilter::start(base::Time stamp, const Vector3d& place, double heading_rad, double speed_mps,
                          double heading_sigma_rad, const Vector3d& sigma_m) {
  is_started_ = true;
  now_ = stamp;
  rejected_count_ = 0;
  state_ << place.x(), place.y(), heading_rad, speed_mps, 0;
  State sigma;
  sigma << sigma_m.x(), sigma_m.y(), heading_sigma_rad, speed_mps > 0 ? 2 : 20, kBiasSigma;
  covariance_ = sigma.cwiseAbs2().asDiagonal();
  up_m_ = place.z(), up_variance_m2_ = sigma_m.z() * sigma_m.z();
}

void GnssImuFilter::advance(base::Time stamp) {
  if (stamp <= now_) return;
  double rest_s = (stamp - now_).to_s();
  now_ = stamp;
  if (!is_started_) return;
  if (rest_s > 10) {  // the speed of then says nothing about where the car is now
    restart();
    now_ = stamp;
    return;
  }
  for (; rest_s > 0; rest_s -= kMostStep_s) move(std::min(rest_s, kMostStep_s));
}

void GnssImuFilter::move(double span_s) {
  const bool is_free = !has_imu();
  const double turn = is_free ? 0 : (turn_rate_radps_ - state_(4)) * span_s;
  const double speed_mps = std::max(0.0, state_(3) + (is_free ? 0 : acceleration_mps2_) * span_s / 2);
  const double heading = state_(2) + turn / 2, way_m = speed_mps * span_s;
  const double c = std::cos(heading), s = std::sin(heading);
  state_(0) += way_m * c, state_(1) += way_m * s;
  state_(2) = math::wrap_angle_rad(state_(2) + turn);
  state_(3) = std::max(0.0, state_(3) + (is_free ? 0 : acceleration_mps2_) * span_s);
  Covariance jacobian = Covariance::Identity();
  jacobian.col(2).head<2>() << -way_m * s, way_m * c;
  jacobian.col(3).head<2>() << span_s * c, span_s * s;
  jacobian.col(4).head<3>() << way_m * s * span_s / 2, -way_m * c * span_s / 2, is_free ? 0 : -span_s;
  const double turn_sigma = is_free ? kFreeTurn_radps : config_.turn_rate_sigma_radps;
  const double push_sigma = has_acceleration_ && !is_free ? config_.acceleration_sigma_mps2 : kFreeAcceleration_mps2;
  State noise;  // a random walk over the step
  noise << kSlipSigma, kSlipSigma, turn_sigma, push_sigma, kBiasDrift;
  covariance_ = jacobian * covariance_ * jacobian.transpose();
  covariance_.diagonal() += noise.cwiseAbs2() * span_s;
  up_variance_m2_ += kClimbSigma_mps * kClimbSigma_mps * span_s;
}

void GnssImuFilter::correct_heading(double heading_rad, double sigma_rad) {
  const double innovation = math::angle_difference_rad(heading_rad, state_(2));
  const State gain = covariance_.col(2) / (covariance_(2, 2) + sigma_rad * sigma_rad);
  const Eigen::Matrix<double, 1, 5> row = covariance_.row(2);
  state_ += gain * innovation;
  state_(2) = math::wrap_angle_rad(state_(2));
  covariance_ -= gain * row;
  covariance_ = ((covariance_ + covariance_.transpose()) / 2).eval();
}

// A late fix is brought to now with the present speed and heading. Five-sigma outliers are left out; ten in a row mean
// that the filter is wrong, not the fixes.
void GnssImuFilter::correct_place(const Fix& fix) {
  const double delay_s = (now_ - fix.stamp).to_s();
  const Vector2d moved = state_(3) * delay_s * Vector2d(std::cos(state_(2)), std::sin(state_(2)));
  const Vector2d innovation = fix.place.head<2>() + moved - state_.head<2>();
  Eigen::Matrix2d spread = covariance_.topLeftCorner<2, 2>();
  spread.diagonal() += fix.sigma_m.head<2>().cwiseAbs2();
  const Eigen::Matrix2d inverse = spread.inverse();
  if (innovation.dot(inverse * innovation) > kGate) {
    if (++rejected_count_ < kMostRejected) return;
    return start(now_, fix.place, state_(2), state_(3), 0.5, fix.sigma_m);
  }
  rejected_count_ = 0;
  const Eigen::Matrix<double, 5, 2> gain = covariance_.leftCols<2>() * inverse;
  const Eigen::Matrix<double, 2, 5> rows = covariance_.topRows<2>();
  state_ += gain * innovation;
  state_(2) = math::wrap_angle_rad(state_(2));
  covariance_ -= gain * rows;
  covariance_ = ((covariance_ + covariance_.transpose()) / 2).eval();
}

void GnssImuFilter::correct_height(const Fix& fix) {
  const double variance = fix.sigma_m.z() * fix.sigma_m.z();
  const double gain = up_variance_m2_ / (up_variance_m2_ + variance);
  up_m_ += gain * (fix.place.z() - up_m_);
  up_variance_m2_ *= 1 - gain;
}

std::optional<messages::Odometry> GnssImuFilter::pose() const {
  if (!is_started_) return std::nullopt;
  const Quaterniond q = math::quaternion_of_yaw(state_(2)) * tilt_;
  const math::PoseSample sample{.stamp = now_,
                                .x_m = state_(0),
                                .y_m = state_(1),
                                .z_m = up_m_,
                                .qx = q.x(),
                                .qy = q.y(),
                                .qz = q.z(),
                                .qw = q.w(),
                                .vx_mps = std::max(0.0, state_(3)),
                                .wz_radps = has_imu() ? turn_rate_radps_ - state_(4) : 0};
  messages::Odometry odometry = messages::odometry_of(sample, "enu", "ego");
  auto& c = odometry.pose.covariance;
  c[0] = covariance_(0, 0), c[1] = c[6] = covariance_(0, 1), c[7] = covariance_(1, 1), c[14] = up_variance_m2_;
  c[5] = c[30] = covariance_(0, 2), c[11] = c[31] = covariance_(1, 2), c[35] = covariance_(2, 2);
  odometry.twist.covariance[0] = covariance_(3, 3), odometry.twist.covariance[35] = covariance_(4, 4);
  return odometry;
}

}  // namespace hangil::localization
