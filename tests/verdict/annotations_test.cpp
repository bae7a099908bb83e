// SPDX-License-Identifier: Apache-2.0
#include "verdict/annotations.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "verdict/ncap.hpp"

namespace hangil::verdict {
namespace {

Comparison worse() {
  Comparison comparison;
  comparison.new_failures.push_back({"cut in, 50 %", 3, "PASS", "FAIL", "collides:\nat 2 s"});
  comparison.missing.push_back({"queue", 0, "PASS", "-", "not run"});
  KpiChange kpi{.scenario = "all", .kpi = "min_ttc_s", .pair_count = 9, .before = 3, .after = 2, .p = 0.01};
  kpi.is_worse = true;
  comparison.kpis.push_back(kpi);
  return comparison;
}

TEST(Annotations, GitHubGetsALineAFindingWithItsCharactersEscaped) {
  EXPECT_EQ(to_github(worse()),
            "::error title=cut in%2C 50 %25 (seed 3)%3A PASS is now FAIL::collides:%0Aat 2 s\n"
            "::error title=queue is not run any more::it was PASS\n"
            "::warning title=min_ttc_s of all is worse::3.00 before, 2.00 now (9 runs, p 0.01)\n");
  EXPECT_EQ(to_github({}), "");
}

TEST(Annotations, GitLabGetsAReportWithStableFingerprints) {
  const auto report = nlohmann::json::parse(to_gitlab(worse()), nullptr, false);
  ASSERT_EQ(report.size(), 3U);
  EXPECT_EQ(report[0]["location"]["path"], "cut in, 50 %");
  EXPECT_EQ(report[0]["severity"], "major");
  EXPECT_EQ(report[2]["severity"], "minor");
  EXPECT_NE(report[0]["fingerprint"], report[1]["fingerprint"]);
  EXPECT_EQ(nlohmann::json::parse(to_gitlab(worse()), nullptr, false), report);
  EXPECT_TRUE(nlohmann::json::parse(to_gitlab({}), nullptr, false).empty());
}

TEST(NcapShare, IsTheBandsOrNothingButAvoidance) {
  ScenarioResult result{.scenario = "x", .verdict = "PASS"};
  result.scores = {{"share_of_points", "", 0.75, 1}};
  EXPECT_EQ(ncap_share("CCRs", result), 0.75);
  EXPECT_EQ(ncap_share("CCFtap", result), 1);
  result.kpis.collision_count = 1;
  EXPECT_EQ(ncap_share("CCFtap", result), 0);
  EXPECT_EQ(ncap_share("CCFhos", result), 0.75);
  EXPECT_EQ(ncap_share("CCRs", failed_run("x", 0, "crashed")), 0);
}

}  // namespace
}  // namespace hangil::verdict
