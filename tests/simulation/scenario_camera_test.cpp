// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_camera.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "map/open_drive.hpp"
#include "map/road_pose.hpp"
#include "math/isometry.hpp"
#include "simulation/dice.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Vector3d;
using messages::LightState;
using messages::ObjectClass;
using tests::Dice;

fusion::CameraMount front_camera(double height_m = 1.65) {
  fusion::CameraMount mount;
  mount.name = "front", mount.frame_id = "camera_front";
  mount.optics = {320, 320, 256, 170, 512, 320};
  Eigen::Matrix3d R_ego_camera;  // x right, y down, z forward
  R_ego_camera << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  mount.T_ego_camera.linear() = R_ego_camera;
  mount.T_ego_camera.translation() << 1.1, 0, height_m;
  return mount;
}

std::shared_ptr<const map::Map> road_of(const std::string& name) {
  auto map = map::read_open_drive(std::string(HANGIL_SOURCE_DIR) + "/scenarios/roads/" + name + ".xodr");
  EXPECT_TRUE(map) << map.error().message;
  return std::make_shared<const map::Map>(*std::move(map));
}

// On a road, at its height, looking along it.
math::PoseSample on_road(const map::Map& map, double s_m, double t_m) {
  const map::RoadPose pose = map::road_pose(map.road(0), s_m, t_m);
  const double half = pose.heading_rad / 2;
  return {.x_m = pose.x_m, .y_m = pose.y_m, .z_m = pose.z_m, .qz = std::sin(half), .qw = std::cos(half)};
}

messages::TruthObjects scene_of(std::vector<messages::TruthObject> objects) {
  messages::TruthObjects truth;
  truth.header.stamp = base::Time{1};
  truth.objects = std::move(objects);
  return truth;
}

messages::TruthObject block_at(int id, double x_m, double y_m, double yaw_rad, const Vector3d& size_m) {
  messages::TruthObject object;
  object.id = id, object.object_class = ObjectClass::kOther;
  object.box = {x_m, y_m, size_m.z() / 2, yaw_rad, size_m.x(), size_m.y(), size_m.z()};
  return object;
}

// A pixel where the pinhole of math projects a point of the world, if it is in the picture.
std::optional<std::array<int, 2>> pixel_of(const ScenarioCamera& camera, const math::PoseSample& ego,
                                           const Vector3d& p_map) {
  const Vector3d p = (math::isometry(ego) * camera.mount().T_ego_camera).inverse() * p_map;
  const auto pixel = math::project(camera.mount().optics, p);
  if (!pixel || !camera.mount().optics.contains(*pixel)) return std::nullopt;
  return std::array{static_cast<int>(pixel->x_px), static_cast<int>(pixel->y_px)};
}

// Of the pixels around one, itself among them.
template <class Is>
bool any_near(const std::array<int, 2>& pixel, const Canvas& canvas, const Is& is) {
  bool found = false;
  for (int y = std::max(0, pixel[1] - 1); y <= std::min(canvas.height() - 1, pixel[1] + 1); ++y) {
    for (int x = std::max(0, pixel[0] - 1); x <= std::min(canvas.width() - 1, pixel[0] + 1); ++x)
      found = found || is(x, y);
  }
  return found;
}

// Of a solid marking 8 to 26 m ahead: painted within a pixel of where it is, and nothing of it half a metre beside it.
int marking_points(const ScenarioCamera& camera, const map::Map& map, const math::PoseSample& ego, double s_m,
                   int lane) {
  const map::Road& road = map.road(0);
  const map::LaneSection& section = map::section_at(road, s_m);
  int seen = 0;
  for (double ahead_m = 8; ahead_m < 26; ahead_m += 0.7) {
    const map::LaneEdges edges = map::lane_edges(road, section, lane, s_m + ahead_m);
    const double t_m = section.lanes[static_cast<std::size_t>(lane)].id > 0 ? edges.left_t_m : edges.right_t_m;
    for (const double beside_m : {0.0, -0.6, 0.6}) {
      const map::RoadPose at = map::road_pose(road, s_m + ahead_m, t_m + beside_m);
      const auto pixel = pixel_of(camera, ego, {at.x_m, at.y_m, at.z_m});
      if (!pixel || ((*pixel)[0] < 2 || (*pixel)[0] > camera.canvas().width() - 3)) continue;
      const bool is_painted = any_near(*pixel, camera.canvas(),
                                       [&](int x, int y) { return camera.canvas().colour(x, y) == kPaint.colour; });
      if (std::abs(t_m + 1.5) > 4) continue;  // seen too slantingly
      EXPECT_EQ(is_painted, beside_m == 0) << s_m + ahead_m << " lane " << lane << " " << beside_m;
      if (beside_m == 0) ++seen;
    }
  }
  return seen;
}

