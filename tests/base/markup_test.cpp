// SPDX-License-Identifier: Apache-2.0
#include "base/markup.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace hangil::base {
namespace {

TEST(EscapeMarkup, LeavesNothingThatCouldOpenATagOrEndAnAttribute) {
  EXPECT_EQ(escape_markup("<a href=\"x\" b='y'>&\x01\n</a>"),
            "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\n&lt;/a&gt;");
  EXPECT_EQ(escape_markup("한길 m/s²"), "한길 m/s²");
}

TEST(Base64, AgreesWithTheStandardsExamples) {
  const auto encode = [](std::string_view text) { return base64(std::vector<std::uint8_t>(text.begin(), text.end())); };
  EXPECT_EQ(encode(""), "");
  EXPECT_EQ(encode("f"), "Zg==");
  EXPECT_EQ(encode("fo"), "Zm8=");
  EXPECT_EQ(encode("foo"), "Zm9v");
  EXPECT_EQ(encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(std::vector<std::uint8_t>{0xff, 0xfe, 0xfd}), "//79");
}

}  // namespace
}  // namespace hangil::base
