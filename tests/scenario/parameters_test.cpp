// SPDX-License-Identifier: Apache-2.0
#include "scenario/parameters.hpp"

#include <gtest/gtest.h>

namespace hangil::scenario {

namespace {

ParameterDeclaration declared(const std::string& name, ParameterType type, const std::string& value) {
  return {name, type, value, {}, {"made.xosc", 7}};
}

TEST(Parameters, TextsMayNameOthersInAnyOrder) {
  const auto scope = ParameterScope::make({declared("double_speed", ParameterType::kDouble, "${2 * $speed}"),
                                           declared("speed", ParameterType::kDouble, "10")},
                                          {{"speed", "20"}});
  ASSERT_TRUE(scope);
  EXPECT_EQ(*scope->value("double_speed"), "40");
}

TEST(Parameters, CyclesAreErrorsWithAPlace) {
  const auto scope = ParameterScope::make(
      {declared("a", ParameterType::kDouble, "$b"), declared("b", ParameterType::kDouble, "${$a + 1}")}, {});
  ASSERT_FALSE(scope);
  EXPECT_NE(scope.error().message.find("made.xosc:7"), std::string::npos);
  EXPECT_NE(scope.error().message.find("depends on itself"), std::string::npos);
}

TEST(Parameters, ValuesAreHeldToTheirType) {
  EXPECT_TRUE(check_value(ParameterType::kInteger, "-3"));
  EXPECT_TRUE(check_value(ParameterType::kInteger, "3.0"));
  EXPECT_FALSE(check_value(ParameterType::kInteger, "3.5"));
  EXPECT_FALSE(check_value(ParameterType::kUnsignedShort, "70000"));
  EXPECT_FALSE(check_value(ParameterType::kUnsignedInt, "-1"));
  EXPECT_FALSE(check_value(ParameterType::kDouble, "NaN"));
  EXPECT_FALSE(check_value(ParameterType::kBoolean, "yes"));
  EXPECT_TRUE(check_value(ParameterType::kDateTime, "2026-01-31T12:00:00"));
  EXPECT_FALSE(check_value(ParameterType::kDateTime, "noon"));
  EXPECT_EQ(*parameter_type("int"), *parameter_type("integer"));
}

TEST(Parameters, UnknownAssignmentsNameTheNearest) {
  const auto scope = ParameterScope::make({declared("speed", ParameterType::kDouble, "1")}, {{"sped", "2"}});
  ASSERT_FALSE(scope);
  EXPECT_NE(scope.error().message.find("did you mean 'speed'"), std::string::npos);
}

TEST(Parameters, OneGroupMustHoldAndAllOfIt) {
  ParameterDeclaration lane = declared("lane", ParameterType::kInteger, "1");
  lane.constraint_groups = {{{Rule::kEqualTo, "-1"}}, {{Rule::kGreaterThan, "0"}, {Rule::kLessThan, "$limit"}}};
  const ParameterDeclaration limit = declared("limit", ParameterType::kInteger, "3");
  const auto count = [&](const std::string& value) {
    return violations({lane, limit}, *ParameterScope::make({lane, limit}, {{"lane", value}}))->size();
  };
  EXPECT_EQ(count("-1"), 0u);
  EXPECT_EQ(count("2"), 0u);
  EXPECT_EQ(count("3"), 1u);
  EXPECT_EQ(count("0"), 1u);
}

}  // namespace

}  // namespace hangil::scenario
