// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_lidar.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "map/open_drive.hpp"
#include "map/road_pose.hpp"
#include "simulation/bodies.hpp"
#include "simulation/truth_bodies.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Vector3d;
using messages::ObjectClass;

ScenarioLidarConfig on_motorway() {
  ScenarioLidarConfig config;
  config.scenario_file = std::string(HANGIL_SOURCE_DIR) + "/scenarios/cut_in_close/cut_in_close.xosc";
  config.range_noise_m = 0;
  return config;
}

messages::TruthObject lone_object(double x_m, double y_m, ObjectClass object_class, const Vector3d& size_m) {
  messages::TruthObject object;
  object.id = 7, object.object_class = object_class;
  object.box = {x_m, y_m, size_m.z() / 2, 0.3, size_m.x(), size_m.y(), size_m.z()};
  return object;
}

messages::TruthObjects truth_with(std::vector<messages::TruthObject> objects) {
  messages::TruthObjects truth;
  truth.header.stamp = base::Time{1};
  truth.objects = std::move(objects);
  return truth;
}

math::PoseSample standing_at(double x_m, double y_m) {
  math::PoseSample ego;
  ego.x_m = x_m, ego.y_m = y_m;
  return ego;
}

// A point of the box's own axes lies within it, by a margin.
bool is_within(const messages::Box3& box, double x_m, double y_m, double z_m, double margin_m) {
  const double dx = x_m - box.x_m, dy = y_m - box.y_m;
  const double along = std::cos(box.yaw_rad) * dx + std::sin(box.yaw_rad) * dy;
  const double across = -std::sin(box.yaw_rad) * dx + std::cos(box.yaw_rad) * dy;
  return std::abs(along) <= box.length_m / 2 + margin_m && std::abs(across) <= box.width_m / 2 + margin_m &&
         std::abs(z_m - box.z_m) <= box.height_m / 2 + margin_m;
}

TEST(Figure, FillsTheSizeItIsMadeFor) {
  const std::vector<std::pair<ObjectClass, Vector3d>> sizes = {
      {ObjectClass::kCar, {5.1, 2.0, 1.9}},     {ObjectClass::kVan, {4.4, 1.8, 1.9}},
      {ObjectClass::kTruck, {16.5, 2.55, 4.0}}, {ObjectClass::kBus, {18, 2.55, 3.2}},
      {ObjectClass::kTram, {30, 2.65, 3.6}},    {ObjectClass::kPedestrian, {0.4, 0.5, 1.2}},
      {ObjectClass::kCyclist, {2.0, 0.7, 1.9}}, {ObjectClass::kMotorcycle, {2.2, 0.9, 1.5}},
      {ObjectClass::kOther, {1.2, 0.8, 0.15}},  {ObjectClass::kUnknown, {1, 1, 1}}};
  for (const auto& [object_class, size] : sizes) {
    const Actor figure = figure_of(3, object_class, size, 0.5);
    const Extent whole = extent(figure.body);
    const Vector3d middle(figure.centre_ahead_m, 0, size.z() / 2), slack(0.02, 0.02, 0.02);
    const Vector3d low = middle - size / 2, high = middle + size / 2;
    EXPECT_EQ(figure.object_class, object_class);
    EXPECT_TRUE(((whole.most - high - slack).array() <= 0).all()) << messages::class_name(object_class);
    EXPECT_TRUE(((low - slack - whole.least).array() <= 0).all()) << messages::class_name(object_class);
    EXPECT_GE(whole.most.x() - whole.least.x(), 0.8 * size.x()) << messages::class_name(object_class);
    EXPECT_GE(whole.most.y() - whole.least.y(), 0.8 * size.y()) << messages::class_name(object_class);
    EXPECT_NEAR(whole.most.z(), size.z(), 0.03 * size.z()) << messages::class_name(object_class);
  }
}

TEST(ScenarioLidar, EchoesOfAnObjectLieInItsBox) {
  auto lidar = ScenarioLidar::load(on_motorway());
  ASSERT_TRUE(lidar) << lidar.error().message;
  for (const auto& [object_class, size] :
       {std::pair{ObjectClass::kCar, Vector3d(4.4, 1.8, 1.5)}, std::pair{ObjectClass::kTruck, Vector3d(12, 2.5, 3.8)},
        std::pair{ObjectClass::kPedestrian, Vector3d(0.6, 0.5, 1.8)}}) {
    messages::TruthObjects truth = truth_with({lone_object(15, 1, object_class, size)});
    const math::PoseSample ego = standing_at(100, -5);
    const TruthBodies bodies(truth, ego);
    const LidarSpec spec = on_motorway().spec();
    const auto echoes = scan(level_ground({100, -5}, 0, 150), bodies.placed(), ego, spec, 1);
    std::uint32_t on_object = 0;
    for (const Echo& echo : echoes) {
      const Vector3d p = spec.T_ego_lidar * Vector3d(echo.x_m, echo.y_m, echo.z_m);
      const bool is_inside = is_within(truth.objects[0].box, p.x(), p.y(), p.z(), 0.01);
      if (echo.actor != 0) continue;
      EXPECT_TRUE(is_inside) << p.transpose();
      ++on_object;
    }
    EXPECT_GT(on_object, 30U) << messages::class_name(object_class);
    lidar->scan(truth, ego, 1);
    EXPECT_GT(truth.objects[0].point_count, 30U) << messages::class_name(object_class);
  }
}

