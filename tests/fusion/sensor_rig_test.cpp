// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_rig.hpp"

#include <random>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "fusion/rotation_angles.hpp"
#include "recording/kitti_calibration.hpp"

namespace hangil::fusion {
namespace {

constexpr const char* kRig = R"(rig: test
cameras:
  - name: front
    frame: camera_front
    position_m: [1.5, 0.1, 1.4]
    rotation_deg: [0, 2, -90]
    time_offset_ms: -20
    width_px: 640
    height_px: 480
    fx_px: 500
    fy_px: 501
    cx_px: 320
    cy_px: 240
lidars:
  - name: top
    frame: lidar_top
    position_m: [0.9, 0, 1.8]
    rotation_deg: [0, 0, 0]
)";

base::Result<SensorRig> parse(const std::string& text) {
  const auto root = base::parse_yaml(text, "rig.yaml");
  EXPECT_TRUE(root.ok());
  return parse_sensor_rig(*root);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

double angle_deg(const Eigen::Isometry3d& a, const Eigen::Isometry3d& b) {
  return Eigen::AngleAxisd(a.linear().transpose() * b.linear()).angle() * 57.29577951308232;
}

TEST(SensorRig, ReadsWhatTheFileSays) {
  const auto rig = parse(kRig);
  ASSERT_TRUE(rig.ok()) << rig.error().message;
  ASSERT_EQ(rig->cameras.size(), 1u);
  const CameraMount& camera = rig->cameras[0];
  EXPECT_EQ(camera.optics.fy_px, 501);
  EXPECT_EQ(camera.time_offset, base::Duration::milliseconds(-20));
  // Looks to the right and 2 degrees down.
  const Eigen::Vector3d axis = camera.T_ego_camera.linear() * Eigen::Vector3d::UnitZ();
  EXPECT_NEAR(axis.y(), -std::cos(2 / 57.29577951308232), 1e-9);
  EXPECT_NEAR(axis.z(), -std::sin(2 / 57.29577951308232), 1e-9);
  ASSERT_EQ(rig->lidars.size(), 1u);
  EXPECT_TRUE(rig->lidars[0].T_ego_lidar.linear().isIdentity());
}

TEST(SensorRig, NamesEverythingThatIsWrongWithItsLine) {
  const std::string bad =
      replaced(replaced(replaced(kRig, "fx_px: 500", "fx_px: -1"), "[0, 2, -90]", "[0, 2]"), "lidars:", "lidar:");
  const auto rig = parse(replaced(bad, "    cy_px: 240\n", "    skew: 1\n"));
  ASSERT_FALSE(rig.ok());
  const std::string& text = rig.error().message;
  EXPECT_NE(text.find("rig.yaml:10: 'fx_px' is -1"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown key 'lidar', perhaps 'lidars'"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown parameter 'skew'"), std::string::npos) << text;
  EXPECT_NE(text.find("'cy_px' is missing"), std::string::npos) << text;
}

TEST(SensorRig, RefusesTwoSensorsOfOneNameAndWrongCounts) {
  const std::string twice = std::string(kRig) +
                            "  - name: top\n    frame: x\n    position_m: [0, 0, 0]\n"
                            "    rotation_deg: [0, 0, 0]\n";
  EXPECT_NE(parse(twice).error().message.find("two sensors of the name 'top'"), std::string::npos);
  EXPECT_NE(parse(replaced(kRig, "[0, 2, -90]", "[0, 2]")).error().message.find("needs three numbers"),
            std::string::npos);
  EXPECT_FALSE(parse("rig: x\ncameras: 7\n").ok());
  EXPECT_FALSE(parse("[1, 2]\n").ok());
}

TEST(SensorRig, ItsTextReadsBackAsTheSame) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> angle(-1.5, 1.5), place(-3, 3);
  for (int i = 0; i < 50; ++i) {
    SensorRig rig = *parse(kRig);
    Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
    T.linear() = rotation_of({angle(random), angle(random), angle(random)});
    T.translation() << place(random), place(random), place(random);
    rig.cameras[0].T_ego_camera = T * T_body_optical();
    rig.lidars[0].T_ego_lidar = T;
    const auto again = parse(sensor_rig_text(rig));
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_LT(angle_deg(again->cameras[0].T_ego_camera, rig.cameras[0].T_ego_camera), 2e-4);
    EXPECT_LT((again->lidars[0].T_ego_lidar.translation() - T.translation()).norm(), 2e-4);
    EXPECT_EQ(again->cameras[0].time_offset, rig.cameras[0].time_offset);
  }
}

TEST(SensorRig, SurvivesTheWayThroughMessages) {
  const SensorRig rig = *parse(kRig);
  const auto camera = camera_mount(camera_info_message(rig.cameras[0], {}), static_transforms(rig, {}));
  ASSERT_TRUE(camera.ok()) << camera.error().message;
  EXPECT_LT(angle_deg(camera->T_ego_camera, rig.cameras[0].T_ego_camera), 1e-6);
  EXPECT_EQ(camera->optics.cy_px, 240);
}

TEST(CameraMount, AProjectionWithATranslationMovesTheCamera) {
  const SensorRig rig = *parse(kRig);
  messages::CameraInfo info = camera_info_message(rig.cameras[0], {});
  info.p[3] = -500 * 0.5;  // the right camera of a pair, half a metre beside the frame's own
  const auto camera = camera_mount(info, static_transforms(rig, {}));
  ASSERT_TRUE(camera.ok());
  const Eigen::Vector3d moved = rig.cameras[0].T_ego_camera.inverse() * camera->T_ego_camera.translation();
  EXPECT_LT((moved - Eigen::Vector3d(0.5, 0, 0)).norm(), 1e-9);
}

TEST(CameraMount, SaysWhatIsMissing) {
  const SensorRig rig = *parse(kRig);
  messages::CameraInfo info = camera_info_message(rig.cameras[0], {});
  EXPECT_NE(camera_mount(info, {}).error().message.find("'camera_front' has no parent"), std::string::npos);
  info.p = {}, info.k = {};
  EXPECT_NE(camera_mount(info, static_transforms(rig, {})).error().message.find("no focal length"), std::string::npos);
}

TEST(SensorRig, TheKittiFileAgreesWithTheRecordedCalibration) {
  const std::string path = tests::drives_dir() + "/kitti_tracking_benchmark/calib/0000.txt";
  HANGIL_NEEDS_DATA(path);
  const auto calibration = recording::load_kitti_calibration(path);
  ASSERT_TRUE(calibration.ok());
  const auto rig = load_sensor_rig(std::string(HANGIL_SOURCE_DIR) + "/configs/sensors/kitti.yaml");
  ASSERT_TRUE(rig.ok()) << rig.error().message;
  const auto recorded = camera_mount(recording::kitti_camera_info(*calibration, {}, 1242, 375),
                                     recording::kitti_static_transforms(*calibration, {}));
  ASSERT_TRUE(recorded.ok());
  EXPECT_LT(angle_deg(rig->cameras.at(0).T_ego_camera, recorded->T_ego_camera), 0.01);
  EXPECT_LT((rig->cameras[0].T_ego_camera.translation() - recorded->T_ego_camera.translation()).norm(), 0.001);
  EXPECT_NEAR(rig->cameras[0].optics.fx_px, recorded->optics.fx_px, 0.01);
  EXPECT_LT(angle_deg(rig->lidars.at(0).T_ego_lidar, recording::T_ego_lidar(*calibration)), 0.01);
}

}  // namespace
}  // namespace hangil::fusion
