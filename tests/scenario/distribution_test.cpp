// SPDX-License-Identifier: Apache-2.0
#include "scenario/distribution.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "scenario/oracle.hpp"

namespace hangil::tests {

namespace {

scenario::Distribution read(const std::string& body) {
  scenario::ScenarioLibrary library;
  library.add("varied.xosc",
              "<OpenSCENARIO><FileHeader/><ParameterValueDistribution><ScenarioFile filepath=\"one.xosc\"/>" + body +
                  "</ParameterValueDistribution></OpenSCENARIO>");
  const auto distribution = scenario::read_distribution(library, "varied.xosc");
  EXPECT_TRUE(distribution && !scenario::has_errors(distribution->findings));
  return distribution ? distribution->distribution : scenario::Distribution{};
}

const char* const kGrid =
    "<Deterministic><DeterministicSingleParameterDistribution parameterName=\"a\"><DistributionRange "
    "stepWidth=\"0.1\"><Range lowerLimit=\"0\" "
    "upperLimit=\"0.3\"/></DistributionRange></"
    "DeterministicSingleParameterDistribution><DeterministicMultiParameterDistribution>"
    "<ValueSetDistribution><ParameterValueSet><ParameterAssignment parameterRef=\"b\" "
    "value=\"1\"/><ParameterAssignment parameterRef=\"c\" "
    "value=\"x\"/></ParameterValueSet><ParameterValueSet><ParameterAssignment parameterRef=\"b\" "
    "value=\"2\"/><ParameterAssignment "
    "parameterRef=\"c\" "
    "value=\"y\"/></ParameterValueSet></ValueSetDistribution></DeterministicMultiParameterDistribution></"
    "Deterministic>";

TEST(Distribution, IsTheProductOfItsFactorsWithBothLimits) {
  const auto grid = read(kGrid);
  EXPECT_EQ(scenario::point_count(grid), 8u);
  std::set<std::string> seen;
  for (std::uint64_t i = 0; i < 8; ++i) {
    std::string text;
    for (const auto& [name, value] : scenario::point(grid, i)) text += name + "=" + value + " ";
    seen.insert(text);
  }
  EXPECT_EQ(seen.size(), 8u);
  EXPECT_TRUE(seen.count("a=0.3 b=2 c=y "));
  EXPECT_TRUE(seen.count("a=0 b=1 c=x "));
}

std::string stochastic(const std::string& kind) {
  return "<Stochastic numberOfTestRuns=\"2000\" randomSeed=\"9\"><StochasticDistribution parameterName=\"a\">" + kind +
         "</StochasticDistribution></Stochastic>";
}

TEST(Distribution, StochasticOnesHaveTheirMomentsAndRepeat) {
  const auto normal = read(stochastic("<NormalDistribution expectedValue=\"10\" variance=\"4\"/>"));
  double sum = 0, square = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const double value = std::stod(scenario::point(normal, i)[0].value);
    sum += value;
    square += value * value;
  }
  EXPECT_NEAR(sum / 2000, 10, 0.2);
  EXPECT_NEAR(square / 2000 - std::pow(sum / 2000, 2), 4, 0.5);
  EXPECT_EQ(scenario::point(normal, 77)[0].value, scenario::point(normal, 77)[0].value);
  EXPECT_NE(scenario::point(normal, 77)[0].value, scenario::point(normal, 78)[0].value);
}

TEST(Distribution, BoundsAndWeightsAreKept) {
  const auto bounded =
      read(stochastic("<NormalDistribution expectedValue=\"0\" variance=\"9\"><Range lowerLimit=\"-1\" "
                      "upperLimit=\"2\"/></NormalDistribution>"));
  const auto chosen =
      read(stochastic("<ProbabilityDistributionSet><Element value=\"car\" weight=\"3\"/><Element value=\"van\" "
                      "weight=\"1\"/></ProbabilityDistributionSet>"));
  int cars = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const double value = std::stod(scenario::point(bounded, i)[0].value);
    EXPECT_GE(value, -1);
    EXPECT_LE(value, 2);
    cars += scenario::point(chosen, i)[0].value == "car";
  }
  EXPECT_NEAR(cars / 2000.0, 0.75, 0.04);
}

TEST(Distribution, ConstraintsDiscardPoints) {
  scenario::ScenarioLibrary library;
  library.add("one.xosc",
              "<OpenSCENARIO><FileHeader/><ParameterDeclarations><ParameterDeclaration name=\"a\" "
              "parameterType=\"double\" value=\"0\"><ConstraintGroup>"
              "<ValueConstraint rule=\"lessThan\" value=\"${$b / "
              "5}\"/></ConstraintGroup></ParameterDeclaration><ParameterDeclaration name=\"b\" "
              "parameterType=\"int\" value=\"0\"/><ParameterDeclaration name=\"c\" parameterType=\"string\" "
              "value=\"\"/></ParameterDeclarations></OpenSCENARIO>");
  const auto points = scenario::expand(library, read(kGrid));
  ASSERT_TRUE(points) << points.error().message;
  EXPECT_EQ(points->allowed.size(), 6u);  // 0, 0.1 below 0.2; all four below 0.4
  EXPECT_EQ(points->violating_count, 2u);
}

TEST(Distribution, StandardRangesHaveTheirCountOfRuns) {
  const std::string folder = suites_dir() + "/ncap2026/OpenSCENARIO/NCAP/CA-FC_2026/Variations/StandardRange";
  HANGIL_NEEDS_DATA(folder);
  scenario::ScenarioLibrary library;
  std::uint64_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto distribution = scenario::read_distribution(library, entry.path().string());
    ASSERT_TRUE(distribution) << distribution.error().message;
    count += scenario::point_count(distribution->distribution);
  }
  EXPECT_EQ(count, 428u);
}

}  // namespace

}  // namespace hangil::tests
