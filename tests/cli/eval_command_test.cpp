// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace hangil::cli {
namespace {

nlohmann::json evaluation_of(const std::string& drive) {
  const Outcome told = hangil("eval --json " + drive);
  EXPECT_EQ(told.exit_code, 0) << told.err;
  return nlohmann::json::parse(told.out, nullptr, false);
}

TEST(EvalCommand, TheBuiltInDriveHasNoBoxOfImpossibleSize) {
  // Poles there are seen in a single column of the scan.
  const auto all = evaluation_of(replayed_drive());
  EXPECT_EQ(all["detection"]["invalid_box_count"], 0);
  EXPECT_EQ(all["tracking"]["invalid_box_count"], 0);
  EXPECT_GT(all["detection"]["scores"]["total"]["recall_ratio"], 0.5);
}

}  // namespace
}  // namespace hangil::cli
