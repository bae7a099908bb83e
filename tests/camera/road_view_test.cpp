// SPDX-License-Identifier: Apache-2.0
#include "camera/road_view.hpp"

#include <gtest/gtest.h>

#include "camera/lane_frames.hpp"
#include "camera/shared_models.hpp"

namespace hangil::camera {

namespace {

RoadView make_view() {
  const auto weights = model::read_weights(shared_model("twinlitenetplus_small"));
  auto view = RoadView::make(*weights, {});
  EXPECT_TRUE(view) << view.error().message;
  return *std::move(view);
}

}  // namespace

TEST(RoadView, SeesTheLanesOfAMotorway) {
  HANGIL_NEEDS_DATA(shared_model("twinlitenetplus_small"));
  HANGIL_NEEDS_DATA(lane_frames_dir());
  RoadView view = make_view();
  const auto frames = lane_frames();
  const auto score = score_road_view(view, frames, 0);
  std::printf("lanes: accuracy %.3f, false positives %.3f, false negatives %.3f\n", score.accuracy,
              score.false_positives, score.false_negatives);
  EXPECT_GE(score.accuracy, 0.88);
  EXPECT_LE(score.false_positives, 0.2);
  EXPECT_LE(score.false_negatives, 0.2);
  for (const LaneFrame& frame : frames) EXPECT_GE(score_road_view(view, {frame}, 0).accuracy, 0.8);
}

TEST(RoadView, TheSamePictureGivesTheSameBits) {
  HANGIL_NEEDS_DATA(shared_model("twinlitenetplus_small"));
  HANGIL_NEEDS_DATA(lane_frames_dir());
  RoadView one = make_view(), two = make_view();
  const Picture picture = lane_frames()[0].picture;
  const auto first = one.see(picture, 0, nullptr);
  ASSERT_TRUE(one.see(lane_frames()[1].picture, 1, nullptr));
  for (RoadView* view : {&one, &two}) {
    const auto again = view->see(picture, 0, nullptr);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->area.probability, first->area.probability);
    ASSERT_EQ(again->lanes.lines.size(), first->lanes.lines.size());
    for (std::size_t i = 0; i < first->lanes.lines.size(); ++i) {
      EXPECT_EQ(again->lanes.lines[i].image_coefficients, first->lanes.lines[i].image_coefficients);
    }
  }
}

TEST(RoadView, ADrivableAreaCoversThePicture) {
  const Letterbox box = fit_letterbox(1242, 375, 640, 384);
  std::vector<float> logits(static_cast<std::size_t>(box.width * box.height) * 2, 0);
  const auto area = drivable_area(logits, box);
  EXPECT_EQ(area.column_count, 80u);
  EXPECT_EQ(area.row_count, 25u);
  EXPECT_EQ(area.probability.size(), 2000u);
  EXPECT_NEAR(area.probability[0], 128, 1);
}

}  // namespace hangil::camera
