// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "evaluation/segmentation.hpp"
#include "messages/drivable_area.hpp"

namespace hangil::evaluation {

// Where one can drive, pixel by pixel, row by row.
struct LabelImage {
  static constexpr std::uint8_t kOther = 0, kDrivable = 1, kNotJudged = 255;
  int width = 0, height = 0;
  std::vector<std::uint8_t> labels;
};

// How a data set paints its labels.
enum class LabelCoding {
  kMask,       // black: other; anything else: drivable
  kKittiRoad,  // KITTI road, gt_image_2: red: other, magenta: road, black: not judged
  kBdd,        // BDD100K, drivable/masks: 0 and 1 (direct, alternative): drivable, 2: other, 255: not judged
};

// Of a picture of three bytes a pixel (red, green, blue).
LabelImage labels_of(int width, int height, std::span<const std::uint8_t> rgb, LabelCoding coding);
// Of a camera's grid: a cell is drivable from `least_probability` (0 to 1) on. Error: a grid that does not hold as many
// cells as it says.
base::Result<LabelImage> labels_of(const messages::DrivableArea& area, double least_probability);

// One labelled picture and what was guessed.
struct SegmentationFrame {
  std::string name;
  LabelImage truth, guess;
  SegmentationScore score;  // of this picture alone
};

struct SegmentationResult {
  std::vector<SegmentationFrame> frames;
  SegmentationScore all;  // over all pixels together, classes other and drivable
};

// Error: no picture, or a guess of another size than its truth.
base::Result<SegmentationResult> evaluate_segmentation(std::vector<SegmentationFrame> frames);

// By mean IoU; of equal ones the first stays first. They live as long as the result.
std::vector<const SegmentationFrame*> worst_first(const SegmentationResult& result);

// For people; {"segmentation": {"mean_iou": ..., "iou": {...}, "accuracy": ..., "pictures": [...]}} for machines.
std::string segmentation_table(const SegmentationResult& result);
std::string segmentation_json(const SegmentationResult& result);

// Right, missed and false drivable pixels as a picture, three bytes a pixel; what is not judged is grey.
std::vector<std::uint8_t> error_picture(const SegmentationFrame& frame);

}  // namespace hangil::evaluation
