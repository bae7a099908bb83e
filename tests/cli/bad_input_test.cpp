// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "messages/imu.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/tf_message.hpp"
#include "recording/drive_reader.hpp"
#include "recording/drive_writer.hpp"
#include "recording/kitti_folder.hpp"

// What is wrong with the input is told with file and place, or the drive goes on and says what was lost (exit code 3).
namespace hangil::cli {
namespace {

class BadFolder : public ::testing::Test {
 protected:
  Outcome convert() const {
    return hangil("convert kitti-tracking " + kitti_.root() + " --sequence 0003 -o " + drive_);
  }
  // Drives what was converted; the answer of `replay --json`.
  nlohmann::json replay() const {
    const Outcome run = hangil("replay --json " + drive_ + " -p " + pipeline_path() + " -o " + driven_);
    EXPECT_EQ(run.exit_code, kClean) << run.err;
    EXPECT_EQ(hangil("eval " + driven_).exit_code, kClean);
    return nlohmann::json::parse(run.out, nullptr, false);
  }
  void expect_told(const Outcome& outcome, int exit_code, const std::string& what) const {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_TRUE(contains(outcome.out + outcome.err, what)) << outcome.out << outcome.err;
  }

  std::string folder_ = own_folder() + ::testing::UnitTest::GetInstance()->current_test_info()->name();
  tests::KittiFolder kitti_{folder_ + "/training"};
  std::string drive_ = folder_ + "/drive.mcap", driven_ = folder_ + "/driven.mcap";
};

TEST_F(BadFolder, TruncatedScanIsDataLossAndItsWholePointsAreDriven) {
  base::Bytes bytes = tests::read_file(kitti_.scan(1));
  bytes.resize(bytes.size() - 5);
  tests::write_file(kitti_.scan(1), bytes);
  expect_told(convert(), kDataLoss, "000001.bin: the file was cut off: 11 bytes");
  EXPECT_EQ(replay()["frames"], 5);
}

TEST_F(BadFolder, MissingFrameIsDataLossAndTheOthersAreDriven) {
  std::filesystem::remove(kitti_.scan(2));
  expect_told(convert(), kDataLoss, "000002.bin");
  EXPECT_EQ(replay()["frames"], 4);
}

TEST_F(BadFolder, PointsThatAreNoNumbersAreToldAndDrivenOver) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  tests::write_file(kitti_.scan(1), tests::scan_bytes({{nan, nan, nan, nan}, {nan, 0, 0, 0}, {0, infinity, 0, 0}}));
  expect_told(convert(), kClean, "000001.bin");
  const auto run = replay();
  EXPECT_EQ(run["frames"], 5);
  EXPECT_EQ(run["failures"], 0);
}

TEST_F(BadFolder, EmptyScanIsToldAndDrivenOver) {
  tests::write_file(kitti_.scan(1), {});
  expect_told(convert(), kClean, "000001.bin");
  const auto run = replay();
  EXPECT_EQ(run["frames"], 5);
  EXPECT_EQ(run["failures"], 0);
}

TEST_F(BadFolder, LabelsWithoutScanAreDataLoss) {
  std::filesystem::remove(kitti_.scan(4));
  std::filesystem::remove(kitti_.image(4));
  expect_told(convert(), kDataLoss, "labels of frame 4, which has no scan");
  EXPECT_EQ(replay()["frames"], 4);
}

TEST_F(BadFolder, WrongCalibrationIsRefusedWithFileAndLine) {
  tests::write_text(kitti_.calib_path(), with(tests::kKittiCalibration, "R_rect 1 ", "R_rect 2 "));
  expect_told(convert(), kFailed, "0003.txt:3: is not a rotation");
  EXPECT_FALSE(std::filesystem::exists(drive_));
}

// The built-in drive with its scans at other times.
struct Times {
  base::Time stamp, published;
};
using Change = Times (*)(std::uint64_t scan, Times);

std::string with_times(const std::string& name, Change change) {
  const std::string path = own_folder() + name;
  auto reader = recording::DriveReader::open(demo_drive());
  auto writer = recording::DriveWriter::create(path);
  EXPECT_TRUE(reader.ok() && writer.ok());
  for (const auto& channel : reader->channels()) writer->add_channel(channel);
  const int points = reader->find_channel("/lidar/top/points");
  std::uint64_t scan = 0;
  for (auto next = reader->next(); next.ok() && next->has_value(); next = reader->next()) {
    const auto& message = **next;
    Times times{message.stamp, message.published};
    base::Bytes bytes = *message.cdr;
    if (message.channel == points) {
      times = change(scan++, times);
      auto cloud = base::decode_cdr<messages::PointCloud2>(bytes);
      EXPECT_TRUE(cloud.ok());
      cloud->header.stamp = times.stamp;
      base::encode_cdr(*cloud, bytes);
    }
    EXPECT_TRUE(writer->write(message.channel, message.sequence, times.stamp, times.published, bytes).ok());
  }
  EXPECT_TRUE(writer->close().ok());
  return path;
}

nlohmann::json replay_twice(const std::string& drive) {
  const std::string command = "replay --json " + drive + " -p " + pipeline_path();
  const Outcome first = hangil(command), second = hangil(command + " --workers 2");
  EXPECT_EQ(first.exit_code, kClean) << first.err;
  const auto told = nlohmann::json::parse(first.out, nullptr, false);
  EXPECT_EQ(told["digest"], nlohmann::json::parse(second.out, nullptr, false)["digest"]);
  EXPECT_EQ(told["failures"], 0);
  return told;
}

Times scan_5_is_stamped_back(std::uint64_t scan, Times times) {
  if (scan == 5) times.stamp = times.stamp - base::Duration{300'000'000};
  return times;
}

TEST(BadTimes, StampsThatGoBackAreDrivenInOrderOfPublication) {
  EXPECT_EQ(replay_twice(with_times("back.mcap", scan_5_is_stamped_back))["frames"], 10);
}

TEST(BadTimes, AnImportedClockThatGoesBackIsTold) {
  const std::string bag = with_times("bag.mcap", scan_5_is_stamped_back);
  const Outcome made = hangil("convert ros2 " + bag + " -o " + own_folder() + "imported.mcap");
  EXPECT_EQ(made.exit_code, kClean) << made.err;
  EXPECT_TRUE(contains(made.err, "/lidar/top/points: stamps go back in time")) << made.err;
}

TEST(BadTimes, PublicationTimesThatGoBackAreReadInTheirOrder) {
  const std::string drive = with_times("clock.mcap", [](std::uint64_t scan, Times times) {
    if (scan == 5) times.published = times.published - base::Duration{300'000'000};
    return times;
  });
  EXPECT_EQ(replay_twice(drive)["frames"], 10);
}

TEST(BadTimes, DuplicateStampsAreTwoFrames) {
  const auto told = replay_twice(with_times("twice.mcap", [](std::uint64_t scan, Times times) {
    if (scan == 5) times.stamp = times.stamp - base::Duration{100'000'000};
    return times;
  }));
  EXPECT_EQ(told["frames"], 10);
}

Outcome replay_with(const std::string& pipeline, const std::string& drive = demo_drive()) {
  return hangil("replay " + drive + " -p " + pipeline);
}

TEST(BadPipeline, ATopicThatNobodyWritesLeavesItsModuleOutAndSaysSo) {
  const std::string path = write_text(
      "topic.yaml", with(pipeline_text(), "odometry: /odometry, gnss: /gnss", "odometry: /odometri, gnss: /gnzz"));
  const Outcome run = replay_with(path);
  EXPECT_EQ(run.exit_code, kClean) << run.err;
  EXPECT_TRUE(contains(run.err, "left out: pose: nobody writes /odometri")) << run.err;
  EXPECT_TRUE(contains(run.err, "left out: planner: /localization/pose stays silent: module pose is left out"));
}

TEST(BadPipeline, APipelineThatNothingStartsIsRefused) {
  const std::string path = own_folder() + "only_imu.mcap";
  auto writer = recording::DriveWriter::create(path);
  const int channel = writer->add_channel("/imu", base::message_type<messages::Imu>());
  ASSERT_TRUE(writer->write(channel, {1}, {1}, messages::Imu{}).ok());
  ASSERT_TRUE(writer->close().ok());
  const Outcome run = replay_with(pipeline_path(), path);
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_TRUE(contains(run.err, "only_imu.mcap has no channel that this pipeline could start with")) << run.err;
}

TEST(BadPipeline, AChannelOfAnotherTypeIsRefusedWithFileLineAndTypes) {
  const std::string path = own_folder() + "foreign.mcap";
  auto writer = recording::DriveWriter::create(path);
  writer->add_channel("/source/tf_static", base::message_type<messages::TFMessage>());
  const int channel = writer->add_channel("/lidar/top/points", base::message_type<messages::Imu>());
  ASSERT_TRUE(writer->write(channel, {1}, {1}, messages::Imu{}).ok());
  ASSERT_TRUE(writer->close().ok());
  const Outcome run = replay_with(pipeline_path(), path);
  EXPECT_EQ(run.exit_code, kFailed);
  for (const char* part : {"lidar.yaml:", "/lidar/top/points", "sensor_msgs/msg/Imu", "sensor_msgs/msg/PointCloud2"})
    EXPECT_TRUE(contains(run.err, part)) << part << " in " << run.err;
}

TEST(BadPipeline, AMissingLibraryIsNamedWithLineAndWhatIsThere) {
  const Outcome run =
      replay_with(write_text("library.yaml", with(pipeline_text(), "library: tracker", "library: trakker")));
  EXPECT_EQ(run.exit_code, kFailed);
  for (const char* part : {"library.yaml:", "libhangil_trakker.so: no such module library", "tracker"})
    EXPECT_TRUE(contains(run.err, part)) << part << " in " << run.err;
}

TEST(BadPipeline, ALibraryOfAnotherAbiVersionIsRefused) {
  const std::string libraries = own_folder() + "libraries";
  std::filesystem::create_directories(libraries);
  const std::string name = "libhangil_test_other_abi.so";
  std::filesystem::copy_file(HANGIL_BUILD_DIR "/tests/runtime/libraries/" + name, libraries + "/" + name);
  const std::string pipeline = write_text("abi.yaml",
                                          "pipeline: abi\n"
                                          "modules:\n"
                                          "  - name: old\n"
                                          "    library: test_other_abi\n"
                                          "    inputs: {points: /lidar/top/points}\n"
                                          "    on: [points]\n"
                                          "    budget_ms: 1\n");
  ::setenv("HANGIL_MODULE_DIR", libraries.c_str(), 1);
  const Outcome run = replay_with(pipeline);
  ::unsetenv("HANGIL_MODULE_DIR");
  EXPECT_EQ(run.exit_code, kFailed);
  for (const char* part : {"abi.yaml:", name.c_str(), "was built for module ABI"})
    EXPECT_TRUE(contains(run.err, part)) << part << " in " << run.err;
}

}  // namespace
}  // namespace hangil::cli
