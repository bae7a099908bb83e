// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/program_fixture.hpp"
#include "recording/kitti_folder.hpp"

// The commands that make, show and mend recordings, run as a user runs them.
namespace hangil::cli {
namespace {

class DriveCommands : public ProgramTest {
 protected:
  Outcome convert() { return run("convert kitti-tracking " + kitti_.root() + " --sequence 0003 --json -o " + drive_); }

  tests::KittiFolder kitti_{folder_ / "training"};
  std::string drive_ = folder_ / "drive.mcap";
};

TEST_F(DriveCommands, ConvertThenInfoSaysWhatIsInIt) {
  const Outcome converted = convert();
  ASSERT_EQ(converted.code, kClean) << converted.errors;
  EXPECT_EQ(nlohmann::json::parse(converted.output)["frames"], 5);
  const Outcome info = run("info --json --verify " + drive_);
  ASSERT_EQ(info.code, kClean) << info.errors;
  const auto json = nlohmann::json::parse(info.output);
  EXPECT_EQ(json["profile"], "ros2");
  EXPECT_EQ(json["metadata"]["import"]["sequence"], "0003");
  EXPECT_TRUE(json["damage"].empty());
  bool has_points = false;
  for (const auto& channel : json["channels"])
    has_points |= channel["topic"] == "/lidar/top/points" && channel["messages"] == 5;
  EXPECT_TRUE(has_points);
  EXPECT_NE(run("info " + drive_).output.find("/lidar/top/points"), std::string::npos);
}

TEST_F(DriveCommands, MissingScanIsDataLoss) {
  std::filesystem::remove(kitti_.scan(2));
  const Outcome converted = convert();
  EXPECT_EQ(converted.code, kDataLoss);
  EXPECT_NE(converted.errors.find("000002.bin"), std::string::npos);
}

TEST_F(DriveCommands, CatPrintsJsonLinesOfOneTopic) {
  ASSERT_EQ(convert().code, kClean);
  const Outcome shown = run("cat --json --topic /odometry --count 2 " + drive_);
  ASSERT_EQ(shown.code, kClean) << shown.errors;
  std::istringstream lines(shown.output);
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json["topic"], "/odometry");
    EXPECT_NEAR(json["value"]["pose"]["pose"]["position"]["x"].get<double>(), count, 1e-3);
    ++count;
  }
  EXPECT_EQ(count, 2);
  const Outcome wrong = run("cat --topic /odometri " + drive_);
  EXPECT_EQ(wrong.code, kFailed);
  EXPECT_NE(wrong.errors.find("did you mean /odometry?"), std::string::npos);
}

TEST_F(DriveCommands, CatSaysThatATypeIsUnknown) {
  {
    auto writer = recording::DriveWriter::create(drive_);
    const int channel = writer->add_channel("/chatter", "std_msgs/msg/String", "string data\n");
    ASSERT_TRUE(writer->write(channel, 0, {1}, {1}, base::Bytes{0, 1, 0, 0}).ok());
  }
  EXPECT_NE(run("cat " + drive_).output.find("unknown type std_msgs/msg/String; 4 bytes"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::parse(run("cat --json " + drive_).output)["value"].is_null());
}

TEST_F(DriveCommands, RecoverOfACutFileSaysWhatIsLostAndEndsWithThree) {
  ASSERT_EQ(convert().code, kClean);
  base::Bytes bytes = tests::read_file(drive_);
  bytes.resize(bytes.size() / 2);
  tests::write_file(drive_, bytes);
  EXPECT_EQ(run("info " + drive_).code, kDataLoss);
  const std::string mended = folder_ / "mended.mcap";
  const Outcome recovered = run("recover " + drive_ + " -o " + mended);
  EXPECT_EQ(recovered.code, kDataLoss) << recovered.errors;
  EXPECT_NE(recovered.output.find("the file was cut off"), std::string::npos);
  EXPECT_EQ(run("info --verify " + mended).code, kClean);
  EXPECT_EQ(run("recover " + mended + " -o " + mended).code, kFailed);
}

TEST_F(DriveCommands, WrongUseEndsWithTwo) {
  EXPECT_EQ(run("convert").code, kUsage);
  EXPECT_EQ(run("convert ros2 bag -o x.mcap --map /a=/b").code, kUsage);
  EXPECT_EQ(run("recover x.mcap").code, kUsage);
  EXPECT_EQ(run("info " + folder_ / "absent.mcap").code, kFailed);
}

}  // namespace
}  // namespace hangil::cli
