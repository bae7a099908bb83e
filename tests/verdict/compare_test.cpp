// SPDX-License-Identifier: Apache-2.0
#include "verdict/compare.hpp"

#include <random>

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "verdict/made_trace.hpp"
#include "verdict/result_file.hpp"

namespace hangil::verdict {
namespace {

ScenarioResult run(const std::string& scenario, std::int64_t seed, const std::string& verdict, double min_ttc_s = 3) {
  ScenarioResult result{.scenario = scenario, .seed = seed, .verdict = verdict, .reason = "of " + verdict};
  result.kpis.min_ttc_s = min_ttc_s;
  return result;
}

TEST(ResultFile, ReadsBackWhatItWrote) {
  tests::MadeTrace made(10, 20);
  made.add("lead", 50, 0, 10);
  std::vector<ScenarioResult> results = {judge("cut \"in\" <1>", 7, made.trace, {.rules = "r157"}),
                                         judge("free", 0, tests::MadeTrace(3, 10).trace, {.rules = "nuplan"}),
                                         failed_run("broken", 2, "no such map: \n town.xodr")};
  const auto read = parse_results(to_json(results), "r.json");
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->size(), results.size());
  EXPECT_EQ(to_json(*read), to_json(results));
  for (std::size_t i = 0; i < results.size(); ++i) EXPECT_TRUE(base::diff(results[i], (*read)[i]).empty());
}

TEST(ResultFile, RefusesWhatIsNoneWithFileAndPlace) {
  const auto message = [](const std::string& text) { return parse_results(text, "r.json").error().message; };
  EXPECT_EQ(message("{\"version\":1,").find("r.json: byte 1"), 0u);
  EXPECT_EQ(message("{\"version\":9e9900}"), "r.json: not JSON that can be used: a number in it is too large");
  EXPECT_EQ(message("[]"), "r.json: no result file: 'version' is missing");
  EXPECT_NE(message("{\"version\":99,\"results\":[]}").find("r.json: version 99 of the result format"),
            std::string::npos);
  EXPECT_EQ(message("{\"version\":1,\"results\":{}}"), "r.json: 'results' is not an array");
  EXPECT_EQ(message("{\"version\":1,\"results\":[{}]}"), "r.json: 'results[0].scenario' is missing");
  EXPECT_EQ(message("{\"version\":1,\"results\":[3]}"), "r.json: 'results[0].scenario' is missing");
}

// Every prefix and every changed byte is read or refused; nothing crashes.
TEST(ResultFile, SurvivesDamage) {
  const std::string text = to_json({run("a", 1, "PASS"), run("b", 2, "FAIL")});
  for (std::size_t i = 0; i < text.size(); i += 7) (void)parse_results(text.substr(0, i), "r.json").ok();
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    std::string damaged = text;
    damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    (void)parse_results(damaged, "r.json").ok();
  }
}

TEST(ResultFile, JunitNamesEveryVerdictItsWay) {
  const std::string text =
      to_junit({run("a<b", 0, "PASS"), run("b", 3, "FAIL"), run("c", 0, "ERROR"), run("d", 0, "INCONCLUSIVE")}, "ours");
  for (const char* part :
       {"tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\"", "name=\"a&lt;b\" time=\"0.00\"/>", "name=\"b #3\"",
        "<failure message=\"of FAIL\"/>", "<error message=\"of ERROR\"/>", "<skipped message=\"of INCONCLUSIVE\"/>"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
  }
}

TEST(ResultFile, ExitCodesTellTheWorst) {
  EXPECT_EQ(exit_code_of({run("a", 0, "PASS")}), 0);
  EXPECT_EQ(exit_code_of({run("a", 0, "PASS"), run("b", 0, "INCONCLUSIVE")}), 4);
  EXPECT_EQ(exit_code_of({run("a", 0, "ERROR"), run("b", 0, "INCONCLUSIVE")}), 5);
  EXPECT_EQ(exit_code_of({run("a", 0, "ERROR"), run("b", 0, "FAIL")}), 1);
}

// By hand: Holm 1979 for 0.01, 0.04, 0.03 gives 0.03, 0.06, 0.06; Benjamini and Hochberg 0.03, 0.04, 0.04.
TEST(Correction, IsThatOfThePapers) {
  const std::vector<double> p = {0.01, 0.04, 0.03};
  const auto by_holm = holm(p), by_bh = benjamini_hochberg(p);
  const std::vector<double> want_holm = {0.03, 0.06, 0.06}, want_bh = {0.03, 0.04, 0.04};
  for (std::size_t i = 0; i < p.size(); ++i) {
    EXPECT_NEAR(by_holm[i], want_holm[i], 1e-12);
    EXPECT_NEAR(by_bh[i], want_bh[i], 1e-12);
  }
}

TEST(Correction, NeverFallsBelowTheValueAndHolmIsTheStricter) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int round = 0; round < 100; ++round) {
    std::vector<double> p(1 + random() % 20);
    for (double& one : p) one = uniform(random);
    const auto strict = holm(p), mild = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      EXPECT_GE(mild[i], p[i]);
      EXPECT_GE(strict[i], mild[i]);
      EXPECT_LE(strict[i], 1);
    }
  }
}

