// SPDX-License-Identifier: Apache-2.0
// file size: made input beside the claims about it
#include <cmath>
#include <limits>

#include "drives.hpp"
#include "messages/camera_info.hpp"
#include "messages/compressed_image.hpp"
#include "messages/imu.hpp"
#include "messages/mission.hpp"
#include "messages/odometry.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/tf_message.hpp"
#include "messages/truth_objects.hpp"
#include "recording/kitti_folder.hpp"
#include "recording/kitti_object.hpp"
#include "recording/kitti_tracking.hpp"

namespace hangil::recording {
namespace {

using tests::HeardImport;
using tests::KittiFolder;
using tests::TemporaryFolder;
using tests::write_file;
using tests::write_text;

class KittiTracking : public ::testing::Test {
 protected:
  base::Result<ImportReport> import() {
    return import_kitti_tracking({kitti_.root(), "0003"}, output_, {}, heard_.listener());
  }
  template <class T>
  std::vector<Stamped<T>> read(const std::string& topic) {
    auto messages = read_channel<T>(output_, topic);
    EXPECT_TRUE(messages.ok()) << messages.error().message;
    return messages ? *messages : std::vector<Stamped<T>>();
  }
  // Imports, expecting success and that this was told.
  ImportReport import_hearing(std::string_view warning) {
    const auto report = import();
    EXPECT_TRUE(report.ok()) << report.error().message;
    EXPECT_TRUE(heard_.heard(warning)) << (heard_.warnings.empty() ? "no warnings" : heard_.warnings[0]);
    return report ? *report : ImportReport();
  }
  std::string import_error() {
    const auto report = import();
    return report ? "" : report.error().message;
  }

