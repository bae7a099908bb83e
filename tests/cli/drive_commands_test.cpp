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
  static Outcome run(const std::string& arguments) { return hangil(arguments); }
  Outcome convert() { return run("convert kitti-tracking " + kitti_.root() + " --sequence 0003 --json -o " + drive_); }

  tests::TemporaryFolder folder_;
  tests::KittiFolder kitti_{folder_ / "training"};
  std::string drive_ = folder_ / "drive.mcap";
};

TEST_F(DriveCommands, ConvertThenInfoSaysWhatIsInIt) {
  const Outcome converted = convert();
  ASSERT_EQ(converted.exit_code, kClean) << converted.err;
  EXPECT_EQ(nlohmann::json::parse(converted.out)["frames"], 5);
  const Outcome info = run("info --json --verify " + drive_);
  ASSERT_EQ(info.exit_code, kClean) << info.err;
  const auto json = nlohmann::json::parse(info.out);
  EXPECT_EQ(json["profile"], "ros2");
  EXPECT_EQ(json["metadata"]["import"]["sequence"], "0003");
  EXPECT_TRUE(json["damage"].empty());
  bool has_points = false;
  for (const auto& channel : json["channels"])
    has_points |= channel["topic"] == "/lidar/top/points" && channel["messages"] == 5;
  EXPECT_TRUE(has_points);
  EXPECT_NE(run("info " + drive_).out.find("/lidar/top/points"), std::string::npos);
}

TEST_F(DriveCommands, MissingScanIsDataLoss) {
  std::filesystem::remove(kitti_.scan(2));
  const Outcome converted = convert();
  EXPECT_EQ(converted.exit_code, kDataLoss);
  EXPECT_NE(converted.err.find("000002.bin"), std::string::npos);
}

TEST_F(DriveCommands, CatPrintsJsonLinesOfOneTopic) {
  ASSERT_EQ(convert().exit_code, kClean);
  const Outcome shown = run("cat --json --topic /odometry --count 2 " + drive_);
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
  const Outcome wrong = run("cat --topic /odometri " + drive_);
  EXPECT_EQ(wrong.exit_code, kFailed);
  EXPECT_NE(wrong.err.find("did you mean /odometry?"), std::string::npos);
}

TEST_F(DriveCommands, CatSaysThatATypeIsUnknown) {
  {
    auto writer = recording::DriveWriter::create(drive_);
    const int channel = writer->add_channel("/chatter", "std_msgs/msg/String", "string data\n");
    ASSERT_TRUE(writer->write(channel, 0, {1}, {1}, base::Bytes{0, 1, 0, 0}).ok());
  }
  EXPECT_NE(run("cat " + drive_).out.find("unknown type std_msgs/msg/String; 4 bytes"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::parse(run("cat --json " + drive_).out)["value"].is_null());
}

TEST_F(DriveCommands, RecoverOfACutFileSaysWhatIsLostAndEndsWithThree) {
  ASSERT_EQ(convert().exit_code, kClean);
  base::Bytes bytes = tests::read_file(drive_);
  bytes.resize(bytes.size() / 2);
  tests::write_file(drive_, bytes);
  EXPECT_EQ(run("info " + drive_).exit_code, kDataLoss);
  const std::string mended = folder_ / "mended.mcap";
  const Outcome recovered = run("recover " + drive_ + " -o " + mended);
  EXPECT_EQ(recovered.exit_code, kDataLoss) << recovered.err;
  EXPECT_NE(recovered.out.find("the file was cut off"), std::string::npos);
  EXPECT_EQ(run("info --verify " + mended).exit_code, kClean);
  EXPECT_EQ(run("recover " + mended + " -o " + mended).exit_code, kFailed);
}

// Runs of the built-in drive through the classical pipeline.
class DriveRuns : public DriveCommands {
 protected:
  void SetUp() override {
    const Outcome made = run("demo-drive --seconds 0.7 -o " + drive_);
    ASSERT_EQ(made.exit_code, kClean) << made.err;
  }
  std::string digest_of(const std::string& drive, const std::string& options = "") {
    const Outcome replayed = run("replay " + drive + kPipeline + " --json " + options);
    EXPECT_EQ(replayed.exit_code, kClean) << replayed.err;
    return replayed.exit_code == kClean ? nlohmann::json::parse(replayed.out)["digest"].get<std::string>() : "";
  }

  static constexpr const char* kPipeline = " --pipeline " HANGIL_SOURCE_DIR "/configs/pipelines/lidar.yaml";
  std::string driven_ = folder_ / "driven.mcap";
};

TEST_F(DriveRuns, DigestIsTheSameWithRecordingAndOfWhatWasRecorded) {
  const std::string digest = digest_of(drive_);
  EXPECT_EQ(digest_of(drive_, "--workers 2 -o " + driven_), digest);
  EXPECT_EQ(digest_of(driven_), digest);  // though outputs in it come later than the last source message
}

TEST_F(DriveRuns, ALiveDriveIsReproducedFromItsRecordingAlone) {
  const Outcome live = run("run " + drive_ + kPipeline + " --json -o " + driven_);
  ASSERT_EQ(live.exit_code, kClean) << live.err;
  const Outcome again = run("replay " + driven_ + " --as-driven --json");
  ASSERT_EQ(again.exit_code, kClean) << again.err;
  EXPECT_NE(again.err.find("reproduced"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(again.out)["digest"], nlohmann::json::parse(live.out)["digest"]);
}

TEST_F(DriveRuns, ALiveDriveThatIsCutOffIsReproducedAsFarAsItWasLogged) {
  ASSERT_EQ(run("run " + drive_ + kPipeline + " -o " + driven_).exit_code, kClean);
  base::Bytes bytes = tests::read_file(driven_);
  bytes.resize(bytes.size() * 2 / 3);
  tests::write_file(driven_, bytes);
  const std::string mended = folder_ / "mended.mcap";
  const Outcome recovered = run("recover " + driven_ + " -o " + mended);
  EXPECT_EQ(recovered.exit_code, kDataLoss);
  EXPECT_NE(recovered.out.find("the drive's log ends 0."), std::string::npos) << recovered.out;
  const Outcome again = run("replay " + mended + " --as-driven");
  EXPECT_EQ(again.exit_code, kClean) << again.err;
  EXPECT_NE(again.err.find("reproduced"), std::string::npos) << again.err;
}

TEST_F(DriveCommands, WrongUseEndsWithTwo) {
  EXPECT_EQ(run("convert").exit_code, kUsage);
  EXPECT_EQ(run("convert ros2 bag -o x.mcap --map /a=/b").exit_code, kUsage);
  EXPECT_EQ(run("recover x.mcap").exit_code, kUsage);
  EXPECT_EQ(run("info " + folder_ / "absent.mcap").exit_code, kFailed);
}

}  // namespace
}  // namespace hangil::cli
