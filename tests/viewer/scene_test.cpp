// SPDX-License-Identifier: Apache-2.0
#include "viewer/scene.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include <gtest/gtest.h>

namespace hangil::viewer {
namespace {

messages::PointCloud2 cloud_of(const std::vector<std::array<float, 3>>& points, std::uint32_t step = 16) {
  messages::PointCloud2 cloud;
  cloud.header.frame_id = "lidar_top";
  cloud.height = 1, cloud.width = static_cast<std::uint32_t>(points.size());
  cloud.point_fields = {{"x", 0}, {"y", 4}, {"z", 8}, {"intensity", 12}};
  cloud.point_step = step;
  cloud.data.resize(points.size() * step);
  for (std::size_t i = 0; i < points.size(); ++i) std::memcpy(&cloud.data[i * step], points[i].data(), 12);
  return cloud;
}

TEST(CloudPoints, ReadsWhatIsFinite) {
  const auto points = cloud_points(cloud_of({{1, 2, 3}, {NAN, 0, 0}, {4, 5, 6}}, 22));
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[1], (std::array<float, 3>{4, 5, 6}));
}

TEST(CloudPoints, LayoutsThatDoNotFitGiveNothing) {
  const auto good = cloud_of({{1, 2, 3}});
  auto cloud = good;
  cloud.point_fields[2].offset = 13;
  EXPECT_TRUE(cloud_points(cloud).empty());
  cloud = good, cloud.point_fields.erase(cloud.point_fields.begin());
  EXPECT_TRUE(cloud_points(cloud).empty());
  cloud = good, cloud.point_fields[0].datatype = messages::PointField::kFloat64;
  EXPECT_TRUE(cloud_points(cloud).empty());
  cloud = good, cloud.point_step = 0;
  EXPECT_TRUE(cloud_points(cloud).empty());
  cloud = good, cloud.width = 4'000'000'000U, cloud.height = 4'000'000'000U;
  EXPECT_EQ(cloud_points(cloud).size(), 1u);
  cloud = good, cloud.data.resize(3);
  EXPECT_TRUE(cloud_points(cloud).empty());
}

TEST(Scene, BringsMapToEgoAndLidarToEgo) {
  messages::TransformStamped mounted;
  mounted.transform.translation = {0.8, 0, 1.7};
  const auto cloud = cloud_of({{10, 1, -1.7F}, {10, 1, 0}});
  messages::Tracks tracks;
  tracks.header.frame_id = "map";
  tracks.tracks.push_back({.id = 3, .box = {100, 30, 0, std::numbers::pi / 2, 4, 2, 1.5}, .vx_mps = 0, .vy_mps = 6});
  SceneMessages messages;
  messages.points = &cloud, messages.T_ego_lidar = &mounted, messages.tracks = {&tracks};
  // Ego at (100, 10) heading north: the track is 20 m ahead and drives away.
  messages.T_map_ego = math::PoseSample{.x_m = 100, .y_m = 10, .qz = std::sqrt(0.5), .qw = std::sqrt(0.5)};
  const Scene scene = make_scene(messages);
  ASSERT_EQ(scene.ground.size(), 1u);
  ASSERT_EQ(scene.obstacles.size(), 1u);
  EXPECT_NEAR(scene.obstacles[0].x_m, 10.8, 1e-5);
  EXPECT_NEAR(scene.obstacles[0].height_m, 1.7, 1e-5);
  ASSERT_EQ(scene.tracks.size(), 1u);
  EXPECT_NEAR(scene.tracks[0].box.pose.x_m, 20, 1e-9);
  EXPECT_NEAR(scene.tracks[0].box.pose.y_m, 0, 1e-9);
  EXPECT_NEAR(scene.tracks[0].vx_mps, 6, 1e-9);
  EXPECT_EQ(scene.tracks[0].history.size(), 1u);
}

TEST(Scene, WithoutPoseWhatIsInMapIsLeftOut) {
  messages::Tracks tracks;
  tracks.header.frame_id = "map";
  tracks.tracks.resize(1);
  messages::Trajectory trajectory;
  trajectory.header.frame_id = "map";
  trajectory.points.resize(3);
  SceneMessages messages;
  messages.tracks = {&tracks}, messages.trajectory = &trajectory;
  EXPECT_TRUE(make_scene(messages).tracks.empty());
  EXPECT_TRUE(make_scene(messages).plan.empty());
  tracks.header.frame_id = "ego";
  EXPECT_EQ(make_scene(messages).tracks.size(), 1u);
}

TEST(Scene, NumbersThatAreNotFiniteAreLeftOut) {
  messages::Objects objects;
  objects.objects.resize(2);
  objects.objects[0].box.x_m = NAN;
  messages::Trajectory trajectory;
  trajectory.header.frame_id = "ego";
  trajectory.points.resize(2);
  trajectory.points[0].yaw_rad = HUGE_VAL;
  SceneMessages messages;
  messages.detections = &objects, messages.trajectory = &trajectory;
  EXPECT_EQ(make_scene(messages).detections.size(), 1u);
  EXPECT_EQ(make_scene(messages).plan.size(), 1u);
}

}  // namespace
}  // namespace hangil::viewer
