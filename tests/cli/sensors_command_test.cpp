// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cli/program.hpp"

namespace hangil::cli {
namespace {

const std::string kRig = std::string(HANGIL_SOURCE_DIR) + "/configs/sensors/kitti.yaml";

TEST(SensorsCommand, WhatItPrintsIsAFileOfTheSameSensors) {
  const Outcome printed = hangil("sensors " + kRig);
  ASSERT_EQ(printed.exit_code, 0) << printed.err;
  const Outcome compared = hangil("sensors " + write_text("again.yaml", printed.out) + " --against " + kRig);
  ASSERT_EQ(compared.exit_code, 0) << compared.err;
  EXPECT_EQ(
      compared.out,
      "camera_front: turned by 0.000 degrees, 0.0000 m apart\nlidar_top: turned by 0.000 degrees, 0.0000 m apart\n");
}

TEST(SensorsCommand, SaysWhatIsWrongWithAFile) {
  const Outcome bad = hangil("sensors " + write_text("bad.yaml", "rig: x\ncameras:\n  - name: a\n"));
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_TRUE(contains(bad.err, "bad.yaml:3: 'fx_px' is missing")) << bad.err;
  EXPECT_EQ(hangil("sensors /nowhere.mcap").exit_code, 1);
}

TEST(SensorsCommand, ARecordingsCalibrationIsPrintedAsAFile) {
  const Outcome outcome = hangil("sensors " + demo_drive());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(contains(outcome.out, "frame: lidar_top\n    position_m: [0.8100, 0.0000, 1.7300]")) << outcome.out;
}

}  // namespace
}  // namespace hangil::cli
