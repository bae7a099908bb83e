// SPDX-License-Identifier: Apache-2.0
#include "camera/map_lights.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace hangil::camera {
namespace {

using messages::LightState;

// A lane along x whose light hangs at (40, -4), its lower edge 3 m up.
map::LaneGraph street_with_light() {
  map::LaneGraph graph;
  graph.lanes.resize(1);
  graph.lanes[0].centre = {{-100, 0, 0}, {100, 0, 0}};
  graph.lights = {{"7", {40, -4, 3}, {{0, 138}}}};
  return graph;
}

const math::Pinhole kOptics{640, 640, 512, 340, 1024, 640};

// At (x, 0), 1.65 m up, looking along yaw.
Eigen::Isometry3d camera_at(double x_m, double yaw_rad) {
  Eigen::Matrix3d R_ego_camera;  // x right, y down, z forward
  R_ego_camera << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  Eigen::Isometry3d T(Eigen::Translation3d(x_m, 0, 1.65));
  T.linear() = Eigen::AngleAxisd(yaw_rad, Eigen::Vector3d::UnitZ()).toRotationMatrix() * R_ego_camera;
  return T;
}

TEST(MapLights, AHeadIsWhereItsCornersAreProjected) {
  for (double x_m = -20; x_m < 33; x_m += 4.7) {
    const auto seen = lights_in_view(street_with_light(), kOptics, camera_at(x_m, 0), {});
    ASSERT_EQ(seen.size(), 1U) << x_m;
    const double scale = 640 / (40 - x_m);
    EXPECT_EQ(seen[0].id, "7");
    EXPECT_NEAR(seen[0].head.x_min_px, 512 + (4 - 0.15) * scale, 1e-2);
    EXPECT_NEAR(seen[0].head.x_max_px, 512 + (4 + 0.15) * scale, 1e-2);
    EXPECT_NEAR(seen[0].head.y_max_px, 340 - (3 - 1.65) * scale, 1e-2);
    EXPECT_NEAR(seen[0].head.y_min_px, 340 - (3.9 - 1.65) * scale, 1e-2);
  }
}

TEST(MapLights, BacksAndWhatIsOutOfThePictureOrFarAreNotLookedAt) {
  EXPECT_TRUE(lights_in_view(street_with_light(), kOptics, camera_at(80, M_PI), {}).empty());  // its back
  EXPECT_TRUE(lights_in_view(street_with_light(), kOptics, camera_at(41, 0), {}).empty());     // behind
  EXPECT_TRUE(lights_in_view(street_with_light(), kOptics, camera_at(38, 0), {}).empty());     // too high
  EXPECT_TRUE(lights_in_view(street_with_light(), kOptics, camera_at(-90, 0), {}).empty());    // far
  EXPECT_TRUE(lights_in_view(street_with_light(), kOptics, camera_at(std::nan(""), 0), {}).empty());
}

TEST(LightMemory, AStateCountsOnceReadTwiceAndIsHeldForAWhile) {
  LightMemory memory({});
  const auto at = [](double s) { return base::Time{} + base::Duration::seconds(s); };
  memory.take("7", LightState::kRed, at(0));
  EXPECT_TRUE(memory.states(at(0)).signals.empty());
  memory.take("7", LightState::kRed, at(0.1));
  ASSERT_EQ(memory.states(at(0.1)).signals.size(), 1U);
  memory.take("7", LightState::kGreen, at(0.2));  // one reading is a mistake as likely as a change
  EXPECT_EQ(memory.states(at(0.2)).signals[0].state, LightState::kRed);
  memory.take("7", LightState::kUnknown, at(0.3));
  memory.take("7", LightState::kGreen, at(0.4));
  EXPECT_EQ(memory.states(at(0.4)).signals[0].state, LightState::kGreen);
  EXPECT_EQ(memory.states(at(1.3)).signals.size(), 1U);
  EXPECT_TRUE(memory.states(at(1.5)).signals.empty());
}

}  // namespace
}  // namespace hangil::camera
