// SPDX-License-Identifier: Apache-2.0
#include "evaluation/segmentation_frames.hpp"

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

using Rgb = std::vector<std::uint8_t>;

TEST(SegmentationFrames, CodingsOfDataSetsAreReadAsTheirOwnersSay) {
  const Rgb kitti = {255, 0, 0, 255, 0, 255, 0, 0, 0};
  EXPECT_EQ(labels_of(3, 1, kitti, LabelCoding::kKittiRoad).labels, (Rgb{0, 1, 255}));
  const Rgb bdd = {0, 0, 0, 1, 1, 1, 2, 2, 2, 255, 255, 255};
  EXPECT_EQ(labels_of(4, 1, bdd, LabelCoding::kBdd).labels, (Rgb{1, 1, 0, 255}));
  const Rgb mask = {0, 0, 0, 255, 255, 255, 0, 0, 9};
  EXPECT_EQ(labels_of(3, 1, mask, LabelCoding::kMask).labels, (Rgb{0, 1, 1}));
}

TEST(SegmentationFrames, ACellCoversItsPixels) {
  messages::DrivableArea area;
  area.width_px = 5, area.height_px = 4, area.column_count = 3, area.row_count = 2, area.cell_px = 2;
  area.probability = {0, 255, 0, 127, 128, 255};
  const auto image = labels_of(area, 0.5);
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->labels, (Rgb{0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1}));
  area.probability.pop_back();
  EXPECT_FALSE(labels_of(area, 0.5).ok());
}

TEST(SegmentationFrames, PixelsOfAllPicturesCountTogetherAndUnjudgedOnesNot) {
  // Drivable: 2 right of 4 named in either; other: 1 right of 3. The last pixel is not judged.
  std::vector<SegmentationFrame> frames = {{"a.png", {3, 1, {1, 1, 0}}, {3, 1, {1, 0, 0}}, {}},
                                           {"b.png", {3, 1, {1, 0, 255}}, {3, 1, {1, 1, 1}}, {}}};
  const auto result = evaluate_segmentation(frames);
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_NEAR(*result->all.iou_by_class[1], 2.0 / 4, 1e-12);
  EXPECT_NEAR(*result->all.iou_by_class[0], 1.0 / 3, 1e-12);
  EXPECT_NEAR(result->all.accuracy, 3.0 / 5, 1e-12);
  EXPECT_NE(segmentation_table(*result).find("mean IoU 41.67 %"), std::string::npos) << segmentation_table(*result);
  EXPECT_NE(segmentation_json(*result).find("\"pictures\""), std::string::npos);
  EXPECT_EQ(error_picture(result->frames[1]).size(), 9u);
}

TEST(SegmentationFrames, AGuessOfAnotherSizeIsRefusedWithBothSizes) {
  const auto result = evaluate_segmentation({{"a.png", {2, 1, {1, 0}}, {1, 2, {1, 0}}, {}}});
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("a.png: labelled are 2 x 1 px, the guess has 1 x 2"), std::string::npos);
  EXPECT_FALSE(evaluate_segmentation({}).ok());
}

}  // namespace
}  // namespace hangil::evaluation
