// SPDX-License-Identifier: Apache-2.0
#include "simulation/inertial.hpp"

#include <cmath>
#include <numbers>

#include "math/rotation.hpp"
#include "messages/pose_sample.hpp"
#include "simulation/random.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

// Three standard normals; `index` tells apart the vectors of one reading.
Vector3d noise(std::uint64_t seed, RandomStream stream, base::Time stamp, std::uint32_t index) {
  const RandomBlock bits = draw(seed, stream, stamp.ns, index);
  const auto [x, y] = normals(bits[0], bits[1]);
  return {x, y, normals(bits[2], bits[3])[0]};
}

Quaterniond turned_by(const Vector3d& turn) {
  const double angle = turn.norm();
  return angle > 0 ? Quaterniond(Eigen::AngleAxisd(angle, turn / angle)) : Quaterniond::Identity();
}

messages::Quaternion message(const Quaterniond& q) { return {q.x(), q.y(), q.z(), q.w()}; }
messages::Vector3 message(const Vector3d& v) { return {v.x(), v.y(), v.z()}; }

template <std::size_t N>
void set_diagonal(std::array<double, N * N>& covariance, const std::array<double, N>& sigmas) {
  for (std::size_t i = 0; i < N; ++i) covariance[i * N + i] = sigmas[i] * sigmas[i];
}

// Second difference of the position over 2 ms, in map.
Vector3d acceleration_mps2(const Ground& ground, const ActorState& ego) {
  constexpr double kStep_s = 2e-3;
  const auto place = [&](double lead_s) -> Vector3d {
    return on_ground(ground, moved_on(ego, lead_s).pose).translation();
  };
  return (place(kStep_s) - 2 * place(0) + place(-kStep_s)) / (kStep_s * kStep_s);
}

}  // namespace

messages::Odometry odometry(const Ground& ground, const ActorState& ego, base::Time stamp, const OdometrySpec& spec,
                            std::uint64_t seed) {
  messages::Odometry odometry = messages::odometry_of(pose_sample(ground, ego, stamp), "map", "ego");
  const auto random = [&](std::uint32_t index) { return noise(seed, RandomStream::kOdometry, stamp, index); };
  const Vector3d place = spec.position_sigma_m * random(0), way = spec.speed_sigma_mps * random(1);
  const Vector3d turn = spec.turn_rate_sigma_radps * random(2), tilt = spec.attitude_sigma_rad * random(3);
  auto& [pose, pose_covariance] = odometry.pose;
  auto& [twist, twist_covariance] = odometry.twist;
  const Quaterniond q(pose.orientation.w, pose.orientation.x, pose.orientation.y, pose.orientation.z);
  pose.position.x += place.x(), pose.position.y += place.y(), pose.position.z += place.z();
  pose.orientation = message(q * turned_by(tilt));
  twist.linear.x += way.x(), twist.linear.y += way.y(), twist.linear.z += way.z();
  twist.angular.x += turn.x(), twist.angular.y += turn.y(), twist.angular.z += turn.z();
  const double p = spec.position_sigma_m, a = spec.attitude_sigma_rad;
  const double v = spec.speed_sigma_mps, w = spec.turn_rate_sigma_radps;
  set_diagonal<6>(pose_covariance, {p, p, p, a, a, a});
  set_diagonal<6>(twist_covariance, {v, v, v, w, w, w});
  return odometry;
}

messages::Imu imu(const Ground& ground, const ActorState& ego, base::Time stamp, const ImuSpec& spec,
                  double x_axis_yaw_rad, std::uint64_t seed) {
  const math::PoseSample exact = pose_sample(ground, ego, stamp);
  const Quaterniond q(exact.qw, exact.qx, exact.qy, exact.qz);
  const auto random = [&](std::uint32_t index) { return noise(seed, RandomStream::kImu, stamp, index); };
  const Vector3d force = q.inverse() * (acceleration_mps2(ground, ego) + Vector3d(0, 0, kGravity_mps2));
  const Vector3d turn(exact.wx_radps, exact.wy_radps, exact.wz_radps);
  messages::Imu imu;
  imu.header = {stamp, "ego"};
  const Quaterniond tilt = turned_by(spec.attitude_sigma_rad * random(0));
  imu.orientation = message(math::quaternion_of_yaw(x_axis_yaw_rad) * q * tilt);
  imu.angular_velocity = message(turn + spec.turn_rate_bias_radps + spec.turn_rate_sigma_radps * random(1));
  imu.linear_acceleration = message(force + spec.acceleration_bias_mps2 + spec.acceleration_sigma_mps2 * random(2));
  const double a = spec.attitude_sigma_rad, w = spec.turn_rate_sigma_radps, f = spec.acceleration_sigma_mps2;
  set_diagonal<3>(imu.orientation_covariance, {a, a, a});
  set_diagonal<3>(imu.angular_velocity_covariance, {w, w, w});
  set_diagonal<3>(imu.linear_acceleration_covariance, {f, f, f});
  return imu;
}

messages::NavSatFix gnss(const Ground& ground, const ActorState& ego, base::Time stamp, const GnssSpec& spec,
                         std::uint64_t seed) {
  const Vector3d place = on_ground(ground, ego.pose).translation();
  const Vector3d random = noise(seed, RandomStream::kGnss, stamp, 0);
  const math::Point2 level = math::Pose2{0, 0, spec.x_axis_yaw_rad} * math::Point2{place.x(), place.y()};
  const math::Geodetic found = math::geodetic(
      spec.origin, {level.x_m + spec.level_sigma_m * random.x(), level.y_m + spec.level_sigma_m * random.y(),
                    place.z() + spec.height_sigma_m * random.z()});
  messages::NavSatFix fix;
  fix.header = {stamp, "ego"};
  fix.status.status = 2;
  fix.latitude = found.latitude_rad * 180 / std::numbers::pi;
  fix.longitude = found.longitude_rad * 180 / std::numbers::pi;
  fix.altitude = found.altitude_m;
  set_diagonal<3>(fix.position_covariance, {spec.level_sigma_m, spec.level_sigma_m, spec.height_sigma_m});
  fix.position_covariance_type = 2;
  return fix;
}

}  // namespace hangil::simulation
