// SPDX-License-Identifier: Apache-2.0
#include "localization/gnss_imu_filter.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "localization/drive.hpp"
#include "math/rotation.hpp"
#include "messages/pose_sample.hpp"

namespace hangil::localization {
namespace {

using tests::at;
using tests::Drive;

struct Errors {
  double place_m = 0, heading_rad = 0, speed_mps = 0;  // worst
  int count = 0;
};

// Drives with an IMU at 100 Hz and fixes at 10 Hz that come `delay_s` late; errors from 3 s on.
Errors drive_along(GnssImuFilter& filter, const Drive& drive, double until_s, double delay_s, bool with_imu = true) {
  Errors worst;
  for (int i = 0; 0.01 * i < until_s; ++i) {
    const double time_s = 0.01 * i;
    if (with_imu) {
      EXPECT_TRUE(filter.add(drive.imu(time_s)).ok());
    }
    if (i % 10 == 5 && time_s > delay_s) {
      EXPECT_TRUE(filter.add(drive.fix(time_s - delay_s)).ok());
    }
    const auto pose = filter.pose();
    if (!pose || time_s < 3) continue;
    const math::PoseSample found = messages::pose_sample(*pose);
    const math::Pose2 truth = drive.truth(found.stamp.to_s(), 0.05 - delay_s);
    worst.place_m = std::max(worst.place_m, std::hypot(found.x_m - truth.x_m, found.y_m - truth.y_m));
    const double turned = math::angle_difference_rad(math::planar(found).yaw_rad, truth.yaw_rad);
    worst.heading_rad = std::max(worst.heading_rad, std::abs(turned));
    worst.speed_mps = std::max(worst.speed_mps, std::abs(found.vx_mps - drive.ego(found.stamp.to_s()).speed_mps));
    ++worst.count;
  }
  return worst;
}

// The first fix is the origin, wrong by its own noise: 2 cm a direction.
TEST(GnssImuFilter, FollowsTheDriveWithinTheNoiseOfItsFixes) {
  GnssImuFilter filter({});
  const Errors worst = drive_along(filter, Drive{}, 25, 0.02);
  EXPECT_GT(worst.count, 2000);
  EXPECT_LT(worst.place_m, 0.15);
  EXPECT_LT(worst.heading_rad, 0.01);
  EXPECT_LT(worst.speed_mps, 0.3);
}

TEST(GnssImuFilter, FindsTheHeadingFromMotionAlone) {
  GnssImuConfig config;
  config.uses_imu_heading = false;
  GnssImuFilter filter(config);
  const Errors worst = drive_along(filter, Drive{}, 25, 0);
  EXPECT_GT(worst.count, 2000);
  EXPECT_LT(worst.place_m, 0.25);
  EXPECT_LT(worst.heading_rad, 0.05);
}

TEST(GnssImuFilter, FixesAloneGiveAPose) {
  GnssImuFilter filter({});
  const Errors worst = drive_along(filter, Drive{}, 25, 0, false);
  EXPECT_GT(worst.count, 2000);
  EXPECT_LT(worst.place_m, 0.5);
  EXPECT_FALSE(filter.has_imu());
}

TEST(GnssImuFilter, NoisyFixesAreSmoothed) {
  Drive drive;
  drive.gnss_spec.level_sigma_m = 1.5;
  GnssImuFilter filter({});
  double squares = 0;
  int count = 0;
  const math::Pose2 T_origin_truth = [&] {  // what the first fix was wrong by
    const Drive exact{};
    const messages::NavSatFix first = drive.fix(0.05), true_first = exact.fix(0.05);
    constexpr double kRadian = 3.14159265358979323846 / 180;
    const auto offset =
        math::east_north_up({first.latitude * kRadian, first.longitude * kRadian, first.altitude},
                            {true_first.latitude * kRadian, true_first.longitude * kRadian, first.altitude});
    const math::Pose2 truth = drive.truth(0.05);
    return math::Pose2{offset.east_m - truth.x_m, offset.north_m - truth.y_m, 0};
  }();
  for (int i = 0; i < 2500; ++i) {
    ASSERT_TRUE(filter.add(drive.imu(0.01 * i)).ok());
    if (i % 10 == 5) {
      ASSERT_TRUE(filter.add(drive.fix(0.01 * i)).ok());
    }
    if (i < 500) continue;
    const auto pose = filter.pose();
    ASSERT_TRUE(pose);
    const math::Pose2 truth = T_origin_truth * drive.truth(0.01 * i);
    squares +=
        std::pow(pose->pose.pose.position.x - truth.x_m, 2) + std::pow(pose->pose.pose.position.y - truth.y_m, 2);
    ++count;
  }
  EXPECT_LT(std::sqrt(squares / count), 1.2) << "each fix alone: 2.1 m";
}

TEST(GnssImuFilter, BridgesTwoSecondsWithoutFixes) {
  const Drive drive{};
  GnssImuFilter filter({});
  (void)drive_along(filter, drive, 16, 0);
  for (int i = 1600; i < 1800; ++i) ASSERT_TRUE(filter.add(drive.imu(0.01 * i)).ok());
  const math::PoseSample found = messages::pose_sample(*filter.pose());
  const math::Pose2 truth = drive.truth(17.99);
  EXPECT_LT(std::hypot(found.x_m - truth.x_m, found.y_m - truth.y_m), 0.5);
}

TEST(GnssImuFilter, OneWildFixIsLeftOutAndManyAreBelieved) {
  const Drive drive{};
  GnssImuFilter filter({});
  (void)drive_along(filter, drive, 10, 0);
  const math::PoseSample before = messages::pose_sample(*filter.pose());
  messages::NavSatFix wild = drive.fix(9.99);
  wild.latitude += 0.001;  // 111 m
  ASSERT_TRUE(filter.add(wild).ok());
  EXPECT_LT(std::abs(messages::pose_sample(*filter.pose()).y_m - before.y_m), 1e-9);
  for (int i = 0; i < 12; ++i) ASSERT_TRUE(filter.add(wild).ok());
  EXPECT_NEAR(messages::pose_sample(*filter.pose()).y_m - before.y_m, 111, 1);
}

TEST(GnssImuFilter, RefusesReadingsThatMakeNoSense) {
  const Drive drive{};
  GnssImuFilter filter({});
  (void)drive_along(filter, drive, 5, 0);
  const auto before = filter.pose();
  messages::Imu imu = drive.imu(5);
  imu.angular_velocity.z = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(filter.add(imu).ok());
  messages::NavSatFix fix = drive.fix(5);
  fix.status.status = -1;
  EXPECT_FALSE(filter.add(fix).ok());
  for (double messages::NavSatFix::*member :
       {&messages::NavSatFix::latitude, &messages::NavSatFix::longitude, &messages::NavSatFix::altitude}) {
    for (const double value : {std::numeric_limits<double>::quiet_NaN(), 1e9}) {
      fix = drive.fix(5), fix.*member = value;
      EXPECT_FALSE(filter.add(fix).ok());
    }
  }
  EXPECT_TRUE(base::diff(*filter.pose(), *before).empty());
}

TEST(GnssImuFilter, OrientationThatIsNoneIsNotUsed) {
  const Drive drive{};
  GnssImuFilter filter({});
  messages::Imu imu = drive.imu(0);
  imu.orientation_covariance[0] = -1;
  imu.orientation = {9, 9, 9, 9};
  ASSERT_TRUE(filter.add(imu).ok());
  ASSERT_TRUE(filter.add(drive.fix(0)).ok());
  EXPECT_FALSE(filter.pose()) << "no heading yet";
}

TEST(GnssImuFilter, ClockSetBackStartsAnewInTheSameFrame) {
  const Drive drive{};
  GnssImuFilter filter({});
  (void)drive_along(filter, drive, 20, 0);
  ASSERT_TRUE(filter.add(drive.imu(5)).ok());
  EXPECT_FALSE(filter.pose());
  ASSERT_TRUE(filter.add(drive.fix(5)).ok());
  const auto pose = filter.pose();
  ASSERT_TRUE(pose);
  EXPECT_EQ(pose->header.stamp, at(5));
  EXPECT_NEAR(pose->pose.pose.position.x, drive.truth(5).x_m, 0.2);
}

TEST(GnssImuFilter, DuplicatesChangeLittle) {
  const Drive drive{};
  GnssImuFilter once({}), twice({});
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(once.add(drive.imu(0.01 * i)).ok() && twice.add(drive.imu(0.01 * i)).ok());
    ASSERT_TRUE(twice.add(drive.imu(0.01 * i)).ok());
    if (i % 10 == 5) {
      ASSERT_TRUE(once.add(drive.fix(0.01 * i)).ok() && twice.add(drive.fix(0.01 * i)).ok());
    }
  }
  const math::PoseSample a = messages::pose_sample(*once.pose()), b = messages::pose_sample(*twice.pose());
  EXPECT_EQ(a.stamp, b.stamp);
  EXPECT_LT(std::hypot(a.x_m - b.x_m, a.y_m - b.y_m), 0.02);
}

}  // namespace
}  // namespace hangil::localization
