// SPDX-License-Identifier: Apache-2.0
#include "lidar/detect_objects.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "lidar/made_obstacles.hpp"
#include "math/box2.hpp"

namespace hangil::lidar {
namespace {

using messages::Object;
using messages::ObjectClass;
using messages::ObstaclePoints;
using tests::cloud_of;
using tests::MadeBox;
using tests::obstacles_of;
using tests::street;

std::vector<Object> objects_of(const ObstaclePoints& points) {
  ObjectState state;
  return detect_objects(points, {}, state).objects;
}

math::Box2 outline_of(const messages::Box3& b) { return {{b.x_m, b.y_m, b.yaw_rad}, b.length_m, b.width_m}; }

// The object that overlaps most with a box of the scene.
const Object* best_for(const std::vector<Object>& objects, const MadeBox& box, double& overlap) {
  const Object* best = nullptr;
  overlap = 0;
  for (const Object& object : objects) {
    const double iou = math::intersection_over_union(outline_of(object.box), {box.pose, box.length_m, box.width_m});
    if (iou > overlap) overlap = iou, best = &object;
  }
  return best;
}

TEST(DetectObjects, FindsACarAtAnyYawAndPlace) {
  for (double yaw_rad = -1.5; yaw_rad < 1.6; yaw_rad += 0.31) {
    for (const math::Point2 at : {math::Point2{12, 4}, {18, -7}, {-11, -5}, {25, 1}, {3, 12}}) {
      const MadeBox car{{at.x_m, at.y_m, yaw_rad}, 4.1, 1.7, 1.5};
      double overlap = 0;
      const auto objects = objects_of(obstacles_of({.boxes = {car}}));
      const Object* found = best_for(objects, car, overlap);
      ASSERT_NE(found, nullptr) << yaw_rad;
      EXPECT_GT(overlap, 0.5) << at.x_m << " " << at.y_m << " " << yaw_rad;
      EXPECT_NEAR(found->box.height_m, 1.5, 0.2);
      EXPECT_NEAR(found->box.z_m, 0.75, 0.15);
      EXPECT_EQ(found->object_class, ObjectClass::kCar) << at.x_m << " " << at.y_m << " " << yaw_rad;
    }
  }
}

// The pedestrians are seen at a corner: one face alone is a board, not a body.
TEST(DetectObjects, NamesPedestrianAndVanByShape) {
  const std::vector<std::pair<MadeBox, ObjectClass>> cases = {
      {{{10, 3, 0.9}, 0.6, 0.5, 1.7}, ObjectClass::kPedestrian},
      {{{14, -5, 0.5}, 0.5, 0.5, 1.6}, ObjectClass::kPedestrian},
      {{{15, 5, 0.5}, 4.8, 1.9, 1.95}, ObjectClass::kVan},
  };
  for (const auto& [box, expected] : cases) {
    double overlap = 0;
    const auto objects = objects_of(obstacles_of({.boxes = {box}}));
    const Object* found = best_for(objects, box, overlap);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->object_class, expected) << messages::class_name(found->object_class);
    EXPECT_GT(found->existence_probability, 0.45f);
  }
}

TEST(DetectObjects, WallHasNoClassAndLongWallsAreLeftOut) {
  const MadeBox wall{{15, 6, 0.1}, 9, 0.3, 3};
  double overlap = 0;
  const auto objects = objects_of(obstacles_of({.boxes = {wall}}));
  const Object* found = best_for(objects, wall, overlap);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->object_class, ObjectClass::kUnknown);
  EXPECT_LT(found->existence_probability, 0.31f);
  for (const Object& object : objects_of(obstacles_of({.boxes = {{{15, 8, 0}, 40, 0.3, 3}}}))) {
    EXPECT_LE(object.box.length_m, ObjectConfig().unknown_length_most_m);
  }
}

TEST(DetectObjects, PedestrianHalfAMetreFromACarIsAnObjectOfItsOwn) {
  const MadeBox car{{12, 3, 0}, 4.2, 1.7, 1.5}, pedestrian{{12, 1.35, 0.785}, 0.5, 0.5, 1.75};
  const auto objects = objects_of(obstacles_of({.boxes = {car, pedestrian}}));
  double overlap = 0;
  ASSERT_NE(best_for(objects, pedestrian, overlap), nullptr);
  EXPECT_GT(overlap, 0.3);
  ASSERT_NE(best_for(objects, car, overlap), nullptr);
  EXPECT_GT(overlap, 0.5);
}

TEST(DetectObjects, WhatHangsOverACarDoesNotRaiseItsBox) {
  const MadeBox car{{12, 4, 0.4}, 4.1, 1.7, 1.5};
  ObstaclePoints points = obstacles_of({.boxes = {car}});
  std::mt19937 random(4);
  std::uniform_real_distribution<float> aside_m(-2.5f, 2.5f), height_m(2.6f, 3.9f);
  for (int i = 0; i < 400; ++i) {
    points.x_m.push_back(12 + aside_m(random));
    points.y_m.push_back(4 + aside_m(random));
    points.height_m.push_back(height_m(random));
    points.z_m.push_back(points.height_m.back());
    points.intensity.push_back(0);
  }
  double overlap = 0;
  const auto objects = objects_of(points);
  const Object* found = best_for(objects, car, overlap);
  ASSERT_NE(found, nullptr);
  EXPECT_GT(overlap, 0.5);
  EXPECT_NEAR(found->box.height_m, 1.5, 0.2);
  EXPECT_EQ(found->object_class, ObjectClass::kCar);
}