TEST(ScenarioLidar, AMovingObjectIsSeenWhereItIsAtTheStampStraightAhead) {
  messages::TruthObjects truth = truth_with({lone_object(20, 0, ObjectClass::kVan, {5, 2, 2.2})});
  truth.objects[0].box.yaw_rad = 0;
  truth.objects[0].vx_mps = 30, truth.objects[0].has_velocity = true;
  const math::PoseSample ego = standing_at(0, 0);
  const TruthBodies bodies(truth, ego);
  const auto echoes = scan(level_ground({0, 0}, 0, 150), bodies.placed(), ego, on_motorway().spec(), 1);
  double nearest_m = 1e9;
  for (const Echo& echo : echoes) {
    if (echo.actor == 0 && std::abs(echo.time_s) < 1e-3) nearest_m = std::min(nearest_m, echo.x_m + 0.81);
  }
  EXPECT_NEAR(nearest_m, 20 - 2.5, 0.1);
}

TEST(ScenarioLidar, TheSamePlaceHasTheSamePointsWhicheverWayEgoCame) {
  auto straight = ScenarioLidar::load(on_motorway()), roundabout = ScenarioLidar::load(on_motorway());
  ASSERT_TRUE(straight && roundabout);
  messages::TruthObjects truth = truth_with({});
  roundabout->scan(truth, standing_at(40, -4), 3);
  const auto near = standing_at(100, -4), first = standing_at(70, -4);
  roundabout->scan(truth, first, 3);
  EXPECT_EQ(straight->scan(truth, near, 3).data, roundabout->scan(truth, near, 3).data);
}

// A straight road eastward over a dip and a crest, one lane of 4 m each way.
map::Map hilly_road() {
  auto map = map::parse_open_drive(R"(<OpenDRIVE><header revMajor="1" revMinor="7"/>
    <road name="" length="400" id="1" junction="-1">
      <planView><geometry s="0" x="0" y="0" hdg="0" length="400"><line/></geometry></planView>
      <elevationProfile>
        <elevation s="0" a="2" b="0" c="-0.0006" d="0"/><elevation s="100" a="-4" b="-0.12" c="0.0012" d="0"/>
        <elevation s="250" a="5" b="0.24" c="-0.001" d="0"/>
      </elevationProfile>
      <lanes><laneSection s="0">
        <left><lane id="1" type="driving"><width sOffset="0" a="4" b="0" c="0" d="0"/></lane></left>
        <center><lane id="0" type="none"/></center>
        <right><lane id="-1" type="driving"><width sOffset="0" a="4" b="0" c="0" d="0"/></lane></right>
      </laneSection></lanes>
    </road></OpenDRIVE>)",
                                   "hilly.xodr");
  EXPECT_TRUE(map) << map.error().message;
  return *std::move(map);
}

TEST(RoadGround, HasTheHeightsOfItsRoadAndGrassBesideIt) {
  const map::Map map = hilly_road();
  for (const double middle_m : {60.0, 180.0, 330.0}) {
    const double z_m = map::road_pose(map.road(0), middle_m, 0).z_m;
    const GroundRaster ground = road_ground(map, {middle_m, 0}, z_m, 60);
    for (double s_m = middle_m - 50; s_m <= middle_m + 50; s_m += 3.7) {
      for (const double t_m : {-3.0, 2.5, 9.0}) {
        const double height_m = map::road_pose(map.road(0), s_m, 0).z_m;
        const auto crossing = ground.intersect(Ray{{s_m, t_m, height_m + 5}, {0, 0, -1}}, 20);
        ASSERT_TRUE(crossing) << s_m;
        EXPECT_NEAR(crossing->range_m, 5, 0.005) << s_m << " " << t_m;
        EXPECT_EQ(crossing->surface.reflectance_ratio, (std::abs(t_m) < 4 ? kAsphalt : kGrass).reflectance_ratio);
      }
    }
  }
}

// Slanted rays meet the raster where stepping along them in small steps does.
TEST(RoadGround, IsMetWhereTheRayFirstComesDown) {
  const map::Map map = hilly_road();
  const GroundRaster ground = road_ground(map, {200, 0}, 0, 180);
  for (double from_m = 60; from_m < 330; from_m += 31) {
    const double eye_m = ground.land(from_m, 1).value_m + 1.73;
    for (double down_rad = 0.01; down_rad < 0.4; down_rad *= 1.4) {
      const Ray ray{{from_m, 1, eye_m}, Vector3d(std::cos(down_rad), 0.02, -std::sin(down_rad)).normalized()};
      double expected_m = 0;
      for (Vector3d p = ray.origin; p.z() > ground.land(p.x(), p.y()).value_m && expected_m < 110; expected_m += 0.002)
        p = ray.origin + expected_m * ray.direction;
      if (expected_m >= 110 || from_m + expected_m > 375) continue;
      const auto crossing = ground.intersect(ray, 120);
      ASSERT_TRUE(crossing) << from_m << " " << down_rad;
      const Vector3d met = ray.origin + crossing->range_m * ray.direction;
      EXPECT_NEAR(met.z(), ground.land(met.x(), met.y()).value_m, 2e-3) << from_m << " " << down_rad;
      EXPECT_LT(crossing->range_m, expected_m + 0.2);
    }
  }
}

TEST(ScenarioLidar, SaysWhatIsWrongWithItsScenario) {
  ScenarioLidarConfig config;
  config.scenario_file = "/nowhere/nothing.xosc";
  const auto lidar = ScenarioLidar::load(config);
  ASSERT_FALSE(lidar);
  EXPECT_NE(lidar.error().message.find("/nowhere/nothing.xosc"), std::string::npos);
}

}  // namespace
}  // namespace hangil::simulation