TEST(ScenarioCamera, PointsOfLaneMarkingsAreWhereThePinholeProjectsThem) {
  for (const char* name : {"motorway", "rural", "street"}) {
    const auto map = road_of(name);
    ScenarioCamera camera(front_camera(), map, 0);
    int seen = 0;
    for (const double s_m : {20.0, 130.0, 250.0}) {
      const math::PoseSample ego = on_road(*map, s_m, -1.5);
      ASSERT_TRUE(camera.look(scene_of({}), nullptr, ego));
      const auto& lanes = map::section_at(map->road(0), s_m).lanes;
      for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        if (lanes[lane].marks.size() != 1 || lanes[lane].marks[0].type != "solid") continue;
        seen += marking_points(camera, *map, ego, s_m, static_cast<int>(lane));
      }
    }
    EXPECT_GT(seen, 50) << name;
  }
}

TEST(ScenarioCamera, SolidsCoverTheirSilhouetteWithTheirCornersInPlace) {
  ScenarioCamera camera(front_camera(), nullptr, 0);
  const math::PoseSample ego{.x_m = 5, .y_m = -7, .z_m = 2, .qz = std::sin(0.4), .qw = std::cos(0.4)};
  const Canvas& canvas = camera.canvas();
  int corner_count = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    Dice dice(seed);
    const Vector3d size(dice.between(1, 5), dice.between(1, 3), dice.between(0.5, 3));
    const auto object = block_at(1, dice.between(9, 40), dice.between(-6, 6), dice.between(-3, 3), size);
    const messages::Box3& box = object.box;
    ASSERT_TRUE(camera.look(scene_of({object}), nullptr, ego));
    math::PixelBox painted{1e9, 1e9, -1e9, -1e9};
    for (int i = 0; i < canvas.width() * canvas.height(); ++i) {
      const int x = i % canvas.width(), y = i / canvas.width();
      if (std::isinf(canvas.depth_m(x, y)) || canvas.colour(x, y) == Colour{44, 44, 48}) continue;  // not its shadow
      painted = {std::min(painted.left_px, double(x)), std::min(painted.top_px, double(y)),
                 std::max(painted.right_px, x + 1.0), std::max(painted.bottom_px, y + 1.0)};
    }
    const auto seen = math::silhouette(camera.mount().optics, camera.mount().T_ego_camera.inverse(),
                                       {box.x_m, box.y_m, box.z_m, box.yaw_rad, size.x(), size.y(), size.z()});
    ASSERT_TRUE(seen);
    EXPECT_NEAR(painted.left_px, seen->box.left_px, 1.5) << seed;
    EXPECT_NEAR(painted.right_px, seen->box.right_px, 1.5) << seed;
    EXPECT_NEAR(painted.top_px, seen->box.top_px, 1.5) << seed;
    EXPECT_NEAR(painted.bottom_px, seen->box.bottom_px, 1.5) << seed;
    const Eigen::Isometry3d T_ego_box =
        Eigen::Translation3d(box.x_m, box.y_m, box.z_m) * Eigen::AngleAxisd(box.yaw_rad, Vector3d::UnitZ());
    const Vector3d eye = T_ego_box.inverse() * camera.mount().T_ego_camera.translation();
    for (int i = 0; i < 8; ++i) {
      const Vector3d corner = Vector3d(i & 1 ? 0.5 : -0.5, i & 2 ? 0.5 : -0.5, i & 4 ? 0.5 : -0.5).cwiseProduct(size);
      // Seen where one of its faces looks at the camera, and not from so flat that a pixel spans it.
      const Vector3d ahead = corner.cwiseSign().cwiseProduct(eye) - size / 2;
      if (ahead.maxCoeff() < 0.25 * eye.norm()) continue;
      const auto pixel = pixel_of(camera, ego, math::isometry(ego) * (T_ego_box * corner));
      if (!pixel) continue;
      const double depth_m = (camera.mount().T_ego_camera.inverse() * (T_ego_box * corner)).z();
      EXPECT_TRUE(
          any_near(*pixel, canvas, [&](int x, int y) { return std::abs(canvas.depth_m(x, y) - depth_m) < 0.5; }))
          << seed << " corner " << i << " at " << depth_m;
      ++corner_count;
    }
  }
  EXPECT_GT(corner_count, 100);
}

TEST(ScenarioCamera, WhatStandsInFrontHidesWhatIsBehindWhateverTheOrder) {
  ScenarioCamera camera(front_camera(), nullptr, 0);
  const auto near = block_at(1, 10, 0, 0, {1, 1, 1}), far = block_at(2, 20, 0, 0, {1, 6, 3});
  ASSERT_TRUE(camera.look(scene_of({near, far}), nullptr, {}));
  const auto first = camera.picture(base::Time{1}, 1).rgb;
  const auto pixel = pixel_of(camera, {}, {9.5, 0, 0.5}), beside = pixel_of(camera, {}, {19.5, 2.5, 1.5});
  EXPECT_NEAR(camera.canvas().depth_m((*pixel)[0], (*pixel)[1]), 9.5 - 1.1, 0.02);
  EXPECT_NEAR(camera.canvas().depth_m((*beside)[0], (*beside)[1]), 19.5 - 1.1, 0.02);
  ASSERT_TRUE(camera.look(scene_of({far, near}), nullptr, {}));
  EXPECT_EQ(camera.picture(base::Time{1}, 1).rgb, first);
}

