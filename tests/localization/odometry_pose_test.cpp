// SPDX-License-Identifier: Apache-2.0
#include "localization/odometry_pose.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "messages/pose_sample.hpp"

namespace hangil::localization {
namespace {

constexpr base::Duration kStep{100'000'000};

// On a circle of radius 20 m, driven at 10 m/s from `start` on; `frame` says where the numbers are.
messages::Odometry on_circle(int step, const std::string& frame, const math::Pose2& start = {},
                             bool with_twist = true) {
  const double yaw = 0.05 * step;
  const math::Pose2 pose = start * math::Pose2{20 * std::sin(yaw), 20 * (1 - std::cos(yaw)), yaw};
  math::PoseSample sample{
      .stamp = base::Time{} + kStep * step, .x_m = pose.x_m, .y_m = pose.y_m, .z_m = 7 + 0.1 * step};
  sample.qz = std::sin(pose.yaw_rad / 2), sample.qw = std::cos(pose.yaw_rad / 2);
  if (with_twist) sample.vx_mps = 10, sample.wz_radps = 0.5;
  return messages::odometry_of(sample, frame, "base_link");
}

TEST(OdometryPose, MapFramePassesUnchanged) {
  OdometryPose pose;
  for (int i = 3; i < 6; ++i) {
    messages::Odometry expected = on_circle(i, "map");
    expected.child_frame_id = "ego";
    const auto found = pose.add(on_circle(i, "map"));
    ASSERT_TRUE(found.ok());
    EXPECT_TRUE(base::diff(*found, expected).empty());
  }
}

TEST(OdometryPose, OtherFramesAreMovedToTheFirstPose) {
  OdometryPose pose;
  const math::Pose2 start{100, -40, 2.5};
  for (int i = 0; i < 40; ++i) {
    const auto found = pose.add(on_circle(i, "odom", start));
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->header.frame_id, "map");
    const math::PoseSample sample = messages::pose_sample(*found),
                           expected = messages::pose_sample(on_circle(i, "map"));
    EXPECT_NEAR(sample.x_m, expected.x_m, 1e-9);
    EXPECT_NEAR(sample.y_m, expected.y_m, 1e-9);
    EXPECT_NEAR(sample.z_m, 0.1 * i, 1e-9);
    EXPECT_NEAR(math::angle_difference_rad(math::planar(sample).yaw_rad, 0.05 * i), 0, 1e-9);
    EXPECT_EQ(sample.vx_mps, 10);
  }
}

TEST(IntoMap, CovarianceTurnsWithThePose) {
  messages::Odometry odometry = on_circle(0, "odom", {0, 0, std::acos(-1.0) / 2});
  odometry.pose.covariance[0] = 4, odometry.pose.covariance[7] = 1, odometry.pose.covariance[35] = 0.01;
  const messages::Odometry moved = into_map(anchor_at(odometry), odometry);
  EXPECT_NEAR(moved.pose.covariance[0], 1, 1e-12);
  EXPECT_NEAR(moved.pose.covariance[7], 4, 1e-12);
  EXPECT_NEAR(moved.pose.covariance[35], 0.01, 1e-12);
}

TEST(OdometryPose, MissingTwistIsFilledFromTheWay) {
  OdometryPose pose;
  ASSERT_TRUE(pose.add(on_circle(0, "odom", {}, false)).ok());
  for (int i = 1; i < 20; ++i) {
    const auto found = pose.add(on_circle(i, "odom", {}, false));
    ASSERT_TRUE(found.ok());
    const auto& twist = found->twist.twist;
    EXPECT_NEAR(twist.linear.x, 10, 0.01);
    EXPECT_NEAR(twist.linear.y, -0.25, 0.01) << "of the chord, half a step late";
    EXPECT_NEAR(twist.linear.z, 1, 1e-9);
    EXPECT_NEAR(twist.angular.z, 0.5, 1e-9);
  }
}

TEST(OdometryPose, DuplicateStampAndClockSetBackFillNoTwist) {
  OdometryPose pose;
  ASSERT_TRUE(pose.add(on_circle(5, "odom", {}, false)).ok());
  const auto duplicate = pose.add(on_circle(5, "odom", {}, false));
  ASSERT_TRUE(duplicate.ok());
  EXPECT_EQ(duplicate->twist.twist.linear.x, 0);
  const auto back = pose.add(on_circle(2, "odom", {}, false));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->twist.twist.linear.x, 0);
  const auto onward = pose.add(on_circle(3, "odom", {}, false));
  EXPECT_NEAR(onward->twist.twist.linear.x, 10, 0.01);
  const auto after_gap = pose.add(on_circle(30, "odom", {}, false));
  EXPECT_EQ(after_gap->twist.twist.linear.x, 0) << "2.7 s later";
}

TEST(OdometryPose, RefusesWhatIsNotAPoseAndGoesOn) {
  OdometryPose pose;
  messages::Odometry bad = on_circle(0, "odom", {5, 5, 1});
  bad.pose.pose.position.x = std::numeric_limits<double>::quiet_NaN();
  const auto refused = pose.add(bad);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("not finite"), std::string::npos);
  bad = on_circle(0, "odom"), bad.pose.pose.orientation = {0, 0, 0, 0};
  EXPECT_FALSE(pose.add(bad).ok());
  bad = on_circle(0, "odom"), bad.twist.twist.angular.y = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(pose.add(bad).ok());
  const auto good = pose.add(on_circle(4, "odom", {5, 5, 1}));
  ASSERT_TRUE(good.ok());
  EXPECT_NEAR(good->pose.pose.position.x, 0, 1e-12) << "the first sound pose is the origin";
}

}  // namespace
}  // namespace hangil::localization