  TemporaryFolder folder_;
  KittiFolder kitti_{folder_ / "training"};
  std::string output_ = folder_ / "drive.mcap";
  HeardImport heard_;
};

TEST_F(KittiTracking, WritesEveryChannelWithTimesOneScannerTurnApart) {
  const auto report = import();
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_TRUE(heard_.warnings.empty()) << heard_.warnings[0];
  EXPECT_EQ(report->frame_count, 5u);
  EXPECT_EQ(report->lost_count, 0u);
  EXPECT_TRUE(report->has_mission);
  auto reader = DriveReader::open(output_);
  ASSERT_TRUE(reader.ok());
  std::map<std::string, std::uint64_t> counts;
  for (const DriveChannel& channel : reader->channels()) counts[channel.topic] = channel.message_count;
  const std::map<std::string, std::uint64_t> expected = {{"/source/tf_static", 1},
                                                         {"/mission", 1},
                                                         {"/odometry", 5},
                                                         {"/imu", 5},
                                                         {"/gnss", 5},
                                                         {"/camera/front/camera_info", 5},
                                                         {"/camera/front/image", 5},
                                                         {"/lidar/top/points", 5},
                                                         {"/truth/objects", 5}};
  EXPECT_EQ(counts, expected);
  EXPECT_EQ(reader->message_count(), report->message_count);
  EXPECT_EQ(reader->metadata().at("import").at("sequence"), "0003");
  const auto scans = read<messages::PointCloud2>("/lidar/top/points");
  EXPECT_EQ((scans[1].stamp - scans[0].stamp).to_ms(), 103.5);
  EXPECT_EQ(scans[1].value.header.stamp, scans[1].stamp);
  EXPECT_EQ(scans[0].value.header.frame_id, "lidar_top");
  EXPECT_EQ(scans[0].value.width, 4u);
}

TEST_F(KittiTracking, PosesBeginAtTheMapOriginAndFollowTheLongitude) {
  ASSERT_TRUE(import().ok());
  const auto odometry = read<messages::Odometry>("/odometry");
  ASSERT_EQ(odometry.size(), 5u);
  for (std::size_t i = 0; i < odometry.size(); ++i) {
    EXPECT_NEAR(odometry[i].value.pose.pose.position.x, static_cast<double>(i), 1e-3);
    EXPECT_NEAR(odometry[i].value.pose.pose.position.y, 0, 1e-9);
  }
  EXPECT_EQ(odometry[0].value.header.frame_id, "map");
  EXPECT_EQ(odometry[0].value.child_frame_id, "ego");
  EXPECT_EQ(odometry[0].value.twist.twist.linear.x, 9.66);
  EXPECT_EQ(odometry[0].value.twist.twist.angular.z, 0.03);
  const auto mission = read<messages::Mission>("/mission");
  ASSERT_EQ(mission.size(), 1u);
  ASSERT_GE(mission[0].value.path.size(), 4u);
  EXPECT_NEAR(mission[0].value.path.back().x_m, 4, 1e-3);
}

TEST_F(KittiTracking, LabelsStandInEgoWithPointsCountedAndVelocityOverGround) {
  ASSERT_TRUE(import().ok());
  const auto truth = read<messages::TruthObjects>("/truth/objects");
  ASSERT_EQ(truth.size(), 5u);
  EXPECT_TRUE(truth[0].value.is_limited_to_image);
  ASSERT_EQ(truth[0].value.ignore_regions.size(), 1u);
  EXPECT_EQ(truth[0].value.ignore_regions[0].left_px, 500);
  ASSERT_EQ(truth[2].value.objects.size(), 2u);
  const messages::TruthObject& car = truth[2].value.objects[0];
  EXPECT_EQ(car.id, 4);
  EXPECT_EQ(car.object_class, messages::ObjectClass::kCar);
  EXPECT_NEAR(car.box.x_m, 8, 1e-4);
  EXPECT_NEAR(car.box.y_m, -0.3, 1e-4);
  EXPECT_NEAR(car.box.z_m, 0.75, 1e-3);
  EXPECT_NEAR(car.box.yaw_rad, 0, 1e-6);
  EXPECT_EQ(car.box.length_m, 4.0);
  EXPECT_EQ(car.point_count, 3u);
  EXPECT_TRUE(car.has_velocity);
  EXPECT_NEAR(car.vx_mps, 0, 0.02);
  EXPECT_TRUE(car.is_in_image);
  const messages::TruthObject& cyclist = truth[2].value.objects[1];
  EXPECT_EQ(cyclist.point_count, 0u);
  EXPECT_EQ(cyclist.truncation_ratio, 0.5f);
  EXPECT_EQ(cyclist.occlusion, 2);
  EXPECT_NEAR(cyclist.vx_mps, 1 / 0.1035, 0.05);  // keeps its distance to the vehicle
}

TEST_F(KittiTracking, SensorFramesHangOnTheRearAxleOnTheGround) {
  ASSERT_TRUE(import().ok());
  const auto tf = read<messages::TFMessage>("/source/tf_static");
  ASSERT_EQ(tf.size(), 1u);
  EXPECT_EQ(tf[0].stamp, read<messages::PointCloud2>("/lidar/top/points")[0].stamp);
  const messages::TransformStamped& lidar = tf[0].value.transforms[0];
  EXPECT_EQ(lidar.header.frame_id, "ego");
  EXPECT_EQ(lidar.child_frame_id, "lidar_top");
  EXPECT_NEAR(lidar.transform.translation.x, 0.8, 1e-12);
  EXPECT_NEAR(lidar.transform.translation.y, -0.3, 1e-12);
  EXPECT_NEAR(lidar.transform.translation.z, 1.73, 1e-12);
  const auto info = read<messages::CameraInfo>("/camera/front/camera_info");
  EXPECT_EQ(info[0].value.width, 640u);
  EXPECT_EQ(info[0].value.height, 200u);
  EXPECT_EQ(read<messages::CompressedImage>("/camera/front/image")[0].value.format, "png");
}

TEST_F(KittiTracking, SameInputGivesTheSameBytes) {
  ASSERT_TRUE(import().ok());
  const base::Bytes first = tests::read_file(output_);
  ASSERT_TRUE(import().ok());
  EXPECT_EQ(first, tests::read_file(output_));
}

TEST_F(KittiTracking, MissingFrameIsAGapThatIsTold) {
  std::filesystem::remove(kitti_.scan(2));
  std::filesystem::remove(kitti_.image(2));
  const ImportReport report = import_hearing("000002.bin");
  EXPECT_EQ(report.lost_count, 2u);
  const auto scans = read<messages::PointCloud2>("/lidar/top/points");
  ASSERT_EQ(scans.size(), 4u);
  EXPECT_EQ((scans[2].stamp - scans[1].stamp).to_ms(), 207);
  EXPECT_EQ(read<messages::TruthObjects>("/truth/objects").size(), 4u);
  EXPECT_EQ(read<messages::Odometry>("/odometry").size(), 5u);
}

TEST_F(KittiTracking, TruncatedScanKeepsItsWholePoints) {
  base::Bytes bytes = tests::read_file(kitti_.scan(1));
  bytes.resize(bytes.size() - 5);
  write_file(kitti_.scan(1), bytes);
  EXPECT_EQ(import_hearing("000001.bin: the file was cut off: 11 bytes").lost_count, 1u);
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points")[1].value.width, 3u);
}

TEST_F(KittiTracking, NanPointsAreKeptAndMarked) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  write_file(kitti_.scan(1),
             tests::scan_bytes({{1, 2, 3, 0}, {nan, 0, 0, 0}, {0, std::numeric_limits<float>::infinity(), 0, 0}}));
  EXPECT_EQ(import_hearing("2 points are not finite").lost_count, 0u);
  const auto scans = read<messages::PointCloud2>("/lidar/top/points");
  EXPECT_EQ(scans[1].value.width, 3u);
  EXPECT_FALSE(scans[1].value.is_dense);
  EXPECT_TRUE(scans[0].value.is_dense);
}

TEST_F(KittiTracking, EmptyScanIsAScanWithoutPoints) {
  write_file(kitti_.scan(1), {});
  import_hearing("the scan has no points");
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points")[1].value.width, 0u);
}

TEST_F(KittiTracking, LabelsWithoutScanAreLeftOutAndTold) {
  std::filesystem::remove(kitti_.scan(4));
  std::filesystem::remove(kitti_.image(4));
  import_hearing("labels of frame 4, which has no scan");
  EXPECT_EQ(read<messages::TruthObjects>("/truth/objects").size(), 4u);
}

TEST_F(KittiTracking, BadLabelLinesAreToldWithFileAndLine) {
  write_text(kitti_.labels_path(),
             "0 1 Car 0 0 0 1 2 3 4 1.5 1.6\n"
             "0 1 Car 0 0 0 1 2 3 4 1.5 1.6 x 0 1.6 10 0\n"
             "0 1 Car 0 0 0 1 2 3 4 -1.5 1.6 4 0 1.6 10 0\n"
             "0 1 Car 0 0 0 1 2 3 4 1.5 1.6 4 0 1.6 10 0\n");
  EXPECT_EQ(import_hearing("0003.txt:1: has 12 words").lost_count, 3u);
  EXPECT_TRUE(heard_.heard("0003.txt:2: a word is not a number"));
  EXPECT_TRUE(heard_.heard("0003.txt:3: box of impossible size"));
  EXPECT_EQ(read<messages::TruthObjects>("/truth/objects")[0].value.objects.size(), 1u);
}

TEST_F(KittiTracking, BadPoseLineLeavesThatFrameWithoutPose) {
  std::string text;
  for (const std::uint8_t byte : tests::read_file(kitti_.oxts_path())) text += static_cast<char>(byte);
  text.replace(text.find('\n') + 1, 3, "x");
  write_text(kitti_.oxts_path(), text);
  import_hearing("0003.txt:2:");
  EXPECT_EQ(read<messages::Odometry>("/odometry").size(), 4u);
}

TEST_F(KittiTracking, WithoutPosesThereIsNoMissionAndTheReportSaysSo) {
  std::filesystem::remove(kitti_.oxts_path());
  const auto report = import();
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->has_mission);
  EXPECT_TRUE(std::any_of(report->notes.begin(), report->notes.end(),
                          [](const std::string& note) { return note.find("straight ahead") != std::string::npos; }));
  EXPECT_EQ(DriveReader::open(output_)->find_channel("/mission"), -1);
}

