// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_gnn_boxes.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "lidar/made_pillars.hpp"
#include "messages/box3_overlap.hpp"

namespace hangil::lidar {
namespace {

using messages::Box3;

// A camera at the ego's origin that looks ahead: x right, y down, z forward.
SensorPose looking_ahead() { return {.rotation = {0, 0, 1, -1, 0, 0, 0, -1, 0}}; }

GnnAnswer answer_of(std::size_t car_class, float probability, const std::array<float, kGnnBoxNumbers>& numbers) {
  GnnAnswer answer;
  answer.count = 1;
  answer.probabilities.resize(1);
  answer.boxes.resize(1);
  answer.probabilities[0][car_class + 1] = probability;
  answer.boxes[0][car_class] = numbers;
  return answer;
}

std::vector<ScoredBox> decoded(const GnnAnswer& answer) {
  Points keypoints;
  tests::add_point(keypoints, 2, 1, 20);
  std::vector<ScoredBox> boxes;
  decode_boxes(answer, keypoints, looking_ahead(), 0.25, boxes);
  return boxes;
}

// Numbers of zero: the typical car, its underside's middle at the keypoint (2 m right, 1 m down, 20 m ahead), aside.
TEST(DecodeBoxes, ZerosAreATypicalCarAtItsKeypoint) {
  const auto boxes = decoded(answer_of(0, 0.9f, {}));
  ASSERT_EQ(boxes.size(), 1u);
  EXPECT_NEAR(boxes[0].score, 0.9, 1e-6);
  const Box3& box = boxes[0].box;
  EXPECT_NEAR(box.x_m, 20, 1e-6);
  EXPECT_NEAR(box.y_m, -2.06, 1e-6);
  EXPECT_NEAR(box.z_m, -1 + 0.75, 1e-6);
  EXPECT_NEAR(box.length_m, 3.88, 1e-6);
  EXPECT_NEAR(box.width_m, 1.63, 1e-6);
  EXPECT_NEAR(box.height_m, 1.5, 1e-6);
  EXPECT_NEAR(std::abs(box.yaw_rad), std::numbers::pi / 2, 1e-6);
}

TEST(DecodeBoxes, NumbersAreInUnitsOfATypicalCar) {
  const auto boxes = decoded(answer_of(1, 0.5f, {0.5f, -0.2f, 1, std::log(2.0f), 0, std::log(0.5f), 0.4f}));
  ASSERT_EQ(boxes.size(), 1u);
  const Box3& box = boxes[0].box;
  EXPECT_NEAR(box.x_m, 20 + 1.63, 1e-5);
  EXPECT_NEAR(box.y_m, -(2.06 + 3.88 / 2), 1e-5);
  EXPECT_NEAR(box.z_m, -(1 - 0.3) + 0.75, 1e-5);
  EXPECT_NEAR(box.length_m, 7.76, 1e-5);
  EXPECT_NEAR(box.width_m, 0.815, 1e-5);
  // The second class is a quarter of a turn on: along the line of sight.
  EXPECT_NEAR(std::remainder(box.yaw_rad + 0.4 * std::numbers::pi / 4, std::numbers::pi), 0, 1e-6);
}

TEST(DecodeBoxes, WhatIsUnsureOrNoBoxIsLeftOut) {
  const float bad = std::nanf("");
  EXPECT_TRUE(decoded(answer_of(0, 0.2f, {})).empty());
  EXPECT_TRUE(decoded(answer_of(0, bad, {})).empty());
  for (std::size_t k = 0; k < kGnnBoxNumbers; ++k) {
    std::array<float, kGnnBoxNumbers> numbers{};
    numbers[k] = bad;
    EXPECT_TRUE(decoded(answer_of(0, 0.9f, numbers)).empty()) << k;
    numbers[k] = INFINITY;
    EXPECT_TRUE(decoded(answer_of(0, 0.9f, numbers)).empty()) << k;
  }
  EXPECT_TRUE(decoded(answer_of(0, 0.9f, {0, 0, 0, 5, 0, 0, 0})).empty());
}

ScoredBox car_at(double x_m, double y_m, double yaw_rad, double score) {
  return {{x_m, y_m, 0.75, yaw_rad, 4, 1.6, 1.5}, score};
}

TEST(MergeBoxes, AClusterIsItsMedianAndApartStaysApart) {
  const auto merged = merge_boxes(
      {car_at(10, 0, 0, 0.5), car_at(10.2, 0.1, 0.1, 0.9), car_at(10.4, 0, 0.04, 0.4), car_at(10, 5, 0, 0.6)}, 0.01);
  ASSERT_EQ(merged.size(), 2u);
  EXPECT_NEAR(merged[0].box.x_m, 10.2, 1e-9);
  EXPECT_NEAR(merged[0].box.y_m, 0, 1e-9);
  EXPECT_NEAR(merged[0].box.yaw_rad, 0.04, 1e-9);
  const double expected = 0.9 + 0.5 * messages::intersection_over_union_3d(merged[0].box, car_at(10, 0, 0, 0).box) +
                          0.4 * messages::intersection_over_union_3d(merged[0].box, car_at(10.4, 0, 0.04, 0).box);
  EXPECT_NEAR(merged[0].score, expected, 1e-9);
  EXPECT_NEAR(merged[1].box.y_m, 5, 1e-9);
  EXPECT_EQ(merged[1].score, 0.6);
}

// 89 and -89 degrees are nearly the same heading; their mean must not be 0.
TEST(MergeBoxes, HeadingsAreTakenModuloHalfATurn) {
  const double nearly = 89 * std::numbers::pi / 180;
  const auto merged = merge_boxes({car_at(10, 0, nearly, 0.9), car_at(10, 0, -nearly, 0.8)}, 0.01);
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_NEAR(std::abs(merged[0].box.yaw_rad), std::numbers::pi / 2, 1e-9);
}

TEST(MergeBoxes, NoTwoOfTheResultWereOneCluster) {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> place_m(0, 30), yaw_rad(-1.5, 1.5), score(0.25, 1);
  std::vector<ScoredBox> boxes;
  for (int i = 0; i < 200; ++i) {
    const double x_m = place_m(random), y_m = place_m(random), turn = yaw_rad(random);
    boxes.push_back(car_at(x_m, y_m, turn, score(random)));
  }
  const auto merged = merge_boxes(boxes, 0.01);
  EXPECT_LT(merged.size(), boxes.size());
  EXPECT_FALSE(merged.empty());
  double before = 0, after = 0;
  for (const ScoredBox& box : boxes) before += box.score;
  for (std::size_t i = 0; i < merged.size(); ++i) {
    after += merged[i].score;
    EXPECT_LE(merged[i].score, i > 0 ? merged[i - 1].score : after);
  }
  EXPECT_LE(after, before);
  EXPECT_TRUE(merge_boxes({}, 0.01).empty());
}

}  // namespace
}  // namespace hangil::lidar
