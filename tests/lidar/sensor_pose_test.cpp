// SPDX-License-Identifier: Apache-2.0
#include "lidar/sensor_pose.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

messages::TransformStamped link(const std::string& parent, const std::string& child, double x_m, double yaw_rad) {
  messages::TransformStamped stamped;
  stamped.header.frame_id = parent;
  stamped.child_frame_id = child;
  stamped.transform.translation.x = x_m;
  stamped.transform.rotation.z = std::sin(yaw_rad / 2);
  stamped.transform.rotation.w = std::cos(yaw_rad / 2);
  return stamped;
}

TEST(SensorPose, ChainsLinksUpToEgo) {
  const messages::TFMessage tf{{link("roof", "lidar_top", 1, 0), link("ego", "roof", 2, std::numbers::pi / 2)}};
  const auto pose = find_sensor_pose(tf, "lidar_top");
  ASSERT_TRUE(pose.ok()) << pose.error().message;
  EXPECT_NEAR(pose->translation_m[0], 2, 1e-6);
  EXPECT_NEAR(pose->translation_m[1], 1, 1e-6);
  EXPECT_NEAR(pose->rotation[3], 1, 1e-6);
  EXPECT_NEAR(pose->rotation[1], -1, 1e-6);
}

TEST(SensorPose, EgoItselfIsTheIdentity) {
  const auto pose = find_sensor_pose({}, "ego");
  ASSERT_TRUE(pose.ok());
  EXPECT_EQ(pose->rotation, SensorPose().rotation);
}

TEST(SensorPose, NamesTheFrameWithoutParent) {
  const auto pose = find_sensor_pose({{link("roof", "lidar_top", 1, 0)}}, "lidar_top");
  ASSERT_FALSE(pose.ok());
  EXPECT_NE(pose.error().message.find("'roof' has no parent"), std::string::npos) << pose.error().message;
}

TEST(SensorPose, RefusesLoopsAndBrokenRotations) {
  const auto loop = find_sensor_pose({{link("b", "a", 1, 0), link("a", "b", 1, 0)}}, "a");
  ASSERT_FALSE(loop.ok());
  EXPECT_NE(loop.error().message.find("loop"), std::string::npos);
  messages::TFMessage broken{{link("ego", "lidar_top", 1, 0)}};
  broken.transforms[0].transform.rotation.w = 0;
  EXPECT_FALSE(find_sensor_pose(broken, "lidar_top").ok());
  broken = {{link("ego", "lidar_top", std::nan(""), 0)}};
  EXPECT_FALSE(find_sensor_pose(broken, "lidar_top").ok());
}

}  // namespace
}  // namespace hangil::lidar
