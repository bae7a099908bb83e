// SPDX-License-Identifier: Apache-2.0
#include "camera/road_users.hpp"

#include <random>

#include <gtest/gtest.h>

namespace hangil::camera {

namespace {

using messages::ObjectClass;

constexpr ImageBox kBicycle{100, 150, 160, 200, 0.5F, 1}, kRider{110, 100, 150, 195, 0.8F, 0};
constexpr ImageBox kWalker{300, 100, 330, 200, 0.7F, 0}, kCar{400, 120, 500, 190, 0.9F, 2};

std::vector<ObjectClass> classes_of(const std::vector<messages::ImageObject>& objects) {
  std::vector<ObjectClass> classes;
  for (const auto& object : objects) classes.push_back(object.object_class);
  return classes;
}

}  // namespace

TEST(RoadUsers, APersonOnABicycleIsOneCyclistAroundBoth) {
  const auto users = road_users({kCar, kRider, kWalker, kBicycle}, 640, 480);
  EXPECT_EQ(classes_of(users), (std::vector{ObjectClass::kCar, ObjectClass::kPedestrian, ObjectClass::kCyclist}));
  EXPECT_EQ(users[2].y_min_px, 100);
  EXPECT_EQ(users[2].x_max_px, 160);
  EXPECT_EQ(users[2].existence_probability, 0.8F);
}

TEST(RoadUsers, OnePersonRidesOneBicycleOnly) {
  ImageBox other = kBicycle;
  other.x_min += 4, other.x_max += 4;
  const auto users = road_users({kRider, kBicycle, other}, 640, 480);
  EXPECT_EQ(classes_of(users), (std::vector{ObjectClass::kCyclist, ObjectClass::kOther}));
}

TEST(RoadUsers, WhoStandsBesideABicycleWalks) {
  ImageBox beside = kRider;
  beside.x_min += 60, beside.x_max += 60;
  EXPECT_EQ(classes_of(road_users({beside, kBicycle}, 640, 480)),
            (std::vector{ObjectClass::kPedestrian, ObjectClass::kOther}));
}

TEST(RoadUsers, BoxesEndAtThePictureAndFurnitureIsLeftOut) {
  ImageBox chair = kCar, leaving = kCar, gone = kCar;
  chair.class_index = 56;
  leaving.x_max = 900, leaving.y_min = -20;
  gone.x_min = 700, gone.x_max = 800;
  const auto users = road_users({chair, leaving, gone}, 640, 480);
  ASSERT_EQ(users.size(), 1u);
  EXPECT_EQ(users[0].x_max_px, 640);
  EXPECT_EQ(users[0].y_min_px, 0);
}

TEST(RoadUsers, TrafficLightsGoTheirOwnWay) {
  ImageBox light = kCar;
  light.class_index = 9;
  EXPECT_TRUE(road_users({light}, 640, 480).empty());
  const auto heads = signal_heads({kCar, light}, 640, 480);
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].state, messages::LightState::kUnknown);
}

TEST(ImageBox, OverlapIsSymmetricAndOneForTheSame) {
  std::mt19937 random(7);
  const auto side = [&] { return static_cast<float>(random() % 100); };
  for (int i = 0; i < 500; ++i) {
    const float x = side(), y = side(), u = side(), v = side();
    const ImageBox a{x, y, x + 1 + side(), y + 1 + side()}, b{u, v, u + 1 + side(), v + 1 + side()};
    EXPECT_EQ(overlap_ratio(a, b), overlap_ratio(b, a));
    EXPECT_FLOAT_EQ(overlap_ratio(a, a), 1);
    EXPECT_GE(overlap_ratio(a, b), 0);
    EXPECT_LE(overlap_ratio(a, b), 1);
  }
}

TEST(ImageBox, OfDoublesOfAClassTheBestStays) {
  ImageBox worse = kCar, other_class = kCar;
  worse.x_min += 5, worse.score = 0.6F;
  other_class.class_index = 7, other_class.score = 0.5F;
  const auto kept = suppress_doubles({kCar, worse, other_class}, 0.6F);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].score, 0.9F);
  EXPECT_EQ(kept[1].class_index, 7);
}

TEST(ImageBox, TheOrderDoesNotDependOnHowBoxesWereFound) {
  std::mt19937 random(3);
  std::vector<ImageBox> boxes;
  for (int i = 0; i < 60; ++i)
    boxes.push_back({static_cast<float>(i % 7), 0, 10, 10, static_cast<float>(i % 5), i % 3});
  std::vector<ImageBox> sorted = boxes, shuffled = boxes;
  std::shuffle(shuffled.begin(), shuffled.end(), random);
  sort_best_first(sorted);
  sort_best_first(shuffled);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_EQ(sorted[i].score, shuffled[i].score);
    EXPECT_EQ(sorted[i].class_index, shuffled[i].class_index);
    EXPECT_EQ(sorted[i].x_min, shuffled[i].x_min);
  }
}

}  // namespace hangil::camera
