// SPDX-License-Identifier: Apache-2.0
#include "evaluation/table.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

TEST(Table, ColumnsLineUpAndNumbersStandRight) {
  const Table table{"Title", {"name", "m/s²"}, {{"a", "1.0"}, {"longer", "12.50"}}, "note"};
  EXPECT_EQ(text_of(table),
            "Title\n"
            "  name     m/s²\n"
            "  a         1.0\n"
            "  longer  12.50\n"
            "  note\n");
}

TEST(Table, ShortAndLongRowsAreFine) {
  const Table table{"T", {"a", "b"}, {{"x"}, {"y", "1", "never shown"}}, ""};
  EXPECT_EQ(text_of(table), "T\n  a  b\n  x\n  y  1\n");
}

TEST(NumberText, WhatDoesNotExistIsADash) {
  EXPECT_EQ(number_text(1.256, 2), "1.26");
  EXPECT_EQ(number_text(NAN, 2), "-");
  EXPECT_EQ(percent_text(0.9756), "97.6 %");
  EXPECT_EQ(percent_text(HUGE_VAL), "-");
}

}  // namespace
}  // namespace hangil::evaluation
