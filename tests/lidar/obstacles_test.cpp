// SPDX-License-Identifier: Apache-2.0
#include "lidar/obstacles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "lidar/made_scan.hpp"

namespace hangil::lidar {
namespace {

using tests::made_sensor_pose;
using tests::MadeBox;
using tests::MadeScan;
using tests::MadeScene;
using tests::packed_cloud;
using tests::scan;

messages::ObstaclePoints obstacles_of(const messages::PointCloud2& cloud, const ObstacleConfig& config = {}) {
  ObstacleState state;
  auto obstacles = find_obstacles(cloud, made_sensor_pose(), config, state);
  EXPECT_TRUE(obstacles.ok());
  return *std::move(obstacles);
}

struct Shares {
  double ground_found = 0, obstacles_found = 0;
};

// Shares of the ground's points called ground, and of the others called obstacle, within 50 m.
Shares shares_of(const MadeScene& scene, std::uint64_t seed = 1) {
  const MadeScan made = scan(scene, seed);
  ObstacleState state;
  EXPECT_TRUE(find_obstacles(made.cloud, made_sensor_pose(), {}, state).ok());
  double ground = 0, ground_found = 0, others = 0, others_found = 0;
  for (std::size_t i = 0; i < made.is_ground.size(); ++i) {
    if (std::hypot(state.points.x_m[i], state.points.y_m[i]) > 50) continue;
    const bool is_found_ground = state.height_m[i] < ObstacleConfig().ground.tolerance_m;
    (made.is_ground[i] ? ground : others) += 1;
    if (made.is_ground[i] && is_found_ground) ++ground_found;
    if (!made.is_ground[i] && !is_found_ground) ++others_found;
  }
  return {ground_found / ground, others > 0 ? others_found / others : 1};
}

const MadeBox kCar{{12, 3, 0.3}, 4, 1.7, 1.5};

TEST(FindObstacles, PlaneIsGroundAndBoxIsNot) {
  const Shares shares = shares_of({.boxes = {kCar}});
  EXPECT_GT(shares.ground_found, 0.995);
  EXPECT_GT(shares.obstacles_found, 0.9);  // but for the rim that touches the ground
}

TEST(FindObstacles, NoisyPlaneIsStillGround) {
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    EXPECT_GT(shares_of({.boxes = {kCar}, .range_sigma_m = 0.02}, seed).ground_found, 0.99) << seed;
  }
}

TEST(FindObstacles, SlopesInEveryDirectionAreGround) {
  for (const double direction_rad : {0.0, 0.8, 1.6, 2.4, 3.1, -0.8, -1.6}) {
    const double c = std::cos(direction_rad), s = std::sin(direction_rad);
    const auto rise_m = [=](double x, double y) { return 0.08 * (c * x + s * y); };
    EXPECT_GT(shares_of({.ground_m = rise_m}).ground_found, 0.97) << direction_rad;
  }
}

TEST(FindObstacles, RampThatBeginsAheadIsGround) {
  const auto ramp_m = [](double x, double) { return x > 8 ? 0.1 * (x - 8) : 0.0; };
  EXPECT_GT(shares_of({.ground_m = ramp_m}).ground_found, 0.95);
  const auto dip_m = [](double x, double) { return x > 8 ? -0.06 * (x - 8) : 0.0; };
  EXPECT_GT(shares_of({.ground_m = dip_m}).ground_found, 0.95);
}

TEST(FindObstacles, PavementBehindACurbIsGround) {
  for (const double curb_m : {0.08, 0.12, 0.15}) {
    const auto street_m = [curb_m](double, double y) { return std::abs(y) > 4 ? curb_m : 0.0; };
    EXPECT_GT(shares_of({.ground_m = street_m}).ground_found, 0.95) << curb_m;
  }
}

TEST(FindObstacles, WallIsNoGroundAndHidesNoSlope) {
  const MadeScene scene{.boxes = {{{20, 8, 0}, 40, 0.3, 3}, {{10, -9, 0.2}, 15, 0.3, 3}}};
  const Shares shares = shares_of(scene);
  EXPECT_GT(shares.ground_found, 0.99);
  EXPECT_GT(shares.obstacles_found, 0.92);
}

TEST(FindObstacles, HeightIsMeasuredFromTheGroundBelow) {
  const auto rise_m = [](double x, double y) { return 0.05 * x + 0.03 * y; };
  const MadeScene scene{.ground_m = rise_m, .boxes = {kCar}};
  const auto obstacles = obstacles_of(scan(scene).cloud);
  ASSERT_GT(obstacles.x_m.size(), 100u);
  for (std::size_t i = 0; i < obstacles.x_m.size(); ++i) {
    const double expected_m = obstacles.z_m[i] - rise_m(obstacles.x_m[i], obstacles.y_m[i]);
    if (std::hypot(obstacles.x_m[i], obstacles.y_m[i]) > 20) continue;
    EXPECT_NEAR(obstacles.height_m[i], expected_m, 0.15);
  }
}

TEST(FindObstacles, ReflectionsBelowTheGroundDoNotPullItDown) {
  MadeScan made = scan({.boxes = {kCar}});
  std::mt19937 random(5);
  float* values = reinterpret_cast<float*>(made.cloud.data.data());
  for (std::size_t i = 0; i < made.is_ground.size(); ++i) {
    if (made.is_ground[i] && random() % 200 == 0) values[4 * i + 2] -= 3;
  }
  const auto obstacles = obstacles_of(made.cloud);
  const auto before = obstacles_of(scan({.boxes = {kCar}}).cloud);
  EXPECT_NEAR(static_cast<double>(obstacles.x_m.size()), static_cast<double>(before.x_m.size()),
              0.01 * static_cast<double>(made.is_ground.size()));
}

TEST(FindObstacles, OrderOfThePointsDoesNotMatter) {
  const MadeScan made = scan({.boxes = {kCar, {{15, -6, 1.0}, 5, 2, 2}}}, 2, 512);
  std::vector<std::size_t> order(made.is_ground.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(3));
  messages::PointCloud2 shuffled = made.cloud;
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::copy_n(made.cloud.data.begin() + static_cast<std::ptrdiff_t>(16 * order[i]), 16,
                shuffled.data.begin() + static_cast<std::ptrdiff_t>(16 * i));
  }
  ObstacleState a, b;
  ASSERT_TRUE(find_obstacles(made.cloud, made_sensor_pose(), {}, a).ok());
  ASSERT_TRUE(find_obstacles(shuffled, made_sensor_pose(), {}, b).ok());
  for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(a.height_m[order[i]], b.height_m[i]) << i;
}