TEST(DetectObjects, OrderOfThePointsDoesNotMatter) {
  const ObstaclePoints points = obstacles_of(street());
  std::vector<std::size_t> order(points.x_m.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(8));
  ObstaclePoints shuffled = points;
  for (auto member : {&ObstaclePoints::x_m, &ObstaclePoints::y_m, &ObstaclePoints::z_m, &ObstaclePoints::intensity,
                      &ObstaclePoints::height_m}) {
    for (std::size_t i = 0; i < order.size(); ++i) (shuffled.*member)[i] = (points.*member)[order[i]];
  }
  messages::Objects a, b;
  a.objects = objects_of(points);
  b.objects = objects_of(shuffled);
  ASSERT_FALSE(a.objects.empty());
  EXPECT_TRUE(base::diff(a, b).empty());
}

// The scene turned about the sensor (the ego origin lies below it here, so that the grids stay centred).
TEST(DetectObjects, ATurnedSceneHasTurnedBoxes) {
  ObstaclePoints points = obstacles_of(street());
  points.sensor_x_m = points.sensor_y_m = 0;
  for (const double turn_rad : {0.5, 1.5707963, 2.9, -1.1}) {
    ObstaclePoints turned = points;
    const float c = static_cast<float>(std::cos(turn_rad)), s = static_cast<float>(std::sin(turn_rad));
    for (std::size_t i = 0; i < points.x_m.size(); ++i) {
      turned.x_m[i] = c * points.x_m[i] - s * points.y_m[i];
      turned.y_m[i] = s * points.x_m[i] + c * points.y_m[i];
    }
    const auto objects = objects_of(turned);
    for (std::size_t k = 0; k < 3; ++k) {
      const MadeBox box = street().boxes[k];
      double before = 0, after = 0;
      const auto originals = objects_of(points);
      best_for(originals, box, before);
      MadeBox moved = box;
      moved.pose = math::Pose2{0, 0, turn_rad} * box.pose;
      best_for(objects, moved, after);
      EXPECT_NEAR(before, after, 0.2) << k << " turned by " << turn_rad;
      EXPECT_GT(after, 0.4);
    }
  }
}

TEST(DetectObjects, AShiftedSceneHasShiftedBoxes) {
  const ObstaclePoints points = obstacles_of(street());
  const auto before = objects_of(points);
  // A whole number of cells keeps the grid's lines where they were among the points.
  const float dx_m = 0.125f * 17, dy_m = -0.125f * 29;
  ObstaclePoints shifted = points;
  for (float& x_m : shifted.x_m) x_m += dx_m;
  for (float& y_m : shifted.y_m) y_m += dy_m;
  shifted.sensor_x_m += dx_m, shifted.sensor_y_m += dy_m;
  const auto after = objects_of(shifted);
  ASSERT_EQ(before.size(), after.size());
  for (const Object& object : before) {
    const auto is_twin = [&](const Object& other) {
      return std::hypot(other.box.x_m - object.box.x_m - dx_m, other.box.y_m - object.box.y_m - dy_m) < 0.05 &&
             other.object_class == object.object_class;
    };
    EXPECT_TRUE(std::any_of(after.begin(), after.end(), is_twin)) << object.box.x_m << " " << object.box.y_m;
  }
}

TEST(DetectObjects, AreSortedByDistance) {
  const auto objects = objects_of(obstacles_of(street()));
  ASSERT_GE(objects.size(), 3u);
  for (std::size_t i = 1; i < objects.size(); ++i) {
    const auto &a = objects[i - 1].box, &b = objects[i].box;
    EXPECT_LE(std::hypot(a.x_m, a.y_m), std::hypot(b.x_m, b.y_m));
  }
}

TEST(DetectObjects, OddPointsAreTaken) {
  EXPECT_TRUE(objects_of({}).empty());
  EXPECT_TRUE(objects_of(cloud_of({{5, 5, 1}})).empty());
  EXPECT_TRUE(objects_of(cloud_of(std::vector<std::array<float, 3>>(50, {1000, 0, 1}))).empty());
  const float bad = std::nanf("");
  EXPECT_TRUE(objects_of(cloud_of(std::vector<std::array<float, 3>>(50, {bad, bad, bad}))).empty());
  EXPECT_TRUE(objects_of(cloud_of(std::vector<std::array<float, 3>>(50, {INFINITY, -INFINITY, 1}))).empty());
}

TEST(DetectObjects, TwoMillionPointsAtOneSpotAreOneObject) {
  const auto objects = objects_of(cloud_of(std::vector<std::array<float, 3>>(2'000'000, {6, 2, 1})));
  ASSERT_EQ(objects.size(), 1u);
  EXPECT_EQ(objects[0].point_count, 2'000'000u);
  EXPECT_NEAR(objects[0].box.x_m, 6, 1e-3);
}

// A point at the sensor itself has no direction.
TEST(DetectObjects, PointsAtTheSensorAreTaken) {
  const auto objects = objects_of(cloud_of(std::vector<std::array<float, 3>>(20, {0, 0, 1})));
  ASSERT_EQ(objects.size(), 1u);
  EXPECT_TRUE(std::isfinite(objects[0].box.yaw_rad));
}

TEST(DetectObjects, SecondScanUsesTheSameMemory) {
  const ObstaclePoints points = obstacles_of(street());
  ObjectState state;
  detect_objects(points, {}, state);
  const float* sorted = state.tree.x_m.data();
  const Segment* segments = state.tree.segments.data();
  const Object* objects = state.objects.data();
  const auto runs = state.tree.coarse_parts.run_labels.data();
  detect_objects(points, {}, state);
  EXPECT_EQ(sorted, state.tree.x_m.data());
  EXPECT_EQ(segments, state.tree.segments.data());
  EXPECT_EQ(objects, state.objects.data());
  EXPECT_EQ(runs, state.tree.coarse_parts.run_labels.data());
}

}  // namespace
}  // namespace hangil::lidar
