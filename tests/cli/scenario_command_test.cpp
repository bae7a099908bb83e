// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/test_libraries.hpp"

// Many runs through the program: what one of them does to itself is its own ERROR, and everybody's results are written.
namespace hangil::cli {
namespace {

const std::string kScenarios = HANGIL_SOURCE_DIR "/scenarios/";
const std::string kGrid = HANGIL_SOURCE_DIR "/configs/scenarios/cut_in_grid.xosc";

std::string scenario_path(const std::string& name) { return kScenarios + name + "/" + name + ".xosc"; }

// The closed loop's pipeline with a tracker that fails.
std::string faulty_pipeline(int fault) {
  const std::string text = read_text(HANGIL_SOURCE_DIR "/configs/pipelines/planning.yaml");
  const std::string config = "    config: {fault: " + std::to_string(fault) + "}\n";
  return write_text("faulty_planning.yaml", with(with(text, "    config: {has_partial_boxes: false}\n", config),
                                                 "library: tracker\n", "library: test_faulty_tracker\n"));
}

nlohmann::json results_of(const std::string& report) {
  return nlohmann::json::parse(read_text(report + "/results.json"), nullptr, false)["results"];
}

std::string points(const std::string& rows) {
  return write_text("points.csv", "ego_kmh,other_kmh,gap_m,lateral_mps\n" + rows);
}

std::string sweep_words(const std::string& report, const std::string& more = "--time-limit 3") {
  return "scenario sweep " + kGrid + " --points " + own_folder() + "points.csv --report " + report + " " + more;
}

}  // namespace

TEST(ScenarioRun, ACrashIsTheErrorOfItsRunAndTheOthersGoOn) {
  const std::string report = own_folder() + "crash";
  const Outcome ran = hangil("scenario run " + scenario_path("two_cut_ins") + " " + scenario_path("cut_in_close") +
                                 " -p " + faulty_pipeline(4) + " -j 2 --report " + report,
                             with_test_libraries());
  const auto results = results_of(report);
  ASSERT_EQ(results.size(), 2U) << ran.err;
  EXPECT_EQ(results[0]["verdict"], "ERROR");
  EXPECT_TRUE(contains(results[0]["reason"], "its process died: Aborted")) << results[0]["reason"];
  EXPECT_NE(results[1]["verdict"], "ERROR") << results[1]["reason"];
  EXPECT_TRUE(contains(read_text(report + "/junit.xml"), "<error"));
  EXPECT_TRUE(contains(read_text(report + "/logs/two_cut_ins.log"), "SIGABRT"));
  EXPECT_TRUE(contains(read_text(report + "/report.html"), "its process died"));
}

TEST(ScenarioRun, AHungModuleEndsByTheTimeLimitOfItsProcess) {
  const std::string report = own_folder() + "hang";
  const Outcome ran = hangil("scenario run " + scenario_path("slow_tractor") + " -p " + faulty_pipeline(3) +
                                 " --process-time-limit 1.5 --report " + report,
                             with_test_libraries());
  EXPECT_EQ(ran.exit_code, 5) << ran.err;
  const auto results = results_of(report);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_TRUE(contains(results[0]["reason"], "time limit of 1.5 s")) << results[0]["reason"];
}

TEST(ScenarioRun, BrokenExpectationsAreNamedWithFileAndLine) {
  const std::string folder = own_folder() + "expects";
  std::filesystem::create_directories(folder);
  std::filesystem::copy_file(scenario_path("slow_tractor"), folder + "/slow_tractor.xosc");
  write_text("expects/expectations.yaml", "no_collision: true\nmin_tttc_s: 1\nmin_distance_m: far\n");
  const Outcome ran = hangil("scenario run " + folder);
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_TRUE(contains(ran.out, "expectations.yaml:2")) << ran.out;
  EXPECT_TRUE(contains(ran.out, "expectations.yaml:3")) << ran.out;
}

TEST(ScenarioRun, WantsScenariosOrASuite) {
  EXPECT_EQ(hangil("scenario run").exit_code, kUsage);
  EXPECT_EQ(hangil("scenario run " + kScenarios + " --suite alks --dir .").exit_code, kUsage);
  const Outcome empty = hangil("scenario run --suite ncap2026 --dir " + own_folder());
  EXPECT_TRUE(contains(empty.err, "holds no scenarios of the suite ncap2026")) << empty.err;
}

TEST(ScenarioSweep, GoesOnWhereItWasAndRefusesAnotherSweep) {
  points("60,30,40,0.5\n40,20,40,0.5\n");
  const std::string report = own_folder() + "sweep";
  const Outcome first = hangil(sweep_words(report));
  EXPECT_TRUE(contains(first.out, "2 runs")) << first.out << first.err;
  const std::string whole = read_text(report + "/results.jsonl");
  std::filesystem::resize_file(report + "/results.jsonl", whole.size() - 10);
  const Outcome again = hangil(sweep_words(report, "--time-limit 3 --workers 2"));
  EXPECT_EQ(again.out, first.out);
  EXPECT_EQ(read_text(report + "/results.jsonl"), whole);
  const Outcome other = hangil(sweep_words(report, "--time-limit 3 --seed 3"));
  EXPECT_EQ(other.exit_code, kUsage);
  EXPECT_TRUE(contains(other.err, "seed is 0, not 3")) << other.err;
  points("60,30,40,0.5\n");
  EXPECT_TRUE(contains(hangil(sweep_words(report)).err, "holds another sweep (points is points.csv"));
}

TEST(ScenarioSweep, AFullDiskIsSaidAndNothingThatWasKeptIsLost) {
  points("60,30,40,0.5\n40,20,40,0.5\n50,20,45,0.7\n");
  const std::string report = own_folder() + "full", whole = own_folder() + "roomy";
  const Outcome at_once = hangil(sweep_words(whole));
  const auto size = std::filesystem::file_size(whole + "/results.jsonl");
  // Of the header and three rows two thirds fit; blocks of 512 bytes.
  const std::string limit = "trap '' XFSZ; ulimit -f " + std::to_string(size * 2 / 3 / 512) + ";";
  const Outcome full = hangil(sweep_words(report), limit);
  EXPECT_EQ(full.exit_code, kFailed);
  EXPECT_TRUE(contains(full.err, "results.jsonl: cannot be written")) << full.err;
  const std::string kept = read_text(report + "/results.jsonl");
  EXPECT_EQ(kept.back(), '\n');
  EXPECT_GT(std::count(kept.begin(), kept.end(), '\n'), 1);
  EXPECT_EQ(hangil(sweep_words(report)).out, at_once.out);
  EXPECT_EQ(read_text(report + "/results.jsonl"), read_text(whole + "/results.jsonl"));
}

TEST(ScenarioSweep, ErrorsStayUntilTheyAreToBeDrivenAgain) {
  points("60,30,60,0.5\n");
  const std::string report = own_folder() + "retried";
  EXPECT_EQ(hangil(sweep_words(report, "--process-time-limit 0.1")).exit_code, 5);
  EXPECT_EQ(hangil(sweep_words(report, "")).exit_code, 5) << "what is known is not driven again";
  const Outcome retried = hangil(sweep_words(report, "--retry-errors"));
  EXPECT_TRUE(contains(retried.out, "1 PASS, 0 FAIL, 0 INCONCLUSIVE, 0 ERROR")) << retried.out;
}

TEST(ScenarioSweep, ShardsByHandAreMergedByTheSameCommand) {
  points("60,30,40,0.5\n40,20,40,0.5\n50,20,45,0.7\n");
  const std::string report = own_folder() + "by_hand", whole = own_folder() + "at_once";
  for (const char* shard : {"--time-limit 3 --shard 0/2", "--time-limit 3 --shard 1/2"}) {
    EXPECT_EQ(hangil(sweep_words(report, shard)).exit_code, kClean);
  }
  const Outcome merged = hangil(sweep_words(report)), at_once = hangil(sweep_words(whole));
  EXPECT_EQ(merged.out, at_once.out);
  EXPECT_EQ(read_text(report + "/results.jsonl"), read_text(whole + "/results.jsonl"));
}

TEST(ScenarioCompare, ReadsSweepsAndAnnotatesNewFailures) {
  points("60,30,60,0.5\n");
  const std::string report = own_folder() + "compared";
  ASSERT_TRUE(contains(hangil(sweep_words(report, "")).out, "1 PASS")) << "a gap of 60 m";
  const std::string before = report + "/results.jsonl";
  EXPECT_EQ(hangil("scenario compare " + before + " " + before).exit_code, kClean);
  const std::string after =
      write_text("worse.jsonl", with(read_text(before), R"("verdict":"PASS")", R"("verdict":"FAIL")"));
  const Outcome compared = hangil("scenario compare " + before + " " + after + " --annotations github");
  EXPECT_EQ(compared.exit_code, kFailed);
  EXPECT_TRUE(contains(compared.out, "::error title=cut_in_grid #0%3A PASS is now FAIL::")) << compared.out;
}

}  // namespace hangil::cli
