// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "recording/image_header.hpp"
#include "recording/kitti_calibration.hpp"
#include "recording/kitti_folder.hpp"
#include "recording/kitti_labels.hpp"
#include "recording/kitti_oxts.hpp"
#include "recording/kitti_scan.hpp"
#include "recording/mission.hpp"
#include "recording/truth_velocity.hpp"

namespace hangil::recording {
namespace {

// A calibration as KITTI's, with rotations that are not trivial.
const char* const kTilted =
    "P2: 721.5 0 609.5 44.85 0 721.5 172.8 0.2163 0 0 1 0.002745\n"
    "R_rect 0.9999239 0.00983776 -0.007445048 -0.009869795 0.9999421 -0.004278459 0.007402527 0.004351614 0.9999631\n"
    "Tr_velo_cam 0.007533745 -0.9999714 -0.0006166020 -0.004069766 0.01480249 0.0007280733 -0.9998902 -0.07631618 "
    "0.9998621 0.007523790 0.01480755 -0.2717806\n"
    "Tr_imu_velo 0.9999976 0.0007553071 -0.002035826 -0.8086759 -0.0007854027 0.9998898 -0.01482298 0.3195559 "
    "0.002024406 0.01482454 0.9998881 -0.7997231\n";

KittiCalibration tilted() {
  auto calibration = parse_kitti_calibration(kTilted, "calib.txt");
  EXPECT_TRUE(calibration.ok()) << calibration.error().message;
  return *calibration;
}

TEST(KittiCalibration, BothSpellingsWithAndWithoutColonReadAlike) {
  std::string other = kTilted;
  const auto replace = [&](const std::string& from, const std::string& to) {
    other.replace(other.find(from), from.size(), to);
  };
  replace("R_rect", "R0_rect:");
  replace("Tr_velo_cam", "Tr_velo_to_cam:");
  replace("Tr_imu_velo", "Tr_imu_to_velo:");
  replace("P2:", "P2");
  const auto calibration = parse_kitti_calibration(other, "calib.txt");
  ASSERT_TRUE(calibration.ok()) << calibration.error().message;
  EXPECT_EQ(calibration->P2, tilted().P2);
  EXPECT_EQ(calibration->R_rect, tilted().R_rect);
  EXPECT_EQ(calibration->T_cam_velo.matrix(), tilted().T_cam_velo.matrix());
  EXPECT_EQ(calibration->T_velo_imu->matrix(), tilted().T_velo_imu->matrix());
}

TEST(KittiCalibration, WithoutImuTheNominalMountingIsCloseToTheRealOne) {
  std::string text = kTilted;
  text.resize(text.find("Tr_imu_velo"));
  const auto nominal = parse_kitti_calibration(text, "calib.txt");
  ASSERT_TRUE(nominal.ok());
  EXPECT_LT((T_ego_lidar(*nominal).matrix() - T_ego_lidar(tilted()).matrix()).cwiseAbs().maxCoeff(), 0.02);
}

TEST(KittiCalibration, LidarIs173CentimetresUpAnd81AheadOfEgo) {
  const Eigen::Vector3d t = T_ego_lidar(tilted()).translation();
  EXPECT_NEAR(t.z(), 1.73, 1e-12);
  EXPECT_NEAR(t.x(), 0.81, 0.01);
  const Eigen::Vector3d imu = T_ego_imu(tilted()).translation();
  EXPECT_NEAR(imu.x(), 0, 1e-9);
  EXPECT_NEAR(imu.y(), 0, 1e-9);
  EXPECT_NEAR(imu.z(), 0.93, 0.03);
}

// The projection of the data set's own definition: P2 * R_rect * Tr_velo_cam * p_velo.
TEST(KittiCalibration, CameraInfoAndTransformsProjectAsTheDataSetDefines) {
  const KittiCalibration calibration = tilted();
  const auto info = kitti_camera_info(calibration, {0}, 1242, 375);
  Eigen::Matrix<double, 3, 4, Eigen::RowMajor> P;
  std::copy(info.p.begin(), info.p.end(), P.data());
  const Eigen::Isometry3d T_camera_lidar = T_camera_ego(calibration) * T_ego_lidar(calibration);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> across(-20, 20), ahead(3, 60);
  for (int i = 0; i < 100; ++i) {
    const Eigen::Vector3d p_velo(ahead(random), across(random), across(random) / 10);
    const Eigen::Vector3d p_rect = calibration.R_rect * (calibration.T_cam_velo * p_velo);
    const Eigen::Vector3d expected = calibration.P2 * p_rect.homogeneous();
    const Eigen::Vector3d found = P * (T_camera_lidar * p_velo).homogeneous();
    EXPECT_LT((found.hnormalized() - expected.hnormalized()).norm(), 1e-6);
  }
}

TEST(KittiLabels, BoxCornersInEgoAreThoseOfTheDevelopmentKit) {
  const KittiCalibration calibration = tilted();
  std::mt19937 random(5);
  std::uniform_real_distribution<double> number(0, 1);
  for (int i = 0; i < 100; ++i) {
    KittiLabel label{
        .type = "Car", .height_m = 1 + number(random), .width_m = 1 + number(random), .length_m = 3 + number(random)};
    label.bottom_m = {40 * number(random) - 20, 1.6, 5 + 40 * number(random)};
    label.rotation_y_rad = 6.28 * number(random) - 3.14;
    const auto truth = kitti_truth({label}, T_ego_label(calibration), {0});
    ASSERT_EQ(truth.objects.size(), 1u);
    const messages::Box3& box = truth.objects[0].box;
    const Eigen::Matrix3d R = Eigen::AngleAxisd(label.rotation_y_rad, Eigen::Vector3d::UnitY()).toRotationMatrix();
    for (const double along : {-0.5, 0.5}) {
      for (const double across : {-0.5, 0.5}) {
        const Eigen::Vector3d corner_cam =
            R * Eigen::Vector3d(along * label.length_m, -label.height_m / 2, across * label.width_m) + label.bottom_m;
        const Eigen::Vector3d expected = T_ego_label(calibration) * corner_cam;
        const Eigen::Vector3d found = Eigen::Vector3d(box.x_m, box.y_m, box.z_m) +
                                      Eigen::AngleAxisd(box.yaw_rad, Eigen::Vector3d::UnitZ()) *
                                          Eigen::Vector3d(along * box.length_m, across * box.width_m, 0);
        EXPECT_LT((found - expected).norm(), 0.06);  // the box is upright, the camera tilted by a degree
      }
    }
  }
}

TEST(KittiLabels, UntrackedObjectsOfATrackingFileAreIgnoreRegions) {
  const auto never = [](const std::string& text) { ADD_FAILURE() << text; };
  const auto labels = parse_kitti_tracking_labels(
      "0 -1 Car 0 0 0 1 2 3 4 1.5 1.6 4 0 1.6 10 0\n"
      "0 2 Misc 2 3 0 1 2 3 4 1.5 1.6 4 0 1.6 10 0\n",
      "f", never);
  const auto truth = kitti_truth(labels, Eigen::Isometry3d::Identity(), {0});
  EXPECT_EQ(truth.ignore_regions.size(), 1u);
  ASSERT_EQ(truth.objects.size(), 1u);
  EXPECT_EQ(truth.objects[0].object_class, messages::ObjectClass::kOther);
  EXPECT_EQ(truth.objects[0].truncation_ratio, 1.0f);
}

TEST(CountPoints, AgreesWithTestingEveryPointInDoublePrecision) {
  std::mt19937 random(9);
  std::uniform_real_distribution<float> number(-5, 5);
  std::vector<std::array<float, 4>> points(3000);
  for (auto& point : points) point = {number(random), number(random), number(random), 0};
  const KittiScan scan = make_kitti_scan(tests::scan_bytes(points), {0});
  const Eigen::Isometry3d T = T_ego_lidar(tilted());
  messages::TruthObjects truth;
  truth.objects.resize(1);
  messages::Box3& box = truth.objects[0].box;
  box = {1, -0.5, 1.5, 0.7, 4, 2, 1.6};
  count_points(scan.cloud, T, truth);
  std::uint32_t expected = 0;
  for (const auto& point : points) {
    const Eigen::Vector3d p = T * Eigen::Vector3d(point[0], point[1], point[2]) - Eigen::Vector3d(1, -0.5, 1.5);
    const double along = std::cos(0.7) * p.x() + std::sin(0.7) * p.y(),
                 across = std::cos(0.7) * p.y() - std::sin(0.7) * p.x();
    expected += std::abs(along) <= 2 && std::abs(across) <= 1 && std::abs(p.z()) <= 0.8 ? 1 : 0;
  }
  EXPECT_GT(expected, 10u);
  EXPECT_EQ(truth.objects[0].point_count, expected);
}

TEST(FillVelocities, TurningVehicleSeesAStandingObjectStand) {
  std::vector<std::optional<Eigen::Isometry3d>> poses;
  std::map<int, messages::TruthObjects> truth;
  const Eigen::Vector3d standing(20, 3, 0), step(0.5, 0.1, 0);
  for (int frame = 0; frame < 5; ++frame) {
    Eigen::Isometry3d T_map_ego(Eigen::AngleAxisd(0.05 * frame, Eigen::Vector3d::UnitZ()));
    T_map_ego.translation() = Eigen::Vector3d(1.0 * frame, 0.1 * frame, 0);
    poses.emplace_back(T_map_ego);
    messages::TruthObjects& objects = truth[frame];
    objects.header.stamp = {frame * 100'000'000};
    objects.objects.resize(2);
    for (int id = 0; id < 2; ++id) {
      const Eigen::Vector3d p = T_map_ego.inverse() * Eigen::Vector3d(standing + id * frame * step);
      objects.objects[static_cast<std::size_t>(id)].id = id;
      objects.objects[static_cast<std::size_t>(id)].box = {.x_m = p.x(), .y_m = p.y(), .z_m = p.z()};
    }
  }
  poses[4].reset();
  fill_velocities(poses, truth);
  EXPECT_TRUE(truth[0].objects[0].has_velocity);
  EXPECT_NEAR(truth[2].objects[0].vx_mps, 0, 1e-9);
  EXPECT_NEAR(std::hypot(truth[2].objects[1].vx_mps, truth[2].objects[1].vy_mps), step.norm() / 0.1, 1e-9);
  EXPECT_FALSE(truth[4].objects[0].has_velocity);
}

TEST(Oxts, MotionAlongAMeridianGrowsNorthByItsArc) {
  const auto never = [](const std::string& text) { ADD_FAILURE() << text; };
  const std::string rest = " 8 100 0 0 0 0 0 0 0 0 0 0 9.8 0 0 9.8 0 0 0 0 0 0 0.05 0.07 4 10 4 4 0\n";
  const auto rows = parse_oxts("49.0" + rest + "49.0001" + rest, "f", never);
  const auto poses = oxts_poses(rows, Eigen::Isometry3d::Identity());
  ASSERT_TRUE(poses[1].has_value());
  EXPECT_LT((poses[0]->matrix() - Eigen::Matrix4d::Identity()).norm(), 1e-8);
  EXPECT_NEAR(poses[1]->translation().y(), 1e-4 * 3.14159265 / 180 * 6378137, 1e-3);
  EXPECT_NEAR(poses[1]->translation().x(), 0, 1e-6);
}

TEST(ImageHeader, SizeOfJpegAndPng) {
  const std::vector<std::uint8_t> jpeg = {0xFF, 0xD8, 0xFF, 0xE0, 0,    4,    1,    2,   0xFF,
                                          0xC0, 0,    11,   8,    0x01, 0x77, 0x04, 0xDA};
  const auto header = read_image_header(jpeg);
  ASSERT_TRUE(header.has_value());
  EXPECT_EQ(header->format, "jpeg");
  EXPECT_EQ(header->width_px, 1242u);
  EXPECT_EQ(header->height_px, 375u);
  for (std::size_t size = 0; size < jpeg.size(); ++size) {
    EXPECT_FALSE(read_image_header(std::span(jpeg).first(size)).has_value()) << size;
  }
  EXPECT_EQ(read_image_header(tests::png_bytes())->width_px, 640u);
  EXPECT_FALSE(read_image_header(base::Bytes{'G', 'I', 'F', '8'}).has_value());
}

TEST(MissionPath, HasAPointAMetreAndEndsWhereTheDriveEnds) {
  MissionPath path;
  for (int i = 0; i <= 105; ++i) path.add(0.1 * i, 0);
  const auto mission = path.mission("map", {5});
  ASSERT_GE(mission.path.size(), 10u);
  EXPECT_NEAR(mission.path.back().x_m, 10.5, 1e-9);
  for (std::size_t i = 1; i + 1 < mission.path.size(); ++i) {
    EXPECT_GE(mission.path[i].x_m - mission.path[i - 1].x_m, 1.0 - 1e-9);
  }
  EXPECT_EQ(mission.header.frame_id, "map");
}

}  // namespace
}  // namespace hangil::recording
