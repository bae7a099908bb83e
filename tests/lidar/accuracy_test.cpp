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

void expect_boxes_with_network(std::size_t step, double recall_least, double precision_least) {
  const std::string training = hangil::tests::drives_dir() + "/kitti_tracking/training";
  const std::string folder = hangil::tests::shared_dir() + "/models/pointgnn_car_t1";
  HANGIL_NEEDS_DATA(training);
  HANGIL_NEEDS_DATA(folder);
  const auto weights = model::read_weights(folder);
  ASSERT_TRUE(weights.ok()) << weights.error().message;
  const auto network = make_point_gnn(*weights);
  ASSERT_TRUE(network.ok()) << network.error().message;
  const tests::BoxScore score = tests::score_merged_boxes(training, "0000", *network, step);
  EXPECT_GT(score.recall(), recall_least);
  EXPECT_GT(score.precision(), precision_least);
}

TEST(Accuracy, BoxesMergedWithTheNetworks) { expect_boxes_with_network(40, 0.93, 0.8); }
TEST(NightlyAccuracy, BoxesMergedWithTheNetworks) { expect_boxes_with_network(1, 0.95, 0.85); }

}  // namespace
}  // namespace hangil::lidar
