// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <csignal>

#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/program_fixture.hpp"

// Drives and what is left of them when something goes wrong, run as a user runs them.
namespace hangil::cli {
namespace {

// Runs of the built-in drive through the classical pipeline.
class DriveRuns : public ProgramTest {
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

  std::uint64_t replay_as_driven(const std::string& drive) {
    const Outcome again = run("replay " + drive + " --as-driven --json");
    EXPECT_EQ(again.code, kClean) << again.errors;
    EXPECT_NE(again.errors.find("reproduced"), std::string::npos) << again.errors;
    return again.code == kClean ? nlohmann::json::parse(again.output)["activations"].get<std::uint64_t>() : 0;
  }

  static constexpr const char* kPipeline = " --pipeline " HANGIL_SOURCE_DIR "/configs/pipelines/lidar.yaml";
  std::string drive_ = folder_ / "drive.mcap", driven_ = folder_ / "driven.mcap", mended_ = folder_ / "mended.mcap";
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
  const Outcome recovered = run("recover " + driven_ + " -o " + mended_);
  EXPECT_EQ(recovered.code, kDataLoss);
  EXPECT_NE(recovered.output.find("the drive's log ends 0."), std::string::npos) << recovered.output;
  EXPECT_GT(replay_as_driven(mended_), 0u);
}

// A full disk as a process without rights can have it: a limit on the size of its files.
TEST_F(DriveRuns, AFullDiskEndsTheRecordingNotTheDriveAndIsSaid) {
  const Outcome live = run("run " + drive_ + kPipeline + " --json -o " + driven_, "ulimit -f 3000;");
  ASSERT_EQ(live.code, kDataLoss) << live.errors;
  EXPECT_NE(live.errors.find("warning: " + driven_ + ": cannot write at byte"), std::string::npos) << live.errors;
  EXPECT_NE(live.errors.find("the drive goes on"), std::string::npos);
  const auto said = nlohmann::json::parse(live.output);
  EXPECT_GT(said["recording"]["unrecorded_messages"].get<int>(), 0);
  EXPECT_NE(said["recording"]["trouble"].get<std::string>().find("File too large"), std::string::npos);
  EXPECT_EQ(said["frames"], 7);
  // Whether there was room left for the summary or not, what came before is whole.
  EXPECT_NE(run("recover " + driven_ + " -o " + mended_).code, kFailed);
  const std::uint64_t kept = replay_as_driven(mended_);
  EXPECT_GT(kept, 0u);
  EXPECT_LT(kept, said["activations"].get<std::uint64_t>());
}

TEST_F(DriveRuns, AFullDiskLeavesTheResultOfAReplayAsItIs) {
  const std::string digest = digest_of(drive_);
  const Outcome full = run("replay " + drive_ + kPipeline + " --json -o " + driven_, "ulimit -f 3000;");
  EXPECT_EQ(full.code, kDataLoss);
  EXPECT_EQ(nlohmann::json::parse(full.output)["digest"], digest);
}

TEST_F(DriveRuns, ARecordingThatCannotBeginIsRefusedBeforeTheDrive) {
  const Outcome live = run("run " + drive_ + kPipeline + " -o /dev/full");
  EXPECT_EQ(live.code, kFailed);
  EXPECT_NE(live.errors.find("/dev/full: cannot write at byte 0"), std::string::npos) << live.errors;
}

struct Death {
  const char* name;
  int signal, config;  // what it ends with, and what the module is told
};

class DriveDeath : public DriveRuns, public ::testing::WithParamInterface<Death> {
 protected:
  static constexpr const char* kLibraries = "HANGIL_MODULE_DIR=" HANGIL_BUILD_DIR "/tests/cli/libraries";
};

TEST_P(DriveDeath, NamesTheModuleAndLosesNothingBeforeIt) {
  const Death& death = GetParam();
  const std::string pipeline = folder_ / "crash.yaml";
  tests::write_text(pipeline,
                    "pipeline: crash\nmodules:\n  - name: fragile\n    library: test_crash\n    inputs: {imu: /imu}\n"
                    "    on: [imu]\n    budget_ms: 5\n    config: {at: 30, signal: " +
                        std::to_string(death.config) + "}\n");
  const Outcome live = run("run " + drive_ + " --pipeline " + pipeline + " -o " + driven_, kLibraries);
  EXPECT_EQ(live.code, 128 + death.signal) << live.errors;
  EXPECT_NE(live.errors.find(" in module fragile, activation 30; what was driven is in " + driven_), std::string::npos)
      << live.errors;
  // The recording itself says so, before anything is mended ...
  const Outcome events = run("cat --json --topic /runtime/events " + driven_);
  EXPECT_NE(events.output.find("\"kind\":\"crashed\",\"module\":0,\"channel\":-1,\"ordinal\":30"), std::string::npos)
      << events.output;
  // ... and all that ran before is in it.
  const Outcome recovered = run("recover " + driven_ + " -o " + mended_, kLibraries);
  EXPECT_EQ(recovered.code, kDataLoss) << recovered.errors;
  EXPECT_NE(recovered.output.find("the process died of SIG"), std::string::npos) << recovered.output;
  EXPECT_NE(recovered.output.find("while fragile ran"), std::string::npos) << recovered.output;
  const auto info = nlohmann::json::parse(run("info --json " + mended_).output);
  EXPECT_NE(info["metadata"]["crash"]["what"].get<std::string>().find("in module fragile"), std::string::npos);
  const Outcome ran = run("cat --json --topic /runtime/activations " + mended_);
  EXPECT_EQ(std::count(ran.output.begin(), ran.output.end(), '\n'), 30);
}

INSTANTIATE_TEST_SUITE_P(Signals, DriveDeath,
                         ::testing::Values(Death{"segv", SIGSEGV, SIGSEGV}, Death{"abort", SIGABRT, SIGABRT},
                                           Death{"bus", SIGBUS, SIGBUS}, Death{"fpe", SIGFPE, SIGFPE},
                                           Death{"stack", SIGSEGV, 0}),
                         [](const auto& death) { return std::string(death.param.name); });

}  // namespace
}  // namespace hangil::cli
