// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_fusion.hpp"

#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "fusion/made_pictures.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;

base::Time fusion_ms(int ms) { return base::Time{5'000'000'000} + base::Duration::milliseconds(ms); }

CameraMount camera() { return {"front", "camera_front", tests::kOptics, tests::T_camera_ego().inverse(), {}}; }

messages::Objects cars_at(const std::vector<tests::Place>& places, int ms) {
  return tests::objects_at(places, ObjectClass::kCar, 0.5F, fusion_ms(ms));
}

messages::ImageObjects cars_picture(const std::vector<tests::Place>& places, int ms,
                                    const Eigen::Isometry3d& T_camera = tests::T_camera_ego()) {
  return tests::picture_of(cars_at(places, ms), ObjectClass::kCar, 0.95F, T_camera);
}

// The points of an upright wall of a person's size, seen from ego.
messages::ObstaclePoints person_points(double x_m, double y_m, int ms) {
  messages::ObstaclePoints points;
  points.header = {fusion_ms(ms), "ego"};
  for (int i = 0; i < 60; ++i) {
    points.x_m.push_back(static_cast<float>(x_m));
    points.y_m.push_back(static_cast<float>(y_m - 0.25 + 0.1 * (i % 6)));
    points.z_m.push_back(static_cast<float>(0.2 + 0.15 * (i / 6)));
  }
  return points;
}

messages::ImageObjects picture_of_person(double x_m, double y_m, int ms) {
  messages::Objects objects;
  objects.header.stamp = fusion_ms(ms);
  objects.objects.push_back({ObjectClass::kPedestrian, 1, {x_m + 0.3, y_m, 0.9, 0, 0.6, 0.6, 1.75}, 0});
  return tests::picture_of(objects, ObjectClass::kPedestrian, 0.9F);
}

struct Fusion {
  SensorFusion fusion{SensorFusionConfig{}};
  SensorFusionOutput output;
  std::vector<messages::SensorState> told;  // camera and LiDAR, as last told

  explicit Fusion(bool is_calibrated = true) {
    if (is_calibrated) fusion.set_camera(camera());
  }
  const SensorFusionOutput& advance(int ms) {
    fusion.advance(fusion_ms(ms), output);
    if (output.report) told = output.report->sensors;
    return output;
  }
  std::string state(std::size_t sensor) const { return told.empty() ? "" : told.at(sensor).state; }
};

TEST(SensorFusion, BoxesWaitForThePictureOfTheirStamp) {
  Fusion f;
  f.fusion.add(cars_picture({{20, 2}}, -100), fusion_ms(-100));
  f.advance(-100);
  f.fusion.add(cars_at({{20, 2}}, 0), fusion_ms(20));
  EXPECT_TRUE(f.advance(20).objects.empty());
  f.fusion.add(cars_picture({{20, 2}}, 0), fusion_ms(50));
  const auto& output = f.advance(50);
  ASSERT_EQ(output.objects.size(), 1u);
  EXPECT_EQ(output.objects[0].header.stamp, fusion_ms(0));
  EXPECT_GT(output.objects[0].objects.at(0).existence_probability, 0.9F);
  ASSERT_EQ(output.left.size(), 1u);
  EXPECT_TRUE(output.left[0].objects.empty());
}

TEST(SensorFusion, BoxesGoOnAloneWhenTheirPictureDoesNotCome) {
  Fusion f;
  f.fusion.add(cars_picture({{20, 2}}, -100), fusion_ms(-100));
  f.fusion.add(cars_at({{20, 2}}, 0), fusion_ms(20));
  f.advance(20);
  const auto& output = f.advance(90);
  ASSERT_EQ(output.objects.size(), 1u);
  EXPECT_EQ(output.objects[0].objects.at(0).existence_probability, 0.5F);
}

TEST(SensorFusion, WithoutACameraNothingWaitsAndItIsSaidOnce) {
  Fusion f(false);
  int reports = 0;
  for (int ms = 0; ms <= 2000; ms += 100) {
    f.fusion.add(cars_at({{20, 2}}, ms), fusion_ms(ms + 20));
    EXPECT_EQ(f.advance(ms + 20).objects.size(), 1u);
    reports += f.output.report.has_value();
  }
  EXPECT_EQ(f.state(0), "ok");
  EXPECT_EQ(f.state(1), "absent");
  EXPECT_LE(reports, 2);
}

TEST(SensorFusion, WithoutALidarPicturesGoToTheTrackerWhole) {
  Fusion f;
  std::size_t whole = 0;
  for (int ms = 0; ms <= 2000; ms += 100) {
    f.fusion.add(cars_picture({{20, 2}}, ms), fusion_ms(ms + 40));
    whole += f.advance(ms + 40).whole.size();
    EXPECT_TRUE(f.output.objects.empty());
  }
  EXPECT_EQ(f.state(0), "absent");
  EXPECT_EQ(f.state(1), "ok");
  EXPECT_GE(whole, 18u);
}

TEST(SensorFusion, SensorsThatFallSilentAreLostAndComeBack) {
  Fusion f;
  const auto drive = [&](int from_ms, int to_ms, bool has_lidar, bool has_camera) {
    for (int ms = from_ms; ms < to_ms; ms += 100) {
      if (has_lidar) f.fusion.add(cars_at({{20, 2}}, ms), fusion_ms(ms + 20));
      if (has_camera) f.fusion.add(cars_picture({{20, 2}}, ms), fusion_ms(ms + 40));
      f.advance(ms + 40);
    }
  };
  drive(0, 1000, true, true);
  EXPECT_EQ(f.state(0) + f.state(1), "okok");
  drive(1000, 2000, true, false);
  EXPECT_EQ(f.state(0) + f.state(1), "oklost");
  drive(2000, 3000, false, true);
  EXPECT_EQ(f.state(0) + f.state(1), "lostok");
  EXPECT_NE(f.told[0].reason.find("nothing has come from it for"), std::string::npos);
  drive(3000, 4000, true, true);
  EXPECT_EQ(f.state(0) + f.state(1), "okok");
}

TEST(SensorFusion, ALateCameraIsSaidAndItsPicturesGoToTheTrackerAtTheirStamp) {
  Fusion f;
  std::vector<base::Time> stamps;
  for (int ms = 0; ms <= 2000; ms += 100) {
    f.fusion.add(cars_at({{20, 2}}, ms), fusion_ms(ms + 20));
    if (ms >= 300) f.fusion.add(cars_picture({{20, 2}}, ms - 300), fusion_ms(ms + 20));
    for (int wait_ms = 20; wait_ms < 120; wait_ms += 20) {
      f.advance(ms + wait_ms);
      for (const auto& seen : f.output.whole) stamps.push_back(seen.header.stamp);
    }
  }
  EXPECT_EQ(f.state(1), "late");
  ASSERT_GE(stamps.size(), 16u);
  for (std::size_t i = 0; i < stamps.size(); ++i) EXPECT_EQ(stamps[i], fusion_ms(100 * static_cast<int>(i)));
}

TEST(SensorFusion, APersonInThePictureWithPointsBecomesAnObject) {
  Fusion f;
  f.fusion.add(person_points(15, -3, 0));
  f.fusion.add(cars_at({{20, 4}}, 0), fusion_ms(20));
  messages::ImageObjects seen = cars_picture({{20, 4}}, 0);
  seen.objects.push_back(picture_of_person(15, -3, 0).objects.at(0));
  f.fusion.add(seen, fusion_ms(30));
  const auto& output = f.advance(30);
  ASSERT_EQ(output.objects.size(), 1u);
  ASSERT_EQ(output.objects[0].objects.size(), 2u);
  const messages::Object& person = output.objects[0].objects[1];
  EXPECT_EQ(person.object_class, ObjectClass::kPedestrian);
  EXPECT_NEAR(person.box.x_m, 15.3, 0.3);
  EXPECT_NEAR(person.box.y_m, -3, 0.2);
  EXPECT_NEAR(person.box.z_m, 0.9, 0.2);
  EXPECT_TRUE(output.left.at(0).objects.empty());
}

TEST(SensorFusion, APersonWithoutPointsIsLeftForTheTracker) {
  Fusion f;
  f.fusion.add(person_points(60, -3, 0));  // not where the person is: far too small there
  f.fusion.add(cars_at({}, 0), fusion_ms(20));
  f.fusion.add(picture_of_person(15, -3, 0), fusion_ms(30));
  const auto& output = f.advance(30);
  EXPECT_TRUE(output.objects.at(0).objects.empty());
  EXPECT_EQ(output.left.at(0).objects.size(), 1u);
}

TEST(SensorFusion, AnUnknownBoxAroundAPersonBecomesOne) {
  Fusion f;
  f.fusion.add(person_points(15, -3, 0));
  messages::Objects objects = cars_at({}, 0);
  objects.objects.push_back({ObjectClass::kUnknown, 0.5F, {15.1, -3, 0.4, 0, 0.5, 0.6, 0.7}, 60});  // legs
  f.fusion.add(objects, fusion_ms(20));
  f.fusion.add(picture_of_person(15, -3, 0), fusion_ms(30));
  const auto& output = f.advance(30);
  ASSERT_EQ(output.objects.at(0).objects.size(), 1u);
  EXPECT_EQ(output.objects[0].objects[0].object_class, ObjectClass::kPedestrian);
  EXPECT_GT(output.objects[0].objects[0].existence_probability, 0.8F);
}

// A street of parked cars_at that the vehicle drives along.
std::vector<tests::Place> street(int frame) {
  std::vector<tests::Place> places;
  for (int i = 0; i < 12; ++i) places.push_back({12.0 + 9 * i - 0.7 * (frame % 13), i % 2 == 0 ? 5.5 : -6.5});
  return places;
}

TEST(SensorFusion, ACameraTurnedByThreeDegreesIsFoundAndNotUsed) {
  constexpr double kTurn_rad = 3 / 57.29577951308232;
  for (const auto& T_camera : {tests::T_camera_ego(kTurn_rad), tests::T_camera_ego(0, kTurn_rad)}) {
    Fusion f;
    for (int i = 0; i < 60; ++i) {
      f.fusion.add(cars_at(street(i), 100 * i), fusion_ms(100 * i + 20));
      f.fusion.add(cars_picture(street(i), 100 * i, T_camera), fusion_ms(100 * i + 30));
      f.advance(100 * i + 30);
    }
    ASSERT_EQ(f.state(1), "miscalibrated");
    double yaw = 0, pitch = 0;
    ASSERT_EQ(std::sscanf(f.told[1].reason.c_str(), "pictures are turned by yaw %lf, pitch %lf", &yaw, &pitch), 2);
    EXPECT_NEAR(std::hypot(yaw, pitch), 3, 0.25);
    for (const messages::Object& object : f.output.objects.at(0).objects) {
      EXPECT_EQ(object.existence_probability, 0.5F);
    }
  }
}

TEST(SensorFusion, ACameraThatSitsAsCalibratedIsNotAccused) {
  Fusion f;
  for (int i = 0; i < 60; ++i) {
    f.fusion.add(cars_at(street(i), 100 * i), fusion_ms(100 * i + 20));
    f.fusion.add(cars_picture(street(i), 100 * i), fusion_ms(100 * i + 30));
    f.advance(100 * i + 30);
    EXPECT_NE(f.state(1), "miscalibrated");
  }
}

TEST(SensorFusion, TheEgosMotionBetweenStampsIsTakenOut) {
  Fusion f;
  // 20 m/s ahead and turning: what is at (20, 2) at 0 ms is elsewhere in ego 40 ms later.
  math::PoseSample pose;
  for (int ms = -100; ms <= 100; ms += 20) {
    pose.stamp = fusion_ms(ms);
    const double yaw = 0.5 * ms / 1000.0;
    pose.x_m = 20 * ms / 1000.0, pose.qw = std::cos(yaw / 2), pose.qz = std::sin(yaw / 2);
    f.fusion.add_pose(pose);
  }
  const double yaw = 0.02;
  Eigen::Isometry3d T_then_later = Eigen::Isometry3d(Eigen::AngleAxisd(yaw, Eigen::Vector3d::UnitZ()));
  T_then_later.pretranslate(Eigen::Vector3d(0.8, 0, 0));
  messages::ImageObjects seen = cars_picture({{20, 2}}, 0, tests::T_camera_ego() * T_then_later.inverse());
  seen.header.stamp = fusion_ms(40);
  f.fusion.add(cars_at({{20, 2}}, 0), fusion_ms(45));
  f.fusion.add(seen, fusion_ms(50));
  EXPECT_GT(f.advance(50).objects.at(0).objects.at(0).existence_probability, 0.9F);
}

// 40 m ahead a person is 11 pixels wide, and 40 ms of such a turn move it by 14: only with the ego's motion, from the
// LiDAR's stamp to the moment of exposure, do its points lie in its box.
TEST(SensorFusion, AFarPersonIsFoundThroughTheEgosMotionAndTheCamerasTimeOffset) {
  SensorFusionConfig config;
  config.camera_time_offset_ms = 12;
  Eigen::Isometry3d T_then_later = Eigen::Isometry3d(Eigen::AngleAxisd(0.02, Eigen::Vector3d::UnitZ()));
  T_then_later.pretranslate(Eigen::Vector3d(0.8, 0, 0));
  messages::Objects person;
  person.header.stamp = fusion_ms(0);
  person.objects.push_back({ObjectClass::kPedestrian, 1, {40.3, 2, 0.9, 0, 0.6, 0.6, 1.75}, 0});
  auto seen = tests::picture_of(person, ObjectClass::kPedestrian, 0.9F, tests::T_camera_ego() * T_then_later.inverse());
  seen.header.stamp = fusion_ms(28);  // exposed 12 ms later
  for (const bool has_poses : {true, false}) {
    SensorFusion fusion(config);
    fusion.set_camera(camera());
    for (int ms = -100; has_poses && ms <= 100; ms += 20) {
      const double yaw = 0.5 * ms / 1000.0;
      math::PoseSample pose{.stamp = fusion_ms(ms), .x_m = 20 * ms / 1000.0};
      pose.qw = std::cos(yaw / 2), pose.qz = std::sin(yaw / 2);
      fusion.add_pose(pose);
    }
    fusion.add(person_points(40, 2, 0));
    fusion.add(cars_at({}, 0), fusion_ms(45));
    fusion.add(seen, fusion_ms(50));
    SensorFusionOutput output;
    fusion.advance(fusion_ms(50), output);
    ASSERT_EQ(output.objects.size(), 1u);
    EXPECT_EQ(output.objects[0].objects.size(), has_poses ? 1u : 0u);
  }
}

}  // namespace
}  // namespace hangil::fusion
