// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/test_libraries.hpp"

// One module of the classical pipeline fails in the middle of a live drive: it is said by name, the drive goes on, its
// recording is whole, and what happened repeats exactly.
namespace hangil::cli {
namespace {

enum Fault { kNan = 1, kThrow, kHang };

struct Drive {
  std::string path, events;
  nlohmann::json told;
};

Drive drive_with(Fault fault, const std::string& seconds) {
  const std::string own = own_folder() + "fault" + std::to_string(fault), drive = own + ".mcap";
  EXPECT_EQ(hangil("demo-drive --seconds " + seconds + " -o " + drive).exit_code, kClean);
  const std::string pipeline = write_text(
      "fault.yaml", with(pipeline_text(), "    library: tracker\n",
                         "    library: test_faulty_tracker\n    config: {fault: " + std::to_string(fault) + "}\n"));
  Drive driven{own + "_driven.mcap"};
  const Outcome live = hangil("run --json " + drive + " -p " + pipeline + " -o " + driven.path, with_test_libraries());
  EXPECT_EQ(live.exit_code, kClean) << live.err;
  driven.told = nlohmann::json::parse(live.out, nullptr, false);
  driven.events = hangil("cat --json --topic /runtime/events " + driven.path).out;
  return driven;
}

void expect_it_repeats(const Drive& drive) {
  const Outcome again = hangil("replay --as-driven --json " + drive.path, with_test_libraries());
  EXPECT_EQ(again.exit_code, kClean) << again.err;
  EXPECT_TRUE(contains(again.err, "reproduced")) << again.err;
  EXPECT_EQ(nlohmann::json::parse(again.out, nullptr, false)["digest"], drive.told["digest"]);
}

// What the validator let out after the failure, by its reports.
bool had_another_level(const Drive& drive) {
  const std::string levels = hangil("cat --json --topic /safety/level " + drive.path).out;
  return contains(levels, "hold_last") || contains(levels, "stop");
}

TEST(FaultyModule, NumbersThatAreNoneEndAtTheNextModuleWhichNamesThem) {
  const Drive drive = drive_with(kNan, "2.5");
  EXPECT_EQ(drive.told["failures"], 1);
  EXPECT_TRUE(contains(drive.events, "track 1 at")) << drive.events;
  EXPECT_TRUE(contains(drive.events, "a number is not finite")) << drive.events;
  EXPECT_FALSE(contains(hangil("cat --json --topic /command " + drive.path).out, "null"));  // JSON's NaN
  expect_it_repeats(drive);
}

TEST(FaultyModule, AThrowIsToldWithItsWordsAndAnotherInstanceGoesOn) {
  const Drive drive = drive_with(kThrow, "2.5");
  EXPECT_EQ(drive.told["failures"], 1);
  EXPECT_TRUE(contains(drive.events, "lost its wits")) << drive.events;
  EXPECT_TRUE(had_another_level(drive));
  expect_it_repeats(drive);
}

TEST(FaultyModule, AHungOneIsGivenUpAndTheVehicleStopsMeanwhile) {
  const Drive drive = drive_with(kHang, "4");
  EXPECT_EQ(drive.told["failures"], 1);
  EXPECT_TRUE(contains(drive.events, "module_hung")) << drive.events;
  EXPECT_TRUE(contains(drive.events, "tracker")) << drive.events;
  EXPECT_TRUE(had_another_level(drive));
  expect_it_repeats(drive);
}

}  // namespace
}  // namespace hangil::cli
