// SPDX-License-Identifier: Apache-2.0
#include "evaluation/centre_frames.hpp"

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

using messages::ObjectClass;

// Three frames of two cars and a pedestrian, and objects that say the same.
struct MadeDrive {
  DrivenRecording drive;
  Channel<messages::Objects> objects;

  MadeDrive() {
    drive.path = "made.mcap";
    for (int i = 0; i < 3; ++i) {
      const base::Time stamp{1'000'000'000 + 100'000'000 * i};
      messages::TruthObjects truth;
      messages::Objects found;
      truth.header = {stamp, "ego"}, found.header = {stamp, "ego"};
      add(truth, found, ObjectClass::kCar, 10 + i, 2);
      add(truth, found, ObjectClass::kCar, 20, -3);
      add(truth, found, ObjectClass::kPedestrian, 8, 4);
      drive.truth.push_back({stamp, stamp, truth});
      objects.push_back({stamp, stamp, found});
    }
  }

  static void add(messages::TruthObjects& truth, messages::Objects& found, ObjectClass object_class, double x_m,
                  double y_m) {
    const messages::Box3 box = {x_m, y_m, 0.8, 0.1, 4, 1.8, 1.6};
    messages::TruthObject object;
    object.object_class = object_class, object.box = box, object.point_count = 50, object.is_in_image = true;
    truth.objects.push_back(object);
    found.objects.push_back({object_class, 0.9F, box, 50});
  }
};

TEST(CentreRows, PerfectObjectsHaveAllOfIt) {
  const MadeDrive made;
  const auto rows = centre_rows(made.drive, made.objects);
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->at(0).truth_count, 6);
  const CentreTotal total = total_of(*rows);
  EXPECT_NEAR(total.mean_average_precision, 1, 1e-9);
  EXPECT_NEAR(total.score, 1, 1e-6);
}

TEST(CentreRows, ErrorsOfPlaceLowerTheScore) {
  MadeDrive made;
  for (auto& message : made.objects) {
    for (messages::Object& object : message.value.objects) object.box.x_m += 0.7;
  }
  const auto rows = centre_rows(made.drive, made.objects);
  ASSERT_TRUE(rows.ok());
  const CentreTotal total = total_of(*rows);
  EXPECT_NEAR(total.mean_average_precision, 0.75, 1e-9);  // nothing within half a metre
  EXPECT_NEAR(total.translation_m, 0.7, 1e-6);
  EXPECT_LT(total.score, 0.85);
}

TEST(CentreRows, WhatIsFarAwayCountsNeitherWay) {
  MadeDrive made;
  made.drive.truth[0].value.objects[0].box.x_m = 60;
  made.objects[0].value.objects[0].box.x_m = 70;
  const auto rows = centre_rows(made.drive, made.objects);
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->at(0).truth_count, 5);
  EXPECT_NEAR(total_of(*rows).mean_average_precision, 1, 1e-9);
}

TEST(CentreRows, SayWhatIsMissing) {
  MadeDrive made;
  for (auto& message : made.drive.truth) message.value.is_limited_to_image = true;
  EXPECT_NE(centre_rows(made.drive, made.objects).error().message.find("/camera/front/camera_info"), std::string::npos);
  made.drive.truth.clear();
  EXPECT_NE(centre_rows(made.drive, made.objects).error().message.find("/truth/objects"), std::string::npos);
}

TEST(CentreRows, TablesNameTheClasses) {
  const MadeDrive made;
  const auto rows = centre_rows(made.drive, made.objects);
  ASSERT_TRUE(rows.ok());
  EXPECT_NE(centre_table(*rows).find("pedestrian"), std::string::npos);
  EXPECT_EQ(centre_json(*rows).find("{\"nuscenes\":[{\"class\":\"car\",\"labels\":6,\"ap\":1"), 0u)
      << centre_json(*rows);
}

}  // namespace
}  // namespace hangil::evaluation