TEST(ScenarioCamera, LampsShowTheStateOfTheirSignal) {
  const auto map = road_of("street");
  ScenarioCamera camera(front_camera(), map, 0);
  const math::PoseSample ego = on_road(*map, 470, -1.6);
  const SignalBoards boards = signal_boards(*map);
  ASSERT_EQ(boards.lamps.size(), 3U);
  for (const LightState state : {LightState::kUnknown, LightState::kRed, LightState::kYellow, LightState::kGreen,
                                 LightState::kRedYellow, LightState::kOff}) {
    messages::SignalStates signals;
    signals.signals = {{"1", state}};
    ASSERT_TRUE(camera.look(scene_of({}), &signals, ego));
    for (const Lamp& lamp : boards.lamps) {
      const auto pixel = pixel_of(camera, ego, lamp.middle);
      ASSERT_TRUE(pixel);
      EXPECT_EQ(camera.canvas().colour((*pixel)[0], (*pixel)[1]), lamp_colour(lamp.place, state));
    }
  }
  EXPECT_NE(lamp_colour(0, LightState::kRed), lamp_colour(0, LightState::kGreen));
}

TEST(ScenarioCamera, TheSamePlaceHasTheSamePictureWhicheverWayEgoCame) {
  const auto map = road_of("rural");
  ScenarioCamera straight(front_camera(), map, 1.5), roundabout(front_camera(), map, 1.5);
  const auto truth = scene_of({block_at(1, 12, 2, 0.3, {2, 2, 2})});
  const math::PoseSample here = on_road(*map, 150, -1.7);
  for (const double s_m : {10.0, 170.0, 149.0}) ASSERT_TRUE(roundabout.look(truth, nullptr, on_road(*map, s_m, -1.7)));
  ASSERT_TRUE(straight.look(truth, nullptr, here));
  ASSERT_TRUE(roundabout.look(truth, nullptr, here));
  const auto first = straight.image(base::Time{5}, 3), second = roundabout.image(base::Time{5}, 3);
  EXPECT_EQ(first.data, second.data);
  EXPECT_NE(straight.image(base::Time{5}, 4).data, first.data);  // other noise
  EXPECT_NE(straight.image(base::Time{6}, 3).data, first.data);
}

TEST(ScenarioCamera, AnEmptyWorldIsSkyOverGround) {
  ScenarioCamera camera(front_camera(), nullptr, 0);
  ASSERT_TRUE(camera.look(scene_of({}), nullptr, {}));
  const Colour above = camera.canvas().colour(256, 5), below = camera.canvas().colour(256, 300);
  EXPECT_GT(above.blue, above.red + 20);
  EXPECT_EQ(below, kAsphalt.colour);
  EXPECT_TRUE(std::isinf(camera.canvas().depth_m(256, 300)));
}

TEST(ScenarioCamera, PosesThatAreNoneAreRefusedAndOddOnesDoNoHarm) {
  const auto map = road_of("street");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ScenarioCamera camera(front_camera(), map, 1);
  auto broken = block_at(1, nan, 2, 0.3, {2, 2, 2});
  EXPECT_FALSE(camera.look(scene_of({}), nullptr, {.x_m = nan}));
  EXPECT_FALSE(camera.look(scene_of({}), nullptr, {.qw = 0}));
  EXPECT_FALSE(camera.look(scene_of({}), nullptr, {.z_m = std::numeric_limits<double>::infinity()}));
  EXPECT_TRUE(camera.look(scene_of({broken}), nullptr, on_road(*map, 100, 0)));
  math::PoseSample below = on_road(*map, 100, 0);
  for (const double z_m : {-5.0, -1.65, 40.0, 1e7}) {
    below.z_m = z_m;
    EXPECT_TRUE(camera.look(scene_of({block_at(1, 1.1, 0, 0, {4, 4, 4})}), nullptr, below)) << z_m;
    EXPECT_EQ(camera.picture(base::Time{1}, 1).rgb.size(), 3U * 512 * 320);
  }
  EXPECT_TRUE(camera.look(scene_of({}), nullptr, {.x_m = 1e8, .y_m = -1e8, .qx = 1, .qw = 0}));  // nowhere, head down
}

TEST(ScenarioCamera, SaysWhatIsWrongWithItsRig) {
  ScenarioCameraConfig config;
  config.scenario_file = std::string(HANGIL_SOURCE_DIR) + "/scenarios/red_light/red_light.xosc";
  config.rig_file = std::string(HANGIL_SOURCE_DIR) + "/configs/sensors/closed_loop.yaml", config.camera = "rear";
  const auto camera = ScenarioCamera::load(config);
  ASSERT_FALSE(camera);
  EXPECT_NE(camera.error().message.find("'rear'"), std::string::npos);
  config.rig_file = "/nowhere.yaml";
  EXPECT_FALSE(ScenarioCamera::load(config));
}

}  // namespace
}  // namespace hangil::simulation
