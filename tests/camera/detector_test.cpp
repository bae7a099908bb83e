// SPDX-License-Identifier: Apache-2.0
#include "camera/detector.hpp"

#include <gtest/gtest.h>

#include "camera/kitti_pictures.hpp"
#include "camera/nanodet.hpp"
#include "camera/shared_models.hpp"

namespace hangil::camera {

namespace {

Detector make_detector(const DetectorConfig& config = {}) {
  const auto weights = model::read_weights(shared_model("nanodet_plus_m_416"));
  auto detector = Detector::make(*weights, config);
  EXPECT_TRUE(detector) << detector.error().message;
  return *std::move(detector);
}

}  // namespace

TEST(Detector, FindsTheCarsOfKitti) {
  HANGIL_NEEDS_DATA(shared_model("nanodet_plus_m_416"));
  HANGIL_NEEDS_DATA(kitti_object_dir());
  const auto pictures = kitti_pictures();
  ASSERT_EQ(pictures.size(), 13u);
  for (const auto& [width, height] : {std::pair{704, 256}, {416, 160}, {960, 320}, {1248, 384}}) {
    if (std::getenv("HANGIL_SWEEP") == nullptr && width != 704) continue;
    for (const double least : {0.2, 0.3, 0.4}) {
      if (std::getenv("HANGIL_SWEEP") == nullptr && least != 0.3) continue;
      Detector detector = make_detector({.input_width_px = width, .input_height_px = height, .least_score = least});
      const CarRecall recall = car_recall(detector, pictures, 0);
      std::printf("%d x %d, %.2f: %d of %d cars, easy %d of %d, %d of %d boxes false\n", width, height, least,
                  recall.all.found, recall.all.labelled, recall.easy.found, recall.easy.labelled, recall.false_boxes,
                  recall.boxes);
      EXPECT_GE(recall.easy.ratio(), 0.85);
    }
  }
}

}  // namespace hangil::camera
