// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "program.hpp"

namespace hangil::cli {
namespace {

std::string models_variable(const std::string& name) { return "HANGIL_MODELS=" + own_folder() + name; }
std::string shared_model(const std::string& name) { return tests::shared_dir() + "/models/" + name; }

}  // namespace

TEST(ModelCommand, ListsWhatItKnowsAndSaysHowToInstall) {
  const std::string nowhere = models_variable("no_models");
  const auto listed = hangil("model list", nowhere);
  EXPECT_EQ(listed.exit_code, 0);
  EXPECT_TRUE(contains(listed.out, "nanodet_plus_m_416")) << listed.out;
  EXPECT_TRUE(contains(listed.out, "not installed"));
  EXPECT_TRUE(contains(hangil("model info nanodet_plus_m_416", nowhere).out, "code_licence: \"Apache-2.0\""));
  const auto bare = hangil("model install nanodet_plus_m_416", nowhere);
  EXPECT_EQ(bare.exit_code, 2);
  EXPECT_TRUE(contains(bare.err, "--from FOLDER")) << bare.err;
  const auto absent = hangil("model verify nanodet_plus_m_416", nowhere);
  EXPECT_EQ(absent.exit_code, 1);
  EXPECT_TRUE(contains(absent.err, "hangil model install nanodet_plus_m_416")) << absent.err;
  EXPECT_EQ(hangil("model info no_such_model", nowhere).exit_code, 1);
}

TEST(ModelCommand, InstallsAndVerifiesAndNoticesDamage) {
  HANGIL_NEEDS_DATA(shared_model("twinlitenetplus_small"));
  const std::string models = models_variable("models");
  const auto installed =
      hangil("model install twinlitenetplus_small --from " + shared_model("twinlitenetplus_small"), models);
  ASSERT_EQ(installed.exit_code, 0) << installed.err;
  const auto verified = hangil("model verify twinlitenetplus_small", models);
  if (contains(verified.err, "no LibTorch") || contains(verified.err, "no OpenCV")) GTEST_SKIP() << verified.err;
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_TRUE(contains(verified.out, "2 outputs answer")) << verified.out;
  const auto timed = hangil("model bench twinlitenetplus_small --runs 10", models);
  EXPECT_EQ(timed.exit_code, 0) << timed.err;
  EXPECT_TRUE(contains(hangil("model list", models).out, "ms here"));
  const std::string weights = own_folder() + "models/twinlitenetplus_small/weights.bin";
  std::string bytes = read_text(weights);
  bytes[1000] = static_cast<char>(bytes[1000] ^ 4);
  std::filesystem::permissions(weights, std::filesystem::perms::owner_all);
  write_text("models/twinlitenetplus_small/weights.bin", bytes);
  const auto damaged = hangil("model verify twinlitenetplus_small", models);
  EXPECT_EQ(damaged.exit_code, 1);
  EXPECT_TRUE(contains(damaged.err, "SHA-256")) << damaged.err;
}

TEST(ModelCommand, APipelineWithoutItsModelsSaysSoOnceAndRunsWithTheRest) {
  const std::string nowhere = models_variable("no_models");
  const auto checked =
      hangil("modules check " + std::string(HANGIL_SOURCE_DIR) + "/configs/pipelines/camera.yaml", nowhere);
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
}

}  // namespace hangil::cli
