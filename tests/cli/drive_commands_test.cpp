// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "cli/commands.hpp"
#include "recording/kitti_folder.hpp"

// The commands that make, show and mend recordings, run as a user runs them.
namespace hangil::cli {
namespace {

struct Outcome {
  int code = -1;
  std::string output, errors;
};

class DriveCommands : public ::testing::Test {
 protected:
  Outcome run(const std::string& arguments) {
    Outcome outcome;
    const std::string errors = folder_ / "errors.txt";
    FILE* pipe = ::popen((HANGIL_BUILD_DIR "/bin/hangil " + arguments + " 2> " + errors).c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> part;
    for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
      outcome.output.append(part.data(), n);
    const int status = ::pclose(pipe);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    const base::Bytes text = tests::read_file(errors);
    outcome.errors.assign(text.begin(), text.end());
    return outcome;
  }
  Outcome convert() { return run("convert kitti-tracking " + kitti_.root() + " --sequence 0003 --json -o " + drive_); }

  tests::TemporaryFolder folder_;
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

// Runs of the built-in drive through the classical pipeline.
class DriveRuns : public DriveCommands {
 protected:
  void SetUp() override {
    const Outcome made = run("demo-drive --seconds 0.7 -o " + drive_);
    ASSERT_EQ(made.code, kClean) << made.errors;
  }
  std::string digest_of(const std::string& drive, const std::string& options = "") {
    const Outcome replayed = run("replay " + drive + kPipeline + " --json " + options);
    EXPECT_EQ(replayed.code, kClean) << replayed.errors;
    return replayed.code == kClean ? nlohmann::json::parse(replayed.output)["digest"].get<std::string>() : "";
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
  ASSERT_EQ(live.code, kClean) << live.errors;
  const Outcome again = run("replay " + driven_ + " --as-driven --json");
  ASSERT_EQ(again.code, kClean) << again.errors;
  EXPECT_NE(again.errors.find("reproduced"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(again.output)["digest"], nlohmann::json::parse(live.output)["digest"]);
}

TEST_F(DriveRuns, ALiveDriveThatIsCutOffIsReproducedAsFarAsItWasLogged) {
  ASSERT_EQ(run("run " + drive_ + kPipeline + " -o " + driven_).code, kClean);
  base::Bytes bytes = tests::read_file(driven_);
  bytes.resize(bytes.size() * 2 / 3);
  tests::write_file(driven_, bytes);
  const std::string mended = folder_ / "mended.mcap";
  const Outcome recovered = run("recover " + driven_ + " -o " + mended);
  EXPECT_EQ(recovered.code, kDataLoss);
  EXPECT_NE(recovered.output.find("the drive's log ends 0."), std::string::npos) << recovered.output;
  const Outcome again = run("replay " + mended + " --as-driven");
  EXPECT_EQ(again.code, kClean) << again.errors;
  EXPECT_NE(again.errors.find("reproduced"), std::string::npos) << again.errors;
}

TEST_F(DriveCommands, WrongUseEndsWithTwo) {
  EXPECT_EQ(run("convert").code, kUsage);
  EXPECT_EQ(run("convert ros2 bag -o x.mcap --map /a=/b").code, kUsage);
  EXPECT_EQ(run("recover x.mcap").code, kUsage);
  EXPECT_EQ(run("info " + folder_ / "absent.mcap").code, kFailed);
}

}  // namespace
}  // namespace hangil::cli
