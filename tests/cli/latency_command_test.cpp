// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/made_drive.hpp"
#include "cli/program.hpp"

namespace hangil::cli {
namespace {

nlohmann::json latency_of(const std::string& drive) {
  const Outcome told = hangil("latency --json " + drive);
  EXPECT_EQ(told.exit_code, 0) << told.err;
  return nlohmann::json::parse(told.out, nullptr, false)["latency"];
}

TEST(LatencyCommand, TellsEveryModuleOfAReplayByComputeTime) {
  const auto latency = latency_of(replayed_drive());
  EXPECT_EQ(latency["is_drive"], false);
  EXPECT_TRUE(contains(latency["clocks"]["run"], "machine that replayed"));
  EXPECT_EQ(latency["frame_count"], 10);
  double share = 0;
  for (const auto& module : latency["modules"]) {
    EXPECT_GT(module["run_ms"]["p50"], 0) << module["name"];
    EXPECT_TRUE(module["run_ms"]["p999"].is_null()) << module["name"];
    EXPECT_GT(module["budget_ms"], 0);
    share += module["critical_path_share_ratio"].get<double>();
  }
  EXPECT_EQ(latency["modules"].size(), 9u);
  EXPECT_NEAR(share, 1, 1e-9);
}

TEST(LatencyCommand, PrintsNoRarestQuantileForFewSamples) {
  const Outcome told = hangil("latency " + replayed_drive());
  EXPECT_EQ(told.exit_code, 0) << told.err;
  const std::size_t row = told.out.find("\n  lidar_ground");
  ASSERT_NE(row, std::string::npos) << told.out;
  std::istringstream cells(told.out.substr(row));
  std::string name, runs, p50, p99, p999;
  cells >> name >> runs >> p50 >> p99 >> p999;
  EXPECT_EQ(runs, "10");
  EXPECT_EQ(p999, "-");
  EXPECT_TRUE(contains(told.out, "virtual time by declared budgets")) << told.out;
}

TEST(LatencyCommand, NamesTheVictimsOfAModuleThatIsTooSlow) {
  // Declared 250 ms for a scan every 100 ms, each published 50 ms after its stamp.
  const std::string slow = write_text("slow.yaml", with(pipeline_text(), "budget_ms: 10", "budget_ms: 250"));
  const std::string driven = own_folder() + "slow.mcap";
  const Outcome run = hangil("replay " + demo_drive() + " -p " + slow + " -o " + driven + " --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto latency = latency_of(driven);
  EXPECT_EQ(latency["drop_count"], nlohmann::json::parse(run.out)["drops"]);
  ASSERT_FALSE(latency["victims"].empty());
  const auto& first = latency["victims"][0];
  EXPECT_EQ(first["topic"], "/lidar/top/points");
  EXPECT_EQ(first["module"], "lidar_ground");
  EXPECT_EQ(first["input"], "points");
  EXPECT_EQ(first["reason"], "superseded");
  EXPECT_EQ(first["first"], 1);  // scan 0 runs from 50 to 300 ms; then scan 2 is the newest
  EXPECT_EQ(first["message_count"], 1);
  EXPECT_NEAR(first["at_s"].get<double>(), 0.3, 1e-6);
  EXPECT_NEAR(first["age_ms"].get<double>(), 200, 1e-3);
  const Outcome told = hangil("latency " + driven);
  EXPECT_TRUE(contains(told.out, "/lidar/top/points #1 ")) << told.out;
  EXPECT_TRUE(contains(told.out, "lidar_ground.points")) << told.out;
}

TEST(LatencyCommand, TellsALiveDriveByItsOwnTime) {
  const std::string driven = own_folder() + "live.mcap";
  const Outcome run = hangil("run " + demo_drive() + " -p " + pipeline_path() + " -o " + driven);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto latency = latency_of(driven);
  EXPECT_EQ(latency["is_drive"], true);
  EXPECT_TRUE(contains(latency["clocks"]["deadline"], "the drive's time"));
  EXPECT_TRUE(contains(latency["clocks"]["run"], "machine that drove"));
  EXPECT_GT(latency["virtual_latency_ms"]["p50"], 0);
  const Outcome page = hangil("latency " + driven + " --html " + own_folder() + "live.html");
  EXPECT_EQ(page.exit_code, 0) << page.err;
  EXPECT_TRUE(contains(read_text(own_folder() + "live.html"), "critical path"));
}

TEST(LatencyCommand, ALiveFrameMissesItsDeadlineOnce) {
  // No frame can make it in 1 ms; the controller sends several commands for each.
  const std::string hasty = write_text("hasty.yaml", with(pipeline_text(), "deadline_ms: 100", "deadline_ms: 1"));
  const std::string driven = own_folder() + "hasty.mcap";
  const Outcome run = hangil("run " + demo_drive() + " -p " + hasty + " -o " + driven);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto latency = latency_of(driven);
  EXPECT_GT(latency["answered_frame_count"], 0);
  EXPECT_EQ(latency["deadline_miss_count"], latency["answered_frame_count"]);
  int said = 0;
  for (const auto& event : latency["event_texts"]) said += event["kind"] == "deadline_missed" ? 1 : 0;
  EXPECT_EQ(said, latency["answered_frame_count"]);
}

TEST(LatencyCommand, PageNeedsNothingFromElsewhereAndShowsEveryPart) {
  const std::string page_path = own_folder() + "made.html";
  const std::string drive = made::write_driven(own_folder() + "made.mcap");
  ASSERT_EQ(hangil("latency " + drive + " --html " + page_path).exit_code, 0);
  const std::string page = read_text(page_path);
  for (const char* loader : {"http://", "https://", "<link", "@import", "<script src", "url("}) {
    EXPECT_FALSE(contains(page, loader)) << loader;
  }
  for (const char* part : {"Every frame", "p99.9", "Dropped messages", "Which messages were dropped", "Clocks",
                           "Modules left out of the run"}) {
    EXPECT_TRUE(contains(page, part)) << part;
  }
}

TEST(LatencyCommand, ADriveThatWasNeverDrivenIsRefusedWithWhatToDo) {
  const Outcome told = hangil("latency " + demo_drive());
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_TRUE(contains(told.err, "demo.mcap: no /runtime/info in this recording")) << told.err;
  EXPECT_TRUE(contains(told.err, "hangil replay")) << told.err;
}

}  // namespace
}  // namespace hangil::cli