TEST_F(KittiTracking, WrongCalibrationIsRefusedWithFileAndLine) {
  const std::string good = tests::kKittiCalibration;
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    write_text(kitti_.calib_path(), text);
    return import_error();
  };
  EXPECT_NE(with("Tr_velo_cam", "Tr_velo_camera").find("0003.txt: no line 'Tr_velo_cam'"), std::string::npos);
  EXPECT_NE(with("R_rect 1 ", "R_rect ").find("0003.txt:3: has 8 numbers, expected 9"), std::string::npos);
  EXPECT_NE(with("R_rect 1 ", "R_rect nan ").find("0003.txt:3: 'nan' is not a number"), std::string::npos);
  EXPECT_NE(with("R_rect 1 ", "R_rect 2 ").find("0003.txt:3: is not a rotation"), std::string::npos);
  EXPECT_NE(with("P2: 700", "P2: -700").find("0003.txt:2: is not a projection"), std::string::npos);
  EXPECT_NE(with("P0:", "P2:").find("0003.txt:2: 'P2' stands here a second time"), std::string::npos);
}

TEST_F(KittiTracking, UnknownSequenceIsRefusedWithThoseThereAre) {
  const auto report = import_kitti_tracking({kitti_.root(), "0001"}, output_, {}, {});
  ASSERT_FALSE(report.ok());
  EXPECT_NE(report.error().message.find("there are 0003"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(output_));
}

TEST_F(KittiTracking, CancellingClosesAValidFile) {
  int frames = 0;
  ImportListener listener;
  listener.is_cancelled = [&] { return ++frames > 2; };
  const auto report = import_kitti_tracking({kitti_.root(), "0003"}, output_, {}, listener);
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->is_cancelled);
  auto reader = DriveReader::open(output_);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->damage(), "");
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points").size(), 2u);
}

