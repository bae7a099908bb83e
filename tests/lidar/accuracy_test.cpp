// SPDX-License-Identifier: Apache-2.0
// How good ground and boxes are on real scans. hangil_bench prints the figures themselves.
#include <gtest/gtest.h>

#include "drives.hpp"
#include "lidar/box_score.hpp"
#include "lidar/ground_score.hpp"

namespace hangil::lidar {
namespace {

TEST(Accuracy, GroundOfLabelledScans) {
  const std::string folder = tests::labelled_scans_dir(hangil::tests::shared_dir());
  HANGIL_NEEDS_DATA(folder);
  const tests::GroundScore score = tests::score_ground(folder, tests::found_ground);
  EXPECT_GT(score.f1(), 0.955) << "precision " << score.precision() << ", recall " << score.recall();
}

TEST(Accuracy, BoxesOfLabelledDrive) {
  const std::string training = hangil::tests::drives_dir() + "/kitti_tracking/training";
  HANGIL_NEEDS_DATA(training);
  const tests::BoxScore score = tests::score_boxes(training, "0000");
  EXPECT_GT(score.truth_count, 600);
  EXPECT_GT(score.recall(), 0.93);
  EXPECT_GT(score.precision(), 0.86);
  EXPECT_GT(score.share_from_20_points(), 0.94);
}

}  // namespace
}  // namespace hangil::lidar
