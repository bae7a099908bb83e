// SPDX-License-Identifier: Apache-2.0
#include "scenario/expression.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::scenario {

namespace {

base::Result<std::string> evaluated(const std::string& text) {
  return substitute(text, [](std::string_view name) -> base::Result<std::string> {
    if (name == "speed") return std::string("36");
    if (name == "on") return std::string("true");
    if (name == "word") return std::string("car");
    return base::Error{"parameter '" + std::string(name) + "' is not declared"};
  });
}

std::string value(const std::string& text) {
  const auto result = evaluated(text);
  return result ? *result : "error: " + result.error().message;
}

TEST(Expression, ReplacesNamesAndLeavesOtherTexts) {
  EXPECT_EQ(value("car"), "car");
  EXPECT_EQ(value("$word"), "car");
  EXPECT_EQ(value("$speed"), "36");
  EXPECT_EQ(value("1.50"), "1.50");
  EXPECT_EQ(value("$"), "$");
}

TEST(Expression, FollowsPrecedence) {
  EXPECT_EQ(value("${1 + 2 * 3}"), "7");
  EXPECT_EQ(value("${(1 + 2) * 3}"), "9");
  EXPECT_EQ(value("${-2 * -3 - 1}"), "5");
  EXPECT_EQ(value("${10 - 4 - 3}"), "3");
  EXPECT_EQ(value("${7 % 4 + $speed / 3.6}"), "13");
  EXPECT_EQ(value("${not false and $on or false}"), "true");
  EXPECT_EQ(value("${-$speed < 2 and 3 >= 3}"), "true");
}

TEST(Expression, KnowsTheFunctionsOfTheStandard) {
  EXPECT_EQ(value("${round(2.5) + floor(-1.5) + ceil(1.2) + sqrt(16) + pow(2, 3)}"), "15");
  EXPECT_EQ(value("${abs(-2) + sign(-3) + min(1, 2) + max(1, 2)}"), "4");
  EXPECT_EQ(value("${sin(pi / 2) + cos(0) + acos(1)}"), "2");
}

TEST(Expression, SaysWhatIsWrongAndWhere) {
  EXPECT_NE(value("${1 +}").find("ends too early at character 4"), std::string::npos);
  EXPECT_NE(value("${1 / 0}").find("division by zero"), std::string::npos);
  EXPECT_NE(value("${sqrt(-1)}").find("not a finite number"), std::string::npos);
  EXPECT_NE(value("${foo(1)}").find("'foo' is no function"), std::string::npos);
  EXPECT_NE(value("${$word + 1}").find("'car', not a number"), std::string::npos);
  EXPECT_NE(value("${1 + 2").find("'}' is missing"), std::string::npos);
  EXPECT_NE(value("$nothing").find("'nothing' is not declared"), std::string::npos);
  EXPECT_NE(value("${" + std::string(1000, '(') + "}").find("nested deeper"), std::string::npos);
  EXPECT_NE(value("${1 2}").find("unexpected '2'"), std::string::npos);
}

TEST(Expression, AgreesWithTheCompilerOnRandomSums) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> number(-100, 100);
  for (int i = 0; i < 200; ++i) {
    const double a = number(random), b = number(random), c = number(random);
    const std::string text = "${" + number_text(a) + " * (" + number_text(b) + " - " + number_text(c) + ")}";
    EXPECT_EQ(value(text), number_text(a * (b - c))) << text;
  }
}

}  // namespace

}  // namespace hangil::scenario