TEST(Correction, SignFlipsAreExactForFewPairs) {
  EXPECT_EQ(sign_flip_p({}, 1), 1);
  EXPECT_EQ(sign_flip_p({1, 1, 1, 1, 1, 1}, 1), 2.0 / 64);
  EXPECT_EQ(sign_flip_p({1, -1}, 1), 1);
}

// Without an effect one in twenty comparisons is below 0.05, and intervals hold zero in nineteen of twenty.
TEST(Correction, KeepsItsLevelWithoutAnEffect) {
  std::mt19937 random(4);
  std::normal_distribution<double> normal;
  int alarms = 0, covered = 0;
  constexpr int kRounds = 400;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> differences(20);
    for (double& one : differences) one = normal(random);
    alarms += sign_flip_p(differences, 9) < 0.05;
    const Interval interval = bootstrap_mean(differences, 9);
    covered += interval.low <= 0 && interval.high >= 0;
  }
  EXPECT_NEAR(alarms, 0.05 * kRounds, 13);
  EXPECT_GT(covered, 0.89 * kRounds);
}

TEST(Compare, EqualFilesAreNoRegression) {
  const std::vector<ScenarioResult> results = {run("a", 1, "PASS"), run("b", 1, "FAIL")};
  const Comparison same = compare(results, results);
  EXPECT_FALSE(same.is_regression());
  EXPECT_EQ(same.pair_count, 2u);
  EXPECT_TRUE(same.kpis.empty());
}

TEST(Compare, NewFailuresMissingAndFixedRunsAreToldApart) {
  const Comparison found =
      compare({run("a", 1, "PASS"), run("b", 1, "FAIL"), run("c", 1, "PASS"), run("d", 1, "INCONCLUSIVE")},
              {run("a", 1, "FAIL"), run("b", 1, "PASS"), run("d", 1, "ERROR"), run("e", 1, "PASS")});
  ASSERT_EQ(found.new_failures.size(), 2u);
  EXPECT_EQ(found.new_failures[0].scenario, "a");
  EXPECT_EQ(found.new_failures[1].scenario, "d");
  ASSERT_EQ(found.fixed.size(), 1u);
  EXPECT_EQ(found.fixed[0].scenario, "b");
  ASSERT_EQ(found.missing.size(), 1u);
  EXPECT_EQ(found.missing[0].scenario, "c");
  ASSERT_EQ(found.added.size(), 1u);
  EXPECT_TRUE(found.is_regression());
}

TEST(Compare, AShiftOverManySeedsIsWorseAndNoiseIsNot) {
  std::mt19937 random(6);
  std::normal_distribution<double> normal(0, 0.2);
  std::vector<ScenarioResult> before, shifted, noisy;
  for (int seed = 0; seed < 30; ++seed) {
    const double ttc_s = 3 + normal(random);
    before.push_back(run("a", seed, "PASS", ttc_s));
    shifted.push_back(run("a", seed, "PASS", ttc_s - 0.3 + 0.1 * normal(random)));
    noisy.push_back(run("a", seed, "PASS", ttc_s + 0.1 * normal(random)));
  }
  const Comparison worse = compare(before, shifted);
  ASSERT_FALSE(worse.kpis.empty());
  EXPECT_TRUE(worse.kpis.front().is_worse);
  EXPECT_NEAR((worse.kpis.front().difference.low + worse.kpis.front().difference.high) / 2, -0.3, 0.05);
  EXPECT_TRUE(worse.is_regression());
  EXPECT_FALSE(compare(before, noisy).is_regression());
  const Comparison better = compare(shifted, before);
  EXPECT_TRUE(better.kpis.front().is_better);
  EXPECT_FALSE(better.is_regression());
}

TEST(Compare, MarkdownHasNewFailuresFirstAndEscapesTexts) {
  std::vector<ScenarioResult> after = {run("a|b <x>", 1, "FAIL"), run("c", 0, "PASS")};
  const std::string text = to_markdown(compare({run("a|b <x>", 1, "PASS"), run("c", 0, "FAIL")}, after));
  EXPECT_EQ(text.find("## Scenarios: regression"), 0u);
  EXPECT_LT(text.find("### New failures (1)"), text.find("### Fixed (1)"));
  EXPECT_NE(text.find("| a\\|b &lt;x&gt; #1 | PASS | FAIL | of FAIL |"), std::string::npos) << text;
}

}  // namespace
}  // namespace hangil::verdict
