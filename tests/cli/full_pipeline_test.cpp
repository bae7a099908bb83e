// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "drives.hpp"

namespace hangil::cli {
namespace {

const std::string kFull = std::string(HANGIL_SOURCE_DIR) + "/configs/pipelines/full.yaml";

TEST(FullPipeline, GivesTheSameOnOneTwoAndFourWorkersAndSaysWhichSensorsItHas) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking/training";
  HANGIL_NEEDS_DATA(folder + "/velodyne/9000");
  const std::string drive = own_folder() + "full_9000.mcap", driven = own_folder() + "full_9000_driven.mcap";
  const Outcome made = hangil("convert kitti-tracking " + folder + " --sequence 9000 -o " + drive);
  ASSERT_EQ(made.exit_code, 0) << made.err;
  std::set<std::string> digests;
  for (const std::string workers : {"1", "2", "4"}) {
    const Outcome run = hangil("replay --json " + drive + " -p " + kFull + " -w " + workers + " -o " + driven);
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const auto told = nlohmann::json::parse(run.out);
    EXPECT_EQ(told["failures"], 0);
    EXPECT_GE(told["modules"]["tracker"]["activations"], 78);
    digests.insert(told["digest"].dump());
  }
  EXPECT_EQ(digests.size(), 1u);
  const Outcome report = hangil("cat " + driven + " --json --topic /fusion/report");
  ASSERT_EQ(report.exit_code, 0) << report.err;
  EXPECT_TRUE(contains(report.out, "camera")) << report.out;
}

}  // namespace
}  // namespace hangil::cli
