// SPDX-License-Identifier: Apache-2.0
#include "base/config.hpp"

#include <gtest/gtest.h>

namespace hangil::base {
namespace {

struct SampleConfig {
  double cell_m = 0.5;
  int iteration_count = 3;
  std::int64_t allowance = 100;
  bool is_refined = false;
  std::string name = "none";
  std::string method = "grid";
  std::vector<double> weights = {1, 2};

  void visit(ConfigVisitor& visitor) {
    visitor.field("cell_m", cell_m, {0.1, 5}, "m", "edge of a cell");
    visitor.field("iteration_count", iteration_count, {1, 10}, "", "how often");
    visitor.field("allowance", allowance, {0, 1e18}, "", "operations");
    visitor.field("is_refined", is_refined, "whether to refine");
    visitor.field("name", name, "any text");
    visitor.field("method", method, {"grid", "rings"}, "how");
    visitor.field("weights", weights, {0, 10}, "", "costs");
  }
};

struct Reading {
  SampleConfig config;
  std::vector<std::string> problems;
};

Reading read(const std::string& text) {
  const auto node = parse_yaml(text, "a.yaml");
  EXPECT_TRUE(node.ok()) << node.error().message;
  std::vector<ConfigProblem> problems;
  Reading reading{read_config<SampleConfig>(&*node, problems), {}};
  for (const ConfigProblem& problem : problems) reading.problems.push_back(problem.text());
  return reading;
}

TEST(Config, WhatStandsInTheFileReplacesDefaultsAndTheRestStays) {
  const Reading reading = read("cell_m: 0.25\nis_refined: true\nmethod: rings\nweights: [3, 4.5]\nname: a b\n");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.config.cell_m, 0.25);
  EXPECT_EQ(reading.config.iteration_count, 3);
  EXPECT_TRUE(reading.config.is_refined);
  EXPECT_EQ(reading.config.method, "rings");
  EXPECT_EQ(reading.config.name, "a b");
  EXPECT_EQ(reading.config.weights, (std::vector<double>{3, 4.5}));
}

TEST(Config, NothingAtAllMeansDefaults) {
  EXPECT_TRUE(read("").problems.empty());
  std::vector<ConfigProblem> problems;
  EXPECT_EQ(read_config<SampleConfig>(nullptr, problems).cell_m, 0.5);
  EXPECT_TRUE(problems.empty());
}

TEST(Config, EveryProblemIsReportedWithItsLineAndLimits) {
  const Reading reading = read("cell_m: 9\niteration_count: many\nis_refined: yes\nmethod: circle\nweights: [1, -2]\n");
  ASSERT_EQ(reading.problems.size(), 5u);
  EXPECT_EQ(reading.problems[0], "a.yaml:1: 'cell_m' is 9; allowed: 0.1 to 5 m");
  EXPECT_EQ(reading.problems[1], "a.yaml:2: 'iteration_count' must be a number (1 to 10)");
  EXPECT_EQ(reading.problems[2], "a.yaml:3: 'is_refined' must be true or false");
  EXPECT_EQ(reading.problems[3], "a.yaml:4: 'method' must be one of grid|rings");
  EXPECT_EQ(reading.problems[4], "a.yaml:5: 'weights' is -2; allowed: 0 to 10");
}

TEST(Config, WhatIsWrongKeepsItsDefault) {
  const Reading reading = read("cell_m: 9\nweights: [1, x]\nmethod: 3\n");
  EXPECT_EQ(reading.problems.size(), 3u);
  EXPECT_EQ(reading.config.cell_m, 0.5);
  EXPECT_EQ(reading.config.weights, (std::vector<double>{1, 2}));
  EXPECT_EQ(reading.config.method, "grid");
}

TEST(Config, UnknownKeyNamesTheNearestKnownOne) {
  EXPECT_EQ(read("cell_m: 1\ncel_m: 1\n").problems,
            (std::vector<std::string>{"a.yaml:2: unknown parameter 'cel_m'; did you mean 'cell_m'?"}));
  EXPECT_EQ(read("completely_else: 1\n").problems,
            (std::vector<std::string>{"a.yaml:1: unknown parameter 'completely_else'"}));
}

TEST(Config, NumbersMustBeFiniteAndWholeWhereTheyCount) {
  for (const char* value : {".nan", "nan", "inf", ".inf", "1e999", "0x1p3", "1 2", "''", "1,5", "+"}) {
    EXPECT_EQ(read("cell_m: " + std::string(value)).problems.size(), 1u) << value;
  }
  for (const char* value : {"2.5", "1e10", "-1", "3000000000", "[1]", "{a: 1}"}) {
    EXPECT_EQ(read("iteration_count: " + std::string(value)).problems.size(), 1u) << value;
  }
  EXPECT_EQ(read("iteration_count: 7").config.iteration_count, 7);
  EXPECT_EQ(read("allowance: 9007199254740993").problems.size(), 1u) << "beyond what a double holds exactly";
}

TEST(Config, WrongShapesAreProblemsNotCrashes) {
  EXPECT_EQ(read("[1, 2]").problems, (std::vector<std::string>{"a.yaml:1: a map of parameters is expected here"}));
  EXPECT_EQ(read("word").problems.size(), 1u);
  EXPECT_EQ(read("weights: 3").problems.size(), 1u);
  EXPECT_EQ(read("name: [a]").problems.size(), 1u);
  EXPECT_EQ(read("cell_m: ~").problems.size(), 1u);
}

TEST(Config, DescriptionHoldsDefaultBoundsAndUnit) {
  const auto parameters = describe_config<SampleConfig>();
  ASSERT_EQ(parameters.size(), 7u);
  EXPECT_EQ(parameters[0].name, "cell_m");
  EXPECT_EQ(parameters[0].default_text, "0.5");
  EXPECT_EQ(parameters[0].bounds.least, 0.1);
  EXPECT_EQ(parameters[0].unit, "m");
  EXPECT_EQ(parameters[5].type, "grid|rings");
  EXPECT_EQ(parameters[6].default_text, "[1, 2]");
}

TEST(NearestWord, IsTheOneWithFewestEditsOrNone) {
  const std::vector<std::string> known = {"deadline_ms", "budget_ms", "every_ms"};
  EXPECT_EQ(nearest_word("buget_ms", known), "budget_ms");
  EXPECT_EQ(nearest_word("deadline", known), "");
  EXPECT_EQ(nearest_word("evry_ms", known), "every_ms");
  EXPECT_EQ(nearest_word("", known), "");
  EXPECT_EQ(nearest_word("x", {}), "");
}

}  // namespace
}  // namespace hangil::base
