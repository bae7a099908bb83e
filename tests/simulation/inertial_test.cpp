// SPDX-License-Identifier: Apache-2.0
#include "simulation/inertial.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "math/rotation.hpp"
#include "simulation/scene.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr OdometrySpec kExactOdometry{0, 0, 0, 0};

ImuSpec exact_imu() {
  ImuSpec spec;
  spec.attitude_sigma_rad = spec.turn_rate_sigma_radps = spec.acceleration_sigma_mps2 = 0;
  spec.turn_rate_bias_radps = spec.acceleration_bias_mps2 = Vector3d::Zero();
  return spec;
}

base::Time at(double time_s) { return base::Time{} + base::Duration::seconds(time_s); }
Vector3d vector(const messages::Vector3& v) { return {v.x, v.y, v.z}; }

struct Drive {
  Scene scene;
  messages::Odometry odometry(double time_s, const OdometrySpec& spec) const {
    return simulation::odometry(scene.world.ground, state_at(scene.script.ego, time_s), at(time_s), spec, 1);
  }
  messages::Imu imu(double time_s, const ImuSpec& spec, double x_axis_yaw_rad = 0) const {
    return simulation::imu(scene.world.ground, state_at(scene.script.ego, time_s), at(time_s), spec, x_axis_yaw_rad, 1);
  }
};

Drive urban() { return {*make_scene("urban", 1)}; }

TEST(Odometry, BeginsAtTheOriginOfTheMap) {
  const messages::Odometry first = urban().odometry(0, kExactOdometry);
  EXPECT_EQ(first.header.frame_id, "map");
  EXPECT_EQ(first.child_frame_id, "ego");
  EXPECT_NEAR(vector({first.pose.pose.position.x, first.pose.pose.position.y, first.pose.pose.position.z}).norm(), 0,
              1e-9);
  const auto& q = first.pose.pose.orientation;
  EXPECT_NEAR(math::yaw_rad(Quaterniond(q.w, q.x, q.y, q.z)), 0, 1e-12);
}

// Integrating the turn rates and forces of an exact IMU leads along the exact odometry.
TEST(Imu, IntegratesToTheOdometry) {
  const Drive drive = urban();
  const ImuSpec spec = exact_imu();
  const messages::Odometry first = drive.odometry(0, kExactOdometry);
  const auto& o = first.pose.pose.orientation;
  Quaterniond q(o.w, o.x, o.y, o.z);
  Vector3d place = Vector3d::Zero(), velocity = q * vector(first.twist.twist.linear);
  const double step_s = 1e-3;
  for (int i = 0; i < 20'000; ++i) {
    const messages::Imu now = drive.imu((i + 0.5) * step_s, spec);
    const Vector3d turn = vector(now.angular_velocity) * step_s;
    const Quaterniond half(Eigen::AngleAxisd(turn.norm() / 2, turn.normalized()));
    const Vector3d acceleration = (q * half) * vector(now.linear_acceleration) - Vector3d(0, 0, kGravity_mps2);
    place += velocity * step_s + acceleration * step_s * step_s / 2;
    velocity += acceleration * step_s;
    q = q * half * half;
  }
  const messages::Odometry last = drive.odometry(20, kExactOdometry);
  EXPECT_NEAR(place.x(), last.pose.pose.position.x, 0.01);
  EXPECT_NEAR(place.y(), last.pose.pose.position.y, 0.01);
  EXPECT_NEAR(place.z(), last.pose.pose.position.z, 0.01);
  const auto& e = last.pose.pose.orientation;
  EXPECT_LT(q.angularDistance(Quaterniond(e.w, e.x, e.y, e.z)), 1e-4);
}

TEST(Imu, AtRestFeelsGravityAlone) {
  const messages::Imu rest = urban().imu(12, exact_imu());
  EXPECT_NEAR(vector(rest.linear_acceleration).norm(), kGravity_mps2, 1e-6);
  EXPECT_NEAR(vector(rest.angular_velocity).norm(), 0, 1e-9);
}

TEST(Imu, OrientationIsAgainstEast) {
  const messages::Imu turned = urban().imu(0, exact_imu(), 0.6);
  const auto& q = turned.orientation;
  EXPECT_NEAR(math::yaw_rad(Quaterniond(q.w, q.x, q.y, q.z)), 0.6, 1e-9);
}

TEST(Imu, NoiseAndBiasAreAsSpecified) {
  const Drive drive = urban();
  const ImuSpec spec;
  Vector3d sum = Vector3d::Zero(), squares = Vector3d::Zero();
  constexpr int kCount = 2000;
  for (int i = 0; i < kCount; ++i) {
    const Vector3d error =
        vector(drive.imu(0.01 * i, spec).angular_velocity) - vector(drive.imu(0.01 * i, exact_imu()).angular_velocity);
    sum += error, squares += (error - spec.turn_rate_bias_radps).cwiseAbs2();
  }
  EXPECT_LT((sum / kCount - spec.turn_rate_bias_radps).norm(), 2e-4);
  for (int axis = 0; axis < 3; ++axis) EXPECT_NEAR(std::sqrt(squares(axis) / kCount), spec.turn_rate_sigma_radps, 1e-4);
}

TEST(Odometry, NoiseIsAsSpecifiedAndRepeatable) {
  const Drive drive = urban();
  double squares = 0;
  constexpr int kCount = 2000;
  for (int i = 0; i < kCount; ++i) {
    const double error = drive.odometry(0.01 * i, {}).pose.pose.position.x -
                         drive.odometry(0.01 * i, kExactOdometry).pose.pose.position.x;
    squares += error * error;
  }
  EXPECT_NEAR(std::sqrt(squares / kCount), 0.003, 2e-4);
  EXPECT_TRUE(base::diff(drive.odometry(3.21, {}), drive.odometry(3.21, {})).empty());
}

TEST(Gnss, LiesWhereTheOdometrySays) {
  const Drive drive = urban();
  GnssSpec spec;
  spec.level_sigma_m = spec.height_sigma_m = 0;
  const messages::NavSatFix fix = gnss(drive.scene.world.ground, state_at(drive.scene.script.ego, 20), at(20), spec, 1);
  constexpr double kRadian = std::numbers::pi / 180;
  const math::EastNorthUp found =
      math::east_north_up(spec.origin, {fix.latitude * kRadian, fix.longitude * kRadian, fix.altitude});
  const auto& place = drive.odometry(20, kExactOdometry).pose.pose.position;
  const math::Point2 level = math::Pose2{0, 0, spec.x_axis_yaw_rad} * math::Point2{place.x, place.y};
  EXPECT_NEAR(found.east_m, level.x_m, 1e-4);
  EXPECT_NEAR(found.north_m, level.y_m, 1e-4);
  EXPECT_NEAR(found.up_m, place.z, 1e-4);
}

}  // namespace
}  // namespace hangil::simulation
