// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "recording/kitti_folder.hpp"

// The commands that make, show and mend recordings, run as a user runs them.
namespace hangil::cli {
namespace {

class DriveCommands : public ::testing::Test {
 protected:
  Outcome convert() {
    return hangil("convert kitti-tracking " + kitti_.root() + " --sequence 0003 --json -o " + drive_);
  }

  tests::TemporaryFolder folder_;
  tests::KittiFolder kitti_{folder_ / "training"};
  std::string drive_ = folder_ / "drive.mcap";
};

TEST_F(DriveCommands, ConvertThenInfoSaysWhatIsInIt) {
  const Outcome converted = convert();
  ASSERT_EQ(converted.exit_code, kClean) << converted.err;
  EXPECT_EQ(nlohmann::json::parse(converted.out)["frames"], 5);
  const Outcome info = hangil("info --json --verify " + drive_);
  ASSERT_EQ(info.exit_code, kClean) << info.err;
  const auto json = nlohmann::json::parse(info.out);
  EXPECT_EQ(json["profile"], "ros2");
  EXPECT_EQ(json["metadata"]["import"]["sequence"], "0003");
  EXPECT_TRUE(json["damage"].empty());
  bool has_points = false;
  for (const auto& channel : json["channels"])
    has_points |= channel["topic"] == "/lidar/top/points" && channel["messages"] == 5;
  EXPECT_TRUE(has_points);
  EXPECT_NE(hangil("info " + drive_).out.find("/lidar/top/points"), std::string::npos);
}

TEST_F(DriveCommands, MissingScanIsDataLoss) {
  std::filesystem::remove(kitti_.scan(2));
  const Outcome converted = convert();
  EXPECT_EQ(converted.exit_code, kDataLoss);
  EXPECT_NE(converted.err.find("000002.bin"), std::string::npos);
}

TEST_F(DriveCommands, CatPrintsJsonLinesOfOneTopic) {
  ASSERT_EQ(convert().exit_code, kClean);
  const Outcome shown = hangil("cat --json --topic /odometry --count 2 " + drive_);
  ASSERT_EQ(shown.exit_code, kClean) << shown.err;
  std::istringstream lines(shown.out);
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json["topic"], "/odometry");
    EXPECT_NEAR(json["value"]["pose"]["pose"]["position"]["x"].get<double>(), count, 1e-3);
    ++count;
  }
  EXPECT_EQ(count, 2);
  const Outcome wrong = hangil("cat --topic /odometri " + drive_);
  EXPECT_EQ(wrong.exit_code, kFailed);
  EXPECT_NE(wrong.err.find("did you mean /odometry?"), std::string::npos);
}

TEST_F(DriveCommands, CatSaysThatATypeIsUnknown) {
  {
    auto writer = recording::DriveWriter::create(drive_);
    const int channel = writer->add_channel("/chatter", "std_msgs/msg/String", "string data\n");
    ASSERT_TRUE(writer->write(channel, 0, {1}, {1}, base::Bytes{0, 1, 0, 0}).ok());
  }
  EXPECT_NE(hangil("cat " + drive_).out.find("unknown type std_msgs/msg/String; 4 bytes"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::parse(hangil("cat --json " + drive_).out)["value"].is_null());
}

TEST_F(DriveCommands, RecoverOfACutFileSaysWhatIsLostAndEndsWithThree) {
  ASSERT_EQ(convert().exit_code, kClean);
  base::Bytes bytes = tests::read_file(drive_);
  bytes.resize(bytes.size() / 2);
  tests::write_file(drive_, bytes);
  EXPECT_EQ(hangil("info " + drive_).exit_code, kDataLoss);
  const std::string mended = folder_ / "mended.mcap";
  const Outcome recovered = hangil("recover " + drive_ + " -o " + mended);
  EXPECT_EQ(recovered.exit_code, kDataLoss) << recovered.err;
  EXPECT_NE(recovered.out.find("the file was cut off"), std::string::npos);
  EXPECT_EQ(hangil("info --verify " + mended).exit_code, kClean);
  EXPECT_EQ(hangil("recover " + mended + " -o " + mended).exit_code, kFailed);
}

TEST_F(DriveCommands, NothingIsWrittenOverTheRecordingThatIsRead) {
  ASSERT_EQ(convert().exit_code, kClean);
  const base::Bytes before = tests::read_file(drive_);
  const std::string same = folder_ / "./drive.mcap", pipeline = " -p " + pipeline_path();
  for (const std::string& words :
       {"replay " + drive_ + pipeline + " -o ", "run " + drive_ + pipeline + " -o ", "report " + drive_ + " -o ",
        "eval " + drive_ + " --html ", "latency " + drive_ + " --html ", "recover " + drive_ + " -o "}) {
    const Outcome refused = hangil(words + same);
    EXPECT_NE(refused.exit_code, kClean) << words;
    EXPECT_TRUE(contains(refused.err, same + ": is the file to be read")) << words << refused.err;
    EXPECT_EQ(tests::read_file(drive_), before) << words;
  }
}

TEST_F(DriveCommands, WrongUseEndsWithTwo) {
  EXPECT_EQ(hangil("convert").exit_code, kUsage);
  EXPECT_EQ(hangil("convert ros2 bag -o x.mcap --map /a=/b").exit_code, kUsage);
  EXPECT_EQ(hangil("recover x.mcap").exit_code, kUsage);
  EXPECT_EQ(hangil("info " + folder_ / "absent.mcap").exit_code, kFailed);
}

}  // namespace
}  // namespace hangil::cli
