// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "drives.hpp"

namespace hangil::cli {
namespace {

// A camera and a LiDAR, no pose and no labels.
TEST(Sequence9000, RunsThroughCarriesImagesAndSaysWhoLacksInput) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking/training";
  HANGIL_NEEDS_DATA(folder + "/velodyne/9000");
  const std::string drive = own_folder() + "9000.mcap", driven = own_folder() + "9000_driven.mcap";
  const Outcome made = hangil("convert kitti-tracking " + folder + " --sequence 9000 -o " + drive);
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const Outcome run = hangil("replay --json " + drive + " -p " + pipeline_path() + " -o " + driven);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto told = nlohmann::json::parse(run.out);
  EXPECT_EQ(told["frames"], 78);
  EXPECT_EQ(told["failures"], 0);
  EXPECT_TRUE(contains(told["left_out"]["pose"], "nobody writes /odometry"));
  EXPECT_TRUE(contains(told["left_out"]["planner"], "module pose is left out"));
  EXPECT_EQ(told["modules"]["tracker"]["activations"], 78);

  const Outcome report = hangil("report " + driven + " -o " + own_folder() + "9000.html");
  ASSERT_EQ(report.exit_code, 0) << report.err;
  const std::string page = read_text(own_folder() + "9000.html");
  EXPECT_TRUE(contains(page, "src=\"data:image/jpeg;base64,"));
  EXPECT_TRUE(contains(page, "nobody writes /odometry"));
  EXPECT_TRUE(contains(page, "no /trajectory in this recording: module planner is left out"));
}

}  // namespace
}  // namespace hangil::cli
