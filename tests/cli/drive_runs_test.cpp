// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "recording/drive_files.hpp"
#include "runtime/cpu_hog.hpp"

// Drives and what is left of them when something goes wrong, run as a user runs them.
namespace hangil::cli {
namespace {

// Runs of the built-in drive through the classical pipeline.
class DriveRuns : public ::testing::Test {
 protected:
  void SetUp() override {
    const Outcome made = hangil("demo-drive --seconds 0.7 -o " + drive_);
    ASSERT_EQ(made.exit_code, kClean) << made.err;
  }
  std::string digest_of(const std::string& drive, const std::string& options = "") {
    const Outcome replayed = hangil("replay " + drive + pipeline_ + " --json " + options);
    EXPECT_EQ(replayed.exit_code, kClean) << replayed.err;
    return replayed.exit_code == kClean ? nlohmann::json::parse(replayed.out)["digest"].get<std::string>() : "";
  }

  std::uint64_t replay_as_driven(const std::string& drive) {
    const Outcome again = hangil("replay " + drive + " --as-driven --json");
    EXPECT_EQ(again.exit_code, kClean) << again.err;
    EXPECT_NE(again.err.find("reproduced"), std::string::npos) << again.err;
    return again.exit_code == kClean ? nlohmann::json::parse(again.out)["activations"].get<std::uint64_t>() : 0;
  }