std::map<std::string, int> count_labels(const std::vector<Stamped<messages::TruthObjects>>& truth) {
  std::map<std::string, int> counts;
  for (const auto& frame : truth) {
    for (const auto& object : frame.value.objects) ++counts[object.label];
  }
  return counts;
}

TEST(KittiTrackingData, Sequence0000HasItsLabelsWherePointsAre) {
  const std::string training = tests::drives_dir() + "/kitti_tracking/training";
  HANGIL_NEEDS_DATA(training + "/velodyne/0000");
  const TemporaryFolder folder;
  HeardImport heard;
  const auto report =
      import_kitti_tracking({training, "0000"}, folder / "a.mcap", {.zstd_level = -5}, heard.listener());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_TRUE(heard.warnings.empty()) << heard.warnings[0];
  EXPECT_EQ(report->frame_count, 154u);
  const auto truth = read_channel<messages::TruthObjects>(folder / "a.mcap", "/truth/objects");
  ASSERT_TRUE(truth.ok());
  const std::map<std::string, int> expected = {{"Car", 243}, {"Van", 292}, {"Cyclist", 154}, {"Pedestrian", 22}};
  EXPECT_EQ(count_labels(*truth), expected);
  int near = 0, near_with_points = 0;
  for (const auto& frame : *truth) {
    for (const auto& object : frame.value.objects) {
      if (std::hypot(object.box.x_m, object.box.y_m) > 25) continue;
      ++near;
      near_with_points += object.point_count >= 20 ? 1 : 0;
      EXPECT_NEAR(object.box.z_m - object.box.height_m / 2, 0, 1.0) << "a road user off the ground";
    }
  }
  EXPECT_GT(near, 300);
  EXPECT_GT(near_with_points, near * 95 / 100) << "of " << near;
}

// T(imu_0 <- imu_k), 3x4 by rows, derived from the same file by others.
TEST(KittiTrackingData, PosesOf0000AgreeWithTheReferencePoses) {
  const std::string training = tests::drives_dir() + "/kitti_tracking/training";
  const std::string reference = tests::shared_dir() + "/data/kitti_seq0000/pose_imu_from_oxts.txt";
  HANGIL_NEEDS_DATA(training + "/velodyne/0000");
  HANGIL_NEEDS_DATA(reference);
  const TemporaryFolder folder;
  ASSERT_TRUE(import_kitti_tracking({training, "0000"}, folder / "a.mcap", {.zstd_level = -5}).ok());
  const auto odometry = read_channel<messages::Odometry>(folder / "a.mcap", "/odometry");
  ASSERT_TRUE(odometry.ok());
  ASSERT_EQ(odometry->size(), 154u);
  std::ifstream lines(reference);
  for (const auto& pose : *odometry) {
    std::array<double, 12> T;
    for (double& number : T) ASSERT_TRUE(lines >> number);
    // The ego frame lies 0.92 m below the IMU: T_ego_imu^-1 and T_ego_imu around the pose move the origin a little.
    const auto& p = pose.value.pose.pose.position;
    const double h_m = 0.93;
    EXPECT_NEAR(p.x, T[3] - h_m * T[2], 0.01);
    EXPECT_NEAR(p.y, T[7] - h_m * T[6], 0.01);
    EXPECT_NEAR(p.z, T[11] - h_m * (T[10] - 1), 0.01);
  }
}

