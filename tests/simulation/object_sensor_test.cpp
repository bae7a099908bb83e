// SPDX-License-Identifier: Apache-2.0
#include "simulation/object_sensor.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace hangil::simulation {
namespace {

using messages::ObjectClass;

messages::TruthObject object_at(int id, double x_m, double y_m, messages::Box3 size, double yaw_rad = 0) {
  messages::TruthObject object;
  object.id = id;
  object.object_class = ObjectClass::kCar;
  object.box = size;
  object.box.x_m = x_m, object.box.y_m = y_m, object.box.z_m = size.height_m / 2, object.box.yaw_rad = yaw_rad;
  return object;
}

constexpr messages::Box3 kCar{.length_m = 4.5, .width_m = 1.8, .height_m = 1.5};
constexpr messages::Box3 kVan{.length_m = 5.5, .width_m = 2.0, .height_m = 2.4};
constexpr messages::Box3 kChild{.length_m = 0.4, .width_m = 0.4, .height_m = 1.1};

messages::TruthObjects truth_of(std::vector<messages::TruthObject> objects, std::int64_t stamp_ns = 0) {
  messages::TruthObjects truth;
  truth.header = {{stamp_ns}, "ego"};
  truth.objects = std::move(objects);
  return truth;
}

ObjectSensorConfig noiseless() {
  ObjectSensorConfig config;
  config.position_noise_m = config.yaw_noise_rad = config.size_noise_m = config.dropout_ratio = 0;
  return config;
}

TEST(ObjectSensor, WithoutNoiseItTellsTheTruth) {
  const auto truth = truth_of({object_at(1, 20, 3, kCar, 0.3), object_at(2, -15, -4, kVan, 2)});
  const messages::Objects sensed = sense(truth, noiseless(), 1);
  ASSERT_EQ(sensed.objects.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(sensed.objects[i].box.x_m, truth.objects[i].box.x_m);
    EXPECT_EQ(sensed.objects[i].box.width_m, truth.objects[i].box.width_m);
    EXPECT_NEAR(sensed.objects[i].box.yaw_rad, truth.objects[i].box.yaw_rad, 1e-12);
    EXPECT_GT(sensed.objects[i].point_count, 100U);
  }
  EXPECT_EQ(sensed.header.stamp, truth.header.stamp);
}

TEST(ObjectSensor, AChildBehindAVanIsHiddenUntilItStepsOut) {
  const auto behind = truth_of({object_at(1, 15, 3, kVan), object_at(2, 19, 3.7, kChild)});
  EXPECT_EQ(sense(behind, noiseless(), 1).objects.size(), 1U);
  const auto beside = truth_of({object_at(1, 15, 3, kVan), object_at(2, 19, 1.5, kChild)});
  EXPECT_EQ(sense(beside, noiseless(), 1).objects.size(), 2U);
}

TEST(ObjectSensor, AVanLooksOverACar) {
  const auto ratios = visible_ratios(truth_of({object_at(1, 12, 0, kCar), object_at(2, 25, 0, kVan)}), noiseless());
  EXPECT_EQ(ratios[0], 1);
  EXPECT_EQ(ratios[1], 1);
  const auto low = visible_ratios(truth_of({object_at(1, 12, 0, kVan), object_at(2, 25, 0, kCar)}), noiseless());
  EXPECT_EQ(low[1], 0);
}

TEST(ObjectSensor, HalfHiddenIsHalfVisible) {
  // The near side wall covers the far car's angle up to its middle.
  const auto ratios = visible_ratios(
      truth_of({object_at(1, 10, 5, {.length_m = 0.2, .width_m = 10, .height_m = 3}), object_at(2, 30, 0, kCar)}),
      noiseless());
  EXPECT_NEAR(ratios[1], 0.5, 0.03);
}

TEST(ObjectSensor, WhatIsHiddenHasNoPoints) {
  auto truth = truth_of({object_at(1, 12, 0, kVan), object_at(2, 25, 0, kCar), object_at(3, 20, 10, kCar)});
  tell_visibility(visible_ratios(truth, noiseless()), noiseless(), truth);
  EXPECT_GT(truth.objects[0].point_count, 100U);
  EXPECT_EQ(truth.objects[1].point_count, 0U);
  EXPECT_EQ(truth.objects[1].occlusion, 2);
  EXPECT_GT(truth.objects[2].point_count, 100U);
  EXPECT_EQ(truth.objects[2].occlusion, 0);
}

TEST(ObjectSensor, SeesNothingBeyondRangeAndFieldOfView) {
  ObjectSensorConfig config = noiseless();
  config.max_range_m = 50;
  config.field_of_view_rad = std::numbers::pi / 2;
  const auto truth = truth_of(
      {object_at(1, 51, 0, kCar), object_at(2, -10, 0, kCar), object_at(3, 10, 11, kCar), object_at(4, 20, 10, kCar)});
  const messages::Objects sensed = sense(truth, config, 1);
  ASSERT_EQ(sensed.objects.size(), 1U);
  EXPECT_EQ(sensed.objects[0].box.x_m, 20);
}

TEST(ObjectSensor, NoiseAndDropoutHaveTheirSize) {
  ObjectSensorConfig config;
  config.position_noise_m = 0.5;
  config.dropout_ratio = 0.2;
  double sum = 0, squares = 0;
  int found = 0;
  constexpr int kFrames = 5000;
  for (int k = 0; k < kFrames; ++k) {
    const messages::Objects sensed = sense(truth_of({object_at(7, 30, 0, kCar)}, k * 100'000'000LL), config, 9);
    for (const messages::Object& object : sensed.objects) {
      ++found, sum += object.box.x_m - 30, squares += (object.box.x_m - 30) * (object.box.x_m - 30);
    }
  }
  EXPECT_NEAR(found, 0.8 * kFrames, 4 * std::sqrt(0.16 * kFrames));
  EXPECT_NEAR(sum / found, 0, 4 * 0.5 / std::sqrt(found));
  EXPECT_NEAR(std::sqrt(squares / found), 0.5, 0.02);
}

TEST(ObjectSensor, OtherObjectsChangeNobodysNoise) {
  const ObjectSensorConfig config;
  const auto alone = sense(truth_of({object_at(3, 30, 5, kCar)}), config, 4);
  const auto among = sense(truth_of({object_at(1, 20, -8, kCar), object_at(3, 30, 5, kCar)}), config, 4);
  ASSERT_EQ(alone.objects.size(), 1U);
  EXPECT_EQ(alone.objects[0].box.x_m, among.objects.back().box.x_m);
}

}  // namespace
}  // namespace hangil::simulation
