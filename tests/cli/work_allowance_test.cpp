// SPDX-License-Identifier: Apache-2.0
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/program.hpp"

// Rule 30 through the program: live, the planner draws as many candidates as its time allows on this machine; the drive
// driven again draws the same ones; declared replay never looks at the machine.
namespace hangil::cli {
namespace {

using Json = nlohmann::json;

constexpr int kConfigured = 40;  // candidates; so few that any machine has time for more in the planner's 15 ms

std::string pipeline() {
  return write_text("work.yaml", with(pipeline_text(), "work: 810", "work: " + std::to_string(kConfigured)));
}

std::vector<Json> values(const std::string& drive, const std::string& topic) {
  std::istringstream lines(hangil("cat --json --topic " + topic + " " + drive).out);
  std::vector<Json> all;
  for (std::string line; std::getline(lines, line);) all.push_back(Json::parse(line)["value"]);
  return all;
}

// Of each of the planner's activations, by ordinal, and of what it published.
struct Planned {
  std::vector<std::int64_t> allowances, candidates;
};

Planned planned(const std::string& drive) {
  Planned planned;
  const Json info = values(drive, "/runtime/info").at(0);
  std::size_t planner = 0;
  while (info["modules"][planner]["name"] != "planner") ++planner;
  for (const Json& record : values(drive, "/runtime/activations")) {
    if (record["module"] == planner) planned.allowances.push_back(record["allowance"]);
  }
  for (const Json& trajectory : values(drive, "/trajectory"))
    planned.candidates.push_back(trajectory["candidate_count"]);
  return planned;
}

TEST(WorkAllowance, LiveThePlannerDrawsWhatItsTimeAllowsAndDrivenAgainTheSame) {
  const std::string driven = own_folder() + "work.mcap", again = own_folder() + "work_again.mcap";
  const Outcome live = hangil("run " + demo_drive() + " -p " + pipeline() + " -o " + driven);
  ASSERT_EQ(live.exit_code, kClean) << live.err;
  const Planned first = planned(driven);
  ASSERT_GE(first.allowances.size(), 3u);
  ASSERT_EQ(first.candidates.size(), first.allowances.size());
  EXPECT_EQ(first.allowances[0], kConfigured);  // nothing is measured yet
  EXPECT_GT(first.allowances[1], kConfigured);
  EXPECT_GT(first.candidates[1], kConfigured);
  for (std::size_t i = 0; i < first.allowances.size(); ++i) {
    EXPECT_GT(first.candidates[i], 0);
    EXPECT_LE(first.candidates[i], first.allowances[i]);
  }
  const Outcome replayed = hangil("replay --as-driven " + driven + " -o " + again);
  ASSERT_EQ(replayed.exit_code, kClean) << replayed.err;
  const Planned second = planned(again);
  EXPECT_EQ(second.allowances, first.allowances);
  EXPECT_EQ(second.candidates, first.candidates);
}

TEST(WorkAllowance, DeclaredReplayKeepsToTheConfiguredWork) {
  const std::string driven = own_folder() + "work_declared.mcap";
  ASSERT_EQ(hangil("replay " + demo_drive() + " -p " + pipeline() + " -o " + driven).exit_code, kClean);
  const Planned declared = planned(driven);
  ASSERT_FALSE(declared.candidates.empty());
  for (const std::int64_t allowance : declared.allowances) EXPECT_EQ(allowance, kConfigured);
  for (const std::int64_t count : declared.candidates) EXPECT_LE(count, kConfigured);
}

}  // namespace
}  // namespace hangil::cli