  const std::string pipeline_ = " --pipeline " + pipeline_path();
  tests::TemporaryFolder folder_;
  std::string drive_ = folder_ / "drive.mcap", driven_ = folder_ / "driven.mcap", mended_ = folder_ / "mended.mcap";
};

TEST_F(DriveRuns, DigestIsTheSameWithRecordingAndOfWhatWasRecorded) {
  const std::string digest = digest_of(drive_);
  EXPECT_EQ(digest_of(drive_, "--workers 2 -o " + driven_), digest);
  EXPECT_EQ(digest_of(driven_), digest);  // though outputs in it come later than the last source message
}

// A digest is what a drive led to, not how it was computed: on how many workers, recorded or not, beside whom.
TEST_F(DriveRuns, DigestIsTheSameOnAnyWorkersRecordedOrNotAndBesideACpuHog) {
  const std::string part = " --duration 0.3 --workers ", file = " -o " + driven_;
  const std::string digest = digest_of(drive_, part + "1");
  EXPECT_EQ(digest_of(drive_, part + "2" + file), digest);
  EXPECT_EQ(digest_of(drive_, part + "4"), digest);
  const runtime::CpuHog hog(4);
  EXPECT_EQ(digest_of(drive_, part + "1" + file), digest);
  EXPECT_EQ(digest_of(drive_, part + "2"), digest);
  EXPECT_EQ(digest_of(drive_, part + "4" + file), digest);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which keep a heap of their own
// Memory that goes back to the system and comes again with every frame costs its faults again: 500 a cloud of 2 MB.
TEST_F(DriveRuns, AWarmFrameCostsFewPageFaults) {
  const auto faults = [this](const std::string& rounds) {
    rusage before{}, after{};
    getrusage(RUSAGE_CHILDREN, &before);
    digest_of(drive_, "--workers 2 --repeat " + rounds);
    getrusage(RUSAGE_CHILDREN, &after);
    return after.ru_minflt - before.ru_minflt;
  };
  const long few = faults("4"), many = faults("14");  // 7 frames a round
  EXPECT_LT((many - few) / 70, 100);
}

// The most memory that a replay of so many rounds ever held.
long peak_kb(const std::string& drive, const std::string& rounds) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), 1);
    ::execl(HANGIL_BUILD_DIR "/bin/hangil", "hangil", "replay", drive.c_str(), "--pipeline", pipeline_path().c_str(),
            "--repeat", rounds.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  return usage.ru_maxrss;
}

// The whole pipeline's, not the executive's alone. A round has 7 frames; a page a frame would be more than is allowed.
TEST_F(DriveRuns, MemoryOfTheWholePipelineIsConstantOverAThousandWarmFrames) {
  const long warm = peak_kb(drive_, "20");
  EXPECT_LE(peak_kb(drive_, "163"), warm + 4'000);
}
#endif

TEST_F(DriveRuns, APartKnowsWhatWasSaidOnceBeforeIt) {
  const Outcome part = hangil("replay " + drive_ + pipeline_ + " --json --start 0.25 --duration 0.4");
  ASSERT_EQ(part.exit_code, kClean) << part.err;
  const auto told = nlohmann::json::parse(part.out);
  EXPECT_GE(told["frames"], 3);
  EXPECT_LT(told["frames"], 7);
  // Mounting and mission stand at the drive's beginning only.
  EXPECT_EQ(told["modules"]["planner"]["activations"], told["frames"]);
  const Outcome late = hangil("replay " + drive_ + pipeline_ + " --start 100");
  EXPECT_EQ(late.exit_code, kFailed);
  EXPECT_NE(late.err.find("--start 100 s lies behind its end"), std::string::npos) << late.err;
}

TEST_F(DriveRuns, ALiveDriveIsReproducedFromItsRecordingAlone) {
  const Outcome live = hangil("run " + drive_ + pipeline_ + " --json -o " + driven_);
  ASSERT_EQ(live.exit_code, kClean) << live.err;
  const Outcome again = hangil("replay " + driven_ + " --as-driven --json");
  ASSERT_EQ(again.exit_code, kClean) << again.err;
  EXPECT_NE(again.err.find("reproduced"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(again.out)["digest"], nlohmann::json::parse(live.out)["digest"]);
}

TEST_F(DriveRuns, ALiveDriveThatIsCutOffIsReproducedAsFarAsItWasLogged) {
  ASSERT_EQ(hangil("run " + drive_ + pipeline_ + " -o " + driven_).exit_code, kClean);
  base::Bytes bytes = tests::read_file(driven_);
  bytes.resize(bytes.size() * 2 / 3);
  tests::write_file(driven_, bytes);
  const Outcome recovered = hangil("recover " + driven_ + " -o " + mended_);
  EXPECT_EQ(recovered.exit_code, kDataLoss);
  EXPECT_NE(recovered.out.find("the drive's log ends 0."), std::string::npos) << recovered.out;
  EXPECT_GT(replay_as_driven(mended_), 0u);
}

// A full disk as a process without rights can have it: a limit on the size of its files.
TEST_F(DriveRuns, AFullDiskEndsTheRecordingNotTheDriveAndIsSaid) {
  const Outcome live = hangil("run " + drive_ + pipeline_ + " --json -o " + driven_, "ulimit -f 3000;");
  ASSERT_EQ(live.exit_code, kDataLoss) << live.err;
  EXPECT_NE(live.err.find("warning: " + driven_ + ": cannot write at byte"), std::string::npos) << live.err;
  EXPECT_NE(live.err.find("the drive goes on"), std::string::npos);
  const auto said = nlohmann::json::parse(live.out);
  EXPECT_GT(said["recording"]["unrecorded_messages"].get<int>(), 0);
  EXPECT_NE(said["recording"]["trouble"].get<std::string>().find("File too large"), std::string::npos);
  EXPECT_EQ(said["frames"], 7);
  // Whether there was room left for the summary or not, what came before is whole.
  EXPECT_NE(hangil("recover " + driven_ + " -o " + mended_).exit_code, kFailed);
  const std::uint64_t kept = replay_as_driven(mended_);
  EXPECT_GT(kept, 0u);
  EXPECT_LT(kept, said["activations"].get<std::uint64_t>());
}

TEST_F(DriveRuns, AFullDiskLeavesTheResultOfAReplayAsItIs) {
  const std::string digest = digest_of(drive_);
  const Outcome full = hangil("replay " + drive_ + pipeline_ + " --json -o " + driven_, "ulimit -f 3000;");
  EXPECT_EQ(full.exit_code, kDataLoss);
  EXPECT_EQ(nlohmann::json::parse(full.out)["digest"], digest);
}

TEST_F(DriveRuns, ARecordingThatCannotBeginIsRefusedBeforeTheDrive) {
  const Outcome live = hangil("run " + drive_ + pipeline_ + " -o /dev/full");
  EXPECT_EQ(live.exit_code, kFailed);
  EXPECT_NE(live.err.find("/dev/full: cannot write at byte 0"), std::string::npos) << live.err;
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
  const Outcome live = hangil("run " + drive_ + " --pipeline " + pipeline + " -o " + driven_, kLibraries);
  EXPECT_EQ(live.exit_code, 128 + death.signal) << live.err;
  EXPECT_NE(live.err.find(" in module fragile, activation 30; what was driven is in " + driven_), std::string::npos)
      << live.err;
  // The recording itself says so, before anything is mended ...
  const Outcome events = hangil("cat --json --topic /runtime/events " + driven_);
  EXPECT_NE(events.out.find("\"kind\":\"crashed\",\"module\":0,\"channel\":-1,\"ordinal\":30"), std::string::npos)
      << events.out;
  // ... and all that ran before is in it.
  const Outcome recovered = hangil("recover " + driven_ + " -o " + mended_, kLibraries);
  EXPECT_EQ(recovered.exit_code, kDataLoss) << recovered.err;
  EXPECT_NE(recovered.out.find("the process died of SIG"), std::string::npos) << recovered.out;
  EXPECT_NE(recovered.out.find("while fragile ran"), std::string::npos) << recovered.out;
  const auto info = nlohmann::json::parse(hangil("info --json " + mended_).out);
  EXPECT_NE(info["metadata"]["crash"]["what"].get<std::string>().find("in module fragile"), std::string::npos);
  const Outcome ran = hangil("cat --json --topic /runtime/activations " + mended_);
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 30);
}

// The modules of the build, and those that tests break, in one folder.
std::string all_libraries(const std::string& folder) {
  for (const char* from : {HANGIL_BUILD_DIR "/lib/hangil", HANGIL_BUILD_DIR "/tests/cli/libraries"}) {
    for (const auto& library : std::filesystem::directory_iterator(from))
      std::filesystem::create_symlink(library.path(), folder + library.path().filename().string());
  }
  return "HANGIL_MODULE_DIR=" + folder;
}

TEST_F(DriveRuns, AModuleThatThrowsIsReplacedAndTheStopTrajectoryIsPublishedMeanwhile) {
  const std::string libraries = all_libraries(folder_ / ""), pipeline = folder_ / "throw.yaml";
  tests::write_text(pipeline,
                    pipeline_text() +
                        "\n  - name: fragile\n    library: test_crash\n    inputs: {imu: /imu}\n    on: [imu]\n"
                        "    budget_ms: 5\n    config: {at: 40, signal: -1}\n");
  int failures = 0;
  for (int k = 0; k < 5 && failures == 0; ++k) {  // a starved machine folds triggers together: it may not get that far
    const Outcome live = hangil("run " + drive_ + " --json --pipeline " + pipeline + " -o " + driven_, libraries);
    ASSERT_EQ(live.exit_code, kClean) << live.err;
    failures = nlohmann::json::parse(live.out)["failures"];
  }
  ASSERT_EQ(failures, 1);
  const std::string said = hangil("cat --json --topic /safety/level " + driven_).out;
  EXPECT_NE(said.find("\"level\":\"full\""), std::string::npos) << said;
  EXPECT_NE(said.find("\"level\":\"stop\",\"reason\":\"fragile was replaced\""), std::string::npos) << said;
  const std::string stops = hangil("cat --json --topic /safe_trajectory " + driven_).out;
  EXPECT_NE(stops.find("fragile was replaced"), std::string::npos) << stops.substr(0, 2000);
  const Outcome again = hangil("replay " + driven_ + " --as-driven --json", libraries);
  EXPECT_EQ(again.exit_code, kClean) << again.err;
  EXPECT_NE(again.err.find("reproduced"), std::string::npos) << again.err;
}

INSTANTIATE_TEST_SUITE_P(Signals, DriveDeath,
                         ::testing::Values(Death{"segv", SIGSEGV, SIGSEGV}, Death{"abort", SIGABRT, SIGABRT},
                                           Death{"bus", SIGBUS, SIGBUS}, Death{"fpe", SIGFPE, SIGFPE},
                                           Death{"stack", SIGSEGV, 0}),
                         [](const auto& death) { return std::string(death.param.name); });

}  // namespace
}  // namespace hangil::cli
