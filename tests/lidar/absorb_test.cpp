// SPDX-License-Identifier: Apache-2.0
#include "lidar/absorb.hpp"

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

using messages::Object;
using messages::ObjectClass;

Object object(ObjectClass object_class, float probability, double x_m, double y_m, double yaw_rad = 0) {
  return {object_class, probability, {x_m, y_m, 0.8, yaw_rad, 4, 1.7, 1.5}, 10};
}

std::vector<Object> absorbed(std::vector<Object> objects) {
  absorb_parts(objects);
  return objects;
}

TEST(AbsorbParts, CarTakesTheUnknownPieceWithinItAndItsPoints) {
  const auto left = absorbed({object(ObjectClass::kUnknown, 0.2f, 11, 3), object(ObjectClass::kCar, 0.9f, 10, 3)});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].object_class, ObjectClass::kCar);
  EXPECT_EQ(left[0].point_count, 20u);
}

TEST(AbsorbParts, LessLikelyVehicleYieldsButTheMoreLikelyStays) {
  const Object likely = object(ObjectClass::kVan, 0.9f, 10, 3), less = object(ObjectClass::kCar, 0.8f, 10.5, 3.2);
  for (const auto& pair : {std::vector{likely, less}, std::vector{less, likely}}) {
    const auto left = absorbed(pair);
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].object_class, ObjectClass::kVan);
  }
}

TEST(AbsorbParts, PeopleWithinACarsFootprintStay) {
  EXPECT_EQ(absorbed({object(ObjectClass::kCar, 0.9f, 10, 3), object(ObjectClass::kPedestrian, 0.5f, 10.5, 3),
                      object(ObjectClass::kCyclist, 0.5f, 9.5, 3)})
                .size(),
            3u);
}

TEST(AbsorbParts, FootprintTurnsWithTheVehicle) {
  const Object across = object(ObjectClass::kCar, 0.9f, 10, 3, 1.5707963);
  EXPECT_EQ(absorbed({across, object(ObjectClass::kUnknown, 0.2f, 11.5, 3)}).size(), 2u);
  EXPECT_EQ(absorbed({across, object(ObjectClass::kUnknown, 0.2f, 10, 4.5)}).size(), 1u);
}

TEST(AbsorbParts, UnknownObjectTakesNothing) {
  EXPECT_EQ(absorbed({object(ObjectClass::kUnknown, 0.3f, 10, 3), object(ObjectClass::kUnknown, 0.2f, 10, 3)}).size(),
            2u);
}

}  // namespace
}  // namespace hangil::lidar
