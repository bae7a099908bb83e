// SPDX-License-Identifier: Apache-2.0
#include "fusion/fuse_objects.hpp"

#include <gtest/gtest.h>

#include "fusion/existence.hpp"
#include "fusion/made_pictures.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;

FusedObjects fuse(const messages::Objects& objects, const messages::ImageObjects& seen) {
  FusedObjects fused;
  ObjectFusion(CameraModel{}).fuse(objects, {tests::kOptics, tests::T_camera_ego(), &seen}, fused);
  return fused;
}

TEST(ObjectFusion, WhatThePictureShowsGainsExistenceAndItsClass) {
  const messages::Objects objects = tests::objects_at({{20, 2}}, ObjectClass::kUnknown, 0.5F);
  const auto fused = fuse(objects, tests::picture_of(objects, ObjectClass::kCar, 0.9F));
  ASSERT_EQ(fused.box_of_object.at(0), 0);
  EXPECT_NEAR(fused.objects.objects[0].existence_probability, 0.9, 1e-3);
  EXPECT_EQ(fused.objects.objects[0].object_class, ObjectClass::kCar);
  EXPECT_TRUE(fused.is_box_taken.at(0));
}

TEST(ObjectFusion, WhatThePictureShouldShowAndDoesNotLosesExistence) {
  const messages::Objects objects = tests::objects_at({{20, 2}}, ObjectClass::kCar, 0.5F);
  const auto fused = fuse(objects, {});
  EXPECT_NEAR(fused.objects.objects[0].existence_probability, 0.1 / 1.1, 1e-3);
}

TEST(ObjectFusion, OutOfViewOrOfNoPictureClassStaysAsItCame) {
  const messages::Objects beside = tests::objects_at({{-20, 2}, {20, 60}}, ObjectClass::kCar, 0.4F);
  for (const auto& object : fuse(beside, {}).objects.objects) EXPECT_EQ(object.existence_probability, 0.4F);
  const messages::Objects unknown = tests::objects_at({{20, 2}}, ObjectClass::kUnknown, 0.4F);
  EXPECT_EQ(fuse(unknown, {}).objects.objects[0].existence_probability, 0.4F);
}

TEST(ObjectFusion, WhatStandsBehindAnotherIsNotMissed) {
  const messages::Objects objects = tests::objects_at({{12, 0}, {25, 0}}, ObjectClass::kCar, 0.5F);
  messages::ImageObjects seen =
      tests::picture_of(tests::objects_at({{12, 0}}, ObjectClass::kCar, 0.5F), ObjectClass::kCar, 0.9F);
  const auto fused = fuse(objects, seen);
  EXPECT_GT(fused.sights[1].hidden_ratio, 0.9);
  EXPECT_EQ(fused.objects.objects[1].existence_probability, 0.5F);
}

TEST(ObjectFusion, ClassesThatAreNeverMistakenDoNotMatch) {
  const messages::Objects objects = tests::objects_at({{20, 2}}, ObjectClass::kCar, 0.5F);
  EXPECT_EQ(fuse(objects, tests::picture_of(objects, ObjectClass::kPedestrian, 0.9F)).box_of_object.at(0), kUnassigned);
  EXPECT_EQ(fuse(objects, tests::picture_of(objects, ObjectClass::kTruck, 0.9F)).box_of_object.at(0), 0);
}

TEST(ObjectFusion, EachBoxGoesToOneObjectWhateverTheirOrder) {
  const messages::Objects objects = tests::objects_at({{20, 2}, {20, -2}, {30, 6}}, ObjectClass::kCar, 0.5F);
  messages::ImageObjects seen = tests::picture_of(objects, ObjectClass::kCar, 0.9F);
  std::swap(seen.objects[0], seen.objects[2]);
  const auto fused = fuse(objects, seen);
  EXPECT_EQ(fused.box_of_object, (std::vector<int>{2, 1, 0}));
}

TEST(ObjectFusion, BoxesThatAreNotSoundAreTakenForNothing) {
  const messages::Objects objects = tests::objects_at({{20, 2}}, ObjectClass::kCar, 0.5F);
  messages::ImageObjects seen = tests::picture_of(objects, ObjectClass::kCar, 0.9F);
  seen.objects[0].x_max_px = std::nanf("");
  EXPECT_EQ(fuse(objects, seen).box_of_object.at(0), kUnassigned);
  seen = tests::picture_of(objects, ObjectClass::kCar, 7.0F);
  EXPECT_EQ(fuse(objects, seen).box_of_object.at(0), kUnassigned);
}

}  // namespace
}  // namespace hangil::fusion
