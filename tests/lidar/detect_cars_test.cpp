// SPDX-License-Identifier: Apache-2.0
#include "lidar/detect_cars.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "drives.hpp"
#include "lidar/kitti_camera.hpp"
#include "lidar/made_scan.hpp"
#include "lidar/point_gnn_reference.hpp"

namespace hangil::lidar {
namespace {

// A camera over the LiDAR of made_scan.hpp that looks ahead.
tests::MountedCamera made_camera() {
  tests::MountedCamera camera;
  camera.info.header.frame_id = "camera_front";
  camera.info.width = 1242, camera.info.height = 375;
  camera.info.p = {720, 0, 620, 0, 0, 720, 187, 0, 0, 0, 1, 0};
  Eigen::Isometry3d T_ego_camera = Eigen::Isometry3d::Identity();
  T_ego_camera.linear() << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  T_ego_camera.translation() = Eigen::Vector3d(1.0, 0, 1.65);
  Eigen::Isometry3d T_ego_lidar = Eigen::Isometry3d::Identity();
  T_ego_lidar.translation() = Eigen::Vector3d(0.8, 0, 1.73);
  camera.tf_static.transforms = {tests::stamped_transform(T_ego_camera, "camera_front"),
                                 tests::stamped_transform(T_ego_lidar, "lidar_top")};
  return camera;
}

CameraBeside made_view() {
  const auto mounted = made_camera();
  return *find_camera_beside(mounted.info, mounted.tf_static, "lidar_top");
}

TEST(FindCameraBeside, SaysWhatIsMissing) {
  const auto whole = made_camera();
  const auto without_lidar = find_camera_beside(whole.info, whole.tf_static, "lidar_rear");
  ASSERT_FALSE(without_lidar.ok());
  EXPECT_NE(without_lidar.error().message.find("lidar_rear"), std::string::npos);
  const auto without_camera = find_camera_beside(whole.info, messages::TFMessage(), "lidar_top");
  ASSERT_FALSE(without_camera.ok());
  EXPECT_NE(without_camera.error().message.find("camera_front"), std::string::npos);
  for (int damage = 0; damage < 4; ++damage) {
    messages::CameraInfo info = whole.info;
    if (damage == 0) info.width = 0;
    if (damage == 1) info.p = {};
    if (damage == 2) info.p[5] = -720;
    if (damage == 3) info.p[2] = std::nan("");
    const auto found = find_camera_beside(info, whole.tf_static, "lidar_top");
    ASSERT_FALSE(found.ok()) << damage;
    EXPECT_NE(found.error().message.find("no picture size or no focal length"), std::string::npos);
  }
}

TEST(CropToPicture, KeepsWhatTheCameraSees) {
  const CameraBeside camera = made_view();
  const float bad = std::nanf("");
  Points scan, seen;
  scan.set_count(9);
  const float places[9][3] = {{10, 0, -1}, {-10, 0, -1}, {10, 9.5f, 0}, {10, -8, 0}, {10, 0, 5},
                              {bad, 0, 0}, {10, bad, 0}, {10, 0, bad},  {130, 0, 0}};
  for (std::size_t i = 0; i < 9; ++i) {
    scan.x_m[i] = places[i][0], scan.y_m[i] = places[i][1], scan.z_m[i] = places[i][2];
    scan.intensity[i] = static_cast<float>(i);
  }
  crop_to_picture(scan, camera, seen);
  ASSERT_EQ(seen.count, 2u);
  EXPECT_EQ(seen.intensity[0], 0);
  EXPECT_EQ(seen.intensity[1], 3);
  // The LiDAR stands 0.2 m behind the camera and 0.08 m above it.
  EXPECT_NEAR(seen.x_m[0], 0, 1e-5);
  EXPECT_NEAR(seen.y_m[0], 0.92, 1e-5);
  EXPECT_NEAR(seen.z_m[0], 9.8, 1e-5);
}

messages::PointCloud2 cloud_of_points(const Points& points) {
  messages::PointCloud2 cloud;
  cloud.header.frame_id = "lidar_top";
  cloud.height = 1, cloud.width = static_cast<std::uint32_t>(points.count);
  cloud.point_step = 16, cloud.row_step = 16 * cloud.width;
  for (const char* name : {"x", "y", "z", "intensity"}) {
    cloud.point_fields.push_back({name, static_cast<std::uint32_t>(4 * cloud.point_fields.size())});
  }
  cloud.data.resize(16 * points.count);
  for (std::size_t i = 0; i < points.count; ++i) {
    const float record[4] = {points.x_m[i], points.y_m[i], points.z_m[i], points.intensity[i]};
    std::memcpy(cloud.data.data() + 16 * i, record, 16);
  }
  return cloud;
}

base::Result<messages::Objects> run(const PointGnn& network, const messages::PointCloud2& cloud,
                                    CarDetectorState& state, const CarDetectorEffort& effort = {.level = 2}) {
  return detect_cars(network, cloud, made_view(), {}, effort, state);
}

TEST(DetectCars, NoPointsAndPointsNobodySeesAreNoObjects) {
  const auto network = make_point_gnn(tests::random_gnn_weights(1));
  ASSERT_TRUE(network.ok());
  CarDetectorState state;
  const auto none = run(*network, cloud_of_points(Points()), state);
  ASSERT_TRUE(none.ok()) << none.error().message;
  EXPECT_TRUE(none->objects.empty());
  EXPECT_EQ(none->header.frame_id, "ego");
  Points behind;
  behind.set_count(100);
  std::fill(behind.x_m.begin(), behind.x_m.end(), -5.0f);
  EXPECT_TRUE(run(*network, cloud_of_points(behind), state)->objects.empty());
  messages::PointCloud2 broken = cloud_of_points(behind);
  broken.point_fields.pop_back();
  broken.point_fields.erase(broken.point_fields.begin());
  EXPECT_FALSE(run(*network, broken, state).ok());
}

// Two million points all over the view: the work stays within the allowance, which goes to what is near.
TEST(DetectCars, TwoMillionPointsCostNoMoreThanAllowed) {
  const auto network = make_point_gnn(tests::random_gnn_weights(2));
  ASSERT_TRUE(network.ok());
  Points points;
  points.set_count(2'000'000);
  std::uint32_t dice = 1;
  const auto next = [&dice] { return static_cast<float>((dice = dice * 1664525u + 1013904223u) >> 8) / 16777216.0f; };
  for (std::size_t i = 0; i < points.count; ++i) {
    points.x_m[i] = 100 * next(), points.y_m[i] = 60 * next() - 30, points.z_m[i] = 6 * next() - 3;
    points.intensity[i] = next();
  }
  CarDetectorState state;
  const auto objects = run(*network, cloud_of_points(points), state, {.level = 0, .allowance = 300'000});
  ASSERT_TRUE(objects.ok()) << objects.error().message;
  EXPECT_LE(state.operations, 300'000);
  EXPECT_GT(state.operations, 200'000);
}

TEST(DetectCars, WeightsThatAreNoNumbersAreAnError) {
  const model::Weights sound = tests::random_gnn_weights(3);
  std::vector<model::Tensor> tensors = sound.tensors();
  const std::vector<float> bad(300, std::nanf(""));
  for (model::Tensor& tensor : tensors) {
    if (tensor.name == "layer2/combined_features/fully_connected_1/biases") tensor.values = bad;
  }
  const auto network = make_point_gnn(model::Weights(tensors, nullptr, sound.sha256()));
  ASSERT_TRUE(network.ok());
  CarDetectorState state;
  const auto scan = tests::scan({.boxes = {{{12, 1, 0.2}, 4.1, 1.7, 1.5}}});
  const auto objects = run(*network, scan.cloud, state, {.level = 2, .allowance = 100'000});
  ASSERT_FALSE(objects.ok());
  EXPECT_NE(objects.error().message.find("not finite"), std::string::npos);
}

TEST(DetectCars, FindsTheCarsOfAFrameAndTheSameAgain) {
  const std::string training = hangil::tests::drives_dir() + "/kitti_object/training";
  const std::string folder = hangil::tests::shared_dir() + "/models/pointgnn_car_t1";
  HANGIL_NEEDS_DATA(training);
  HANGIL_NEEDS_DATA(folder);
  const auto weights = model::read_weights(folder);
  ASSERT_TRUE(weights.ok()) << weights.error().message;
  const auto network = make_point_gnn(*weights);
  ASSERT_TRUE(network.ok()) << network.error().message;
  const auto mounted = tests::mounted_camera(tests::read_kitti_calibration(training + "/calib/000008.txt"));
  const auto camera = find_camera_beside(mounted.info, mounted.tf_static, "lidar_top");
  ASSERT_TRUE(camera.ok()) << camera.error().message;
  const auto cloud = tests::read_kitti_bin(training + "/velodyne/000008.bin");
  CarDetectorState state;
  const CarDetectorEffort effort{.level = 2, .allowance = 1'500'000};
  const auto first = detect_cars(*network, cloud, *camera, {}, effort, state);
  const auto second = detect_cars(*network, cloud, *camera, {}, effort, state);
  ASSERT_TRUE(first.ok()) << first.error().message;
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(base::diff(*first, *second).empty());
  // A car of label_2/000008.txt, 7.9 m before the camera, as it lies in ego.
  const auto is_it = [](const messages::Object& object) {
    return object.object_class == messages::ObjectClass::kCar && object.existence_probability > 0.8f &&
           object.point_count > 100 && std::abs(object.box.length_m - 3.9) < 0.5 && object.box.x_m < 12;
  };
  EXPECT_GE(std::count_if(first->objects.begin(), first->objects.end(), is_it), 1);
}

}  // namespace
}  // namespace hangil::lidar