TEST(FindObstacles, EveryPointIsCountedOnce) {
  MadeScan made = scan({.boxes = {kCar, {{30, 0, 0}, 10, 10, 9}}}, 1, 512);
  float* values = reinterpret_cast<float*>(made.cloud.data.data());
  values[0] = std::nanf(""), values[5] = std::numeric_limits<float>::infinity();
  values[8] = 3e38f, values[12] = 0, values[13] = 0;  // too far; inside the vehicle
  const auto obstacles = obstacles_of(made.cloud);
  EXPECT_EQ(obstacles.invalid_count, 2u);
  EXPECT_GE(obstacles.cropped_count, 2u);
  EXPECT_EQ(obstacles.input_count, made.is_ground.size());
  EXPECT_EQ(obstacles.input_count,
            obstacles.invalid_count + obstacles.cropped_count + obstacles.ground_count + obstacles.x_m.size());
  EXPECT_EQ(obstacles.x_m.size(), obstacles.height_m.size());
  EXPECT_EQ(obstacles.header.frame_id, "ego");
  EXPECT_EQ(obstacles.sensor_z_m, made_sensor_pose().translation_m[2]);
}

TEST(FindObstacles, EgoVehicleIsLeftOut) {
  const MadeScene scene{.boxes = {{{1, 0, 0}, 3.9, 1.9, 1.4}}};  // own roof, seen from above
  const auto obstacles = obstacles_of(scan(scene).cloud);
  for (std::size_t i = 0; i < obstacles.x_m.size(); ++i) {
    EXPECT_FALSE(obstacles.x_m[i] < 3.2f && obstacles.x_m[i] > -1.2f && std::abs(obstacles.y_m[i]) < 1.1f);
  }
}

TEST(FindObstacles, OddCloudsAreTaken) {
  EXPECT_EQ(obstacles_of(packed_cloud({})).x_m.size(), 0u);
  EXPECT_EQ(obstacles_of(packed_cloud({10, 0, 0, 0})).x_m.size(), 1u);
  const float bad = std::nanf("");
  EXPECT_EQ(obstacles_of(packed_cloud({bad, bad, bad, bad})).invalid_count, 1u);
  messages::PointCloud2 no_intensity = packed_cloud({10, 0, 0, 0.5f});
  no_intensity.point_fields.pop_back();
  const auto obstacles = obstacles_of(no_intensity);
  ASSERT_EQ(obstacles.intensity.size(), 1u);
  EXPECT_EQ(obstacles.intensity[0], 0);
}

TEST(FindObstacles, TwoMillionPointsAtOneSpotAreTaken) {
  std::vector<float> values(8'000'000);
  for (std::size_t i = 0; i < values.size(); i += 4) values[i] = 10;
  EXPECT_EQ(obstacles_of(packed_cloud(values)).x_m.size(), 2'000'000u);
}

TEST(FindObstacles, PassesOnWhatIsWrongWithTheCloud) {
  messages::PointCloud2 cloud = packed_cloud({10, 0, 0, 0});
  cloud.point_fields[1].name = "w";
  ObstacleState state;
  const auto obstacles = find_obstacles(cloud, made_sensor_pose(), {}, state);
  ASSERT_FALSE(obstacles.ok());
  EXPECT_NE(obstacles.error().message.find("'y'"), std::string::npos);
}

TEST(FindObstacles, SecondScanUsesTheSameMemory) {
  const MadeScan made = scan({.boxes = {kCar}}, 1, 512);
  ObstacleState state;
  ASSERT_TRUE(find_obstacles(made.cloud, made_sensor_pose(), {}, state).ok());
  const float* points = state.points.x_m.data();
  const float* heights = state.height_m.data();
  const CellSpan* spans = state.ground.spans.data();
  ASSERT_TRUE(find_obstacles(made.cloud, made_sensor_pose(), {}, state).ok());
  EXPECT_EQ(points, state.points.x_m.data());
  EXPECT_EQ(heights, state.height_m.data());
  EXPECT_EQ(spans, state.ground.spans.data());
}

}  // namespace
}  // namespace hangil::lidar