TEST(KittiTrackingData, Sequence9000HasImagesAndNoPoses) {
  const std::string training = tests::drives_dir() + "/kitti_tracking/training";
  HANGIL_NEEDS_DATA(training + "/velodyne/9000");
  const TemporaryFolder folder;
  const auto report = import_kitti_tracking({training, "9000"}, folder / "a.mcap", {.zstd_level = -5});
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_FALSE(report->has_mission);
  const auto images = read_channel<messages::CompressedImage>(folder / "a.mcap", "/camera/front/image");
  ASSERT_TRUE(images.ok());
  ASSERT_EQ(images->size(), 78u);
  EXPECT_EQ((*images)[0].value.format, "jpeg");
  EXPECT_EQ((*read_channel<messages::CameraInfo>(folder / "a.mcap", "/camera/front/camera_info"))[0].value.width,
            1242u);
}

TEST(KittiObjectData, EveryFrameIsThereWithPointsInItsBoxes) {
  const std::string training = tests::drives_dir() + "/kitti_object/training";
  HANGIL_NEEDS_DATA(training + "/velodyne");
  const TemporaryFolder folder;
  HeardImport heard;
  const auto report =
      import_kitti_object({training, std::nullopt}, folder / "a.mcap", {.zstd_level = -5}, heard.listener());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_TRUE(heard.warnings.empty()) << heard.warnings[0];
  EXPECT_EQ(report->frame_count, 13u);
  const auto truth = read_channel<messages::TruthObjects>(folder / "a.mcap", "/truth/objects");
  ASSERT_TRUE(truth.ok());
  int near = 0, near_with_points = 0;
  for (const auto& frame : *truth) {
    for (const auto& object : frame.value.objects) {
      if (object.box.x_m > 25 || object.occlusion > 1) continue;
      ++near;
      near_with_points += object.point_count >= 20 ? 1 : 0;
      EXPECT_EQ(object.id, -1);
    }
  }
  EXPECT_GT(near, 10);
  EXPECT_GE(near_with_points, near * 9 / 10) << "of " << near;
}

TEST(KittiObject, OneFrameIsChosenAndAnUnknownOneRefused) {
  const TemporaryFolder folder;
  const std::string root = folder / "training";
  for (const char* name : {"000000", "000007"}) {
    write_text(root + "/calib/" + name + ".txt", tests::kKittiCalibration);
    write_file(root + "/velodyne/" + name + std::string(".bin"), tests::scan_bytes({{9, 0, -1, 0}}));
    write_text(root + "/label_2/" + name + ".txt", "Car 0.25 0 0 1 2 3 4 1.5 1.6 4 0 1.65 8.73 -1.57\n");
  }
  const auto report = import_kitti_object({root, 7}, folder / "a.mcap", {});
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->frame_count, 1u);
  const auto truth = read_channel<messages::TruthObjects>(folder / "a.mcap", "/truth/objects");
  ASSERT_TRUE(truth.ok());
  ASSERT_EQ(truth->size(), 1u);
  EXPECT_EQ((*truth)[0].value.objects[0].truncation_ratio, 0.25f);
  EXPECT_EQ((*truth)[0].value.objects[0].point_count, 1u);
  EXPECT_FALSE(import_kitti_object({root, 3}, folder / "b.mcap", {}).ok());
  std::filesystem::remove(root + "/calib/000000.txt");
  const auto without = import_kitti_object({root, std::nullopt}, folder / "c.mcap", {});
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(without->frame_count, 1u);
  EXPECT_EQ(without->lost_count, 1u);
}

}  // namespace
}  // namespace hangil::recording
