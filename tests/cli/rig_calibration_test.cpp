// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "drives.hpp"

namespace hangil::cli {
namespace {

const std::string kKittiRig = std::string(HANGIL_SOURCE_DIR) + "/configs/sensors/kitti.yaml";

// The LiDAR pipeline beside a rig file of its own.
std::string pipeline_with_rig(const std::string& name, const std::string& rig_text) {
  (void)write_text(name + "_rig.yaml", rig_text);
  return write_text(name + ".yaml", "sensors: " + name + "_rig.yaml\n" + read_text(pipeline_path()));
}

std::string rig_text(double lidar_x_m, double width_px = 1242) {
  return "rig: made\ncameras:\n  - {name: front, frame: camera_front, position_m: [1, 0, 1.6], rotation_deg: [0, 0, "
         "0], "
         "width_px: " +
         std::to_string(width_px) +
         ", height_px: 375, fx_px: 720, fy_px: 720, cx_px: 609, cy_px: 172, time_offset_ms: 12}\nlidars:\n  - {name: "
         "top, frame: lidar_top, position_m: [" +
         std::to_string(lidar_x_m) + ", 0, 1.73], rotation_deg: [0, 0, 0], time_offset_ms: 2}\n";
}

std::string digest_of(const Outcome& run) {
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run.exit_code == 0 ? nlohmann::json::parse(run.out)["digest"].dump() : run.err;
}

TEST(RigCalibration, OverridesTheRecordingsMountingAndTwiceIsOnce) {
  const std::string pipeline = pipeline_with_rig("moved", rig_text(2.5)), driven = own_folder() + "moved.mcap";
  const std::string moved = digest_of(hangil("replay --json " + demo_drive() + " -p " + pipeline + " -o " + driven));
  EXPECT_NE(moved, digest_of(hangil("replay --json " + demo_drive() + " -p " + pipeline_path())));
  const Outcome rig = hangil("sensors " + driven);
  EXPECT_TRUE(contains(rig.out, "position_m: [2.5000, 0.0000, 1.7300]")) << rig.out;
  EXPECT_EQ(digest_of(hangil("replay --json " + driven + " -p " + pipeline)), moved);
  EXPECT_EQ(digest_of(hangil("replay --json " + driven + " -p " + pipeline_path())), moved);
}

TEST(RigCalibration, ALiveDriveWithARigIsDrivenAgainWithoutItsFile) {
  const std::string pipeline = pipeline_with_rig("live_rig", rig_text(0.9)), driven = own_folder() + "live_rig.mcap";
  const Outcome live = hangil("run " + demo_drive() + " --duration 1 -p " + pipeline + " -o " + driven);
  ASSERT_EQ(live.exit_code, 0) << live.err;
  (void)write_text("live_rig_rig.yaml", "no rig");
  const Outcome again = hangil("replay --as-driven " + driven);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_TRUE(contains(again.err, "reproduced")) << again.err;
}

// The built-in drive has no camera: what is known of one comes from the rig alone, before anything else.
TEST(RigCalibration, IsToldWhereTheRecordingHasNone) {
  (void)write_text("camera_rig.yaml", rig_text(0.8));
  const std::string full = read_text(std::string(HANGIL_SOURCE_DIR) + "/configs/pipelines/full.yaml");
  const std::string pipeline = write_text("camera_full.yaml", "sensors: camera_rig.yaml\n" + full);
  const std::string driven = own_folder() + "camera_full.mcap";
  const Outcome run = hangil("replay " + demo_drive() + " --duration 1 -p " + pipeline + " -o " + driven);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Outcome rig = hangil("sensors " + driven);
  EXPECT_TRUE(contains(rig.out, "frame: camera_front\n    position_m: [1.0000, 0.0000, 1.6000]")) << rig.out << rig.err;
  EXPECT_TRUE(contains(rig.out, "fx_px: 720")) << rig.out;
}

TEST(RigCalibration, SaysWhatIsWrongWithTheFile) {
  std::string without = rig_text(0.8);
  without.erase(without.find("fx_px"), std::string("fx_px: 720, ").size());
  const Outcome bad = hangil("replay " + demo_drive() + " -p " + pipeline_with_rig("no_focal", without));
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_TRUE(contains(bad.err, "no_focal.yaml:1: ")) << bad.err;
  EXPECT_TRUE(contains(bad.err, "no_focal_rig.yaml:3: 'fx_px' is missing")) << bad.err;
  const std::string pipeline = write_text("lost_rig.yaml", "sensors: nowhere.yaml\n" + read_text(pipeline_path()));
  EXPECT_TRUE(contains(hangil("modules check " + pipeline).err, "nowhere.yaml"));
}

// Camera and LiDAR of KITTI: the rig of the repository is as good as the recording's own, and one of other pictures is
// refused.
TEST(RigCalibration, PicturesOfAnotherSizeAreRefused) {
  const std::string folder = tests::drives_dir() + "/kitti_tracking/training";
  HANGIL_NEEDS_DATA(folder + "/velodyne/9000");
  const std::string drive = own_folder() + "rig_9000.mcap";
  const Outcome made = hangil("convert kitti-tracking " + folder + " --sequence 9000 -o " + drive);
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const std::string full = read_text(std::string(HANGIL_SOURCE_DIR) + "/configs/pipelines/full.yaml");
  (void)write_text("other_rig.yaml", rig_text(0.8, 1280));
  const Outcome other =
      hangil("replay " + drive + " -p " + write_text("other_full.yaml", "sensors: other_rig.yaml\n" + full));
  EXPECT_NE(other.exit_code, 0);
  EXPECT_TRUE(
      contains(other.err, "camera 'front' has pictures of 1280 x 375 px, those of the recording are 1242 x 375"))
      << other.err;
  (void)write_text("kitti_rig.yaml", read_text(kKittiRig));
  const std::string own = write_text("kitti_full.yaml", "sensors: kitti_rig.yaml\n" + full);
  const std::string driven = own_folder() + "kitti_full.mcap";
  const Outcome same = hangil("replay " + drive + " --duration 1 -p " + own + " -o " + driven);
  ASSERT_EQ(same.exit_code, 0) << same.err;
  const Outcome apart = hangil("sensors " + driven + " --against " + kKittiRig);
  EXPECT_TRUE(contains(apart.out, "camera_front: turned by 0.000 degrees")) << apart.out << apart.err;
}

}  // namespace
}  // namespace hangil::cli
