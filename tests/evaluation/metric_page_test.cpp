// SPDX-License-Identifier: Apache-2.0
#include "evaluation/metric_page.hpp"

#include <gtest/gtest.h>

#include "evaluation/centre_distance.hpp"
#include "evaluation/image_detection.hpp"
#include "evaluation/kitti_detection.hpp"
#include "evaluation/mot_report.hpp"

namespace hangil::evaluation {
namespace {

messages::Box3 car_ahead(double x_m) { return {x_m, 0, 0.8, 0, 4.2, 1.8, 1.6}; }
messages::ImageBox wide_box(float left) { return {left, 10, left + 60, 70}; }

// Two cars are labelled; the surest guess finds one, the next is false, a third, the least sure, too.
KittiFrame kitti_frame_with_errors() {
  KittiFrame frame;
  frame.truths = {{car_ahead(10), wide_box(0)}, {car_ahead(30), wide_box(200)}};
  frame.guesses = {
      {car_ahead(10), wide_box(0), 0.9}, {car_ahead(50), wide_box(400), 0.8}, {car_ahead(70), wide_box(600), 0.1}};
  return frame;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(FrameErrors, OfKittiCountAtTheBestScore) {
  const std::vector<KittiFrame> frames = {KittiFrame{}, kitti_frame_with_errors()};
  const auto errors = kitti_errors(frames, {KittiOverlap::kGround, 0.7, kKittiDifficulties[1]});
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].missed + errors[0].wrong, 0);
  EXPECT_EQ(errors[1].frame, 1u);
  EXPECT_EQ(errors[1].missed, 1);
  EXPECT_EQ(errors[1].wrong, 0) << "at the best F1 only the surest guess counts";
}

TEST(FrameErrors, OfCentresCountWhatIsBeyondTwoMetres) {
  CentreFrame frame;
  frame.truths = {{.box = car_ahead(10)}, {.box = car_ahead(30)}};
  frame.guesses = {{.box = car_ahead(33), .score = 0.95}, {.box = car_ahead(11), .score = 0.9}};
  const auto errors = centre_errors(std::vector{frame});
  EXPECT_EQ(errors[0].missed, 1);
  EXPECT_EQ(errors[0].wrong, 1);
  const CentreClassScore score = score_by_centre(std::vector{frame});
  ASSERT_EQ(score.curve.size(), 2u);
  EXPECT_EQ(score.curve[0].precision, 0);
  EXPECT_EQ(score.curve[1].recall, 0.5);
}

TEST(FrameErrors, InPicturesLeaveOutWhatIsIgnored) {
  ImageFrame frame;
  frame.truths = {{wide_box(0)}, {wide_box(200), true}, {wide_box(400)}};
  frame.guesses = {{wide_box(0), 0.9}, {wide_box(200), 0.8}, {wide_box(800), 0.7}};
  const auto errors = errors_in_pictures(std::vector{frame, frame});
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[1].missed, 1);
  EXPECT_EQ(errors[1].wrong, 0);
}

TEST(FrameErrors, OfTracksAreThoseOfTheFrame) {
  MotFrame right, wrong;
  right.truths = {{1, false, car_ahead(10)}};
  right.estimates = {{7, 0.9, car_ahead(10), {0, 0, 100, 100}}};
  wrong = right;
  wrong.estimates[0].box = car_ahead(40);
  const auto errors = mot_errors({right, wrong}, 0.5, 0.5);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].missed + errors[0].wrong, 0);
  EXPECT_EQ(errors[1].missed, 1);
  EXPECT_EQ(errors[1].wrong, 1);
}

TEST(FrameErrors, TheWorstComeFirstAndFaultlessOnesNot) {
  const auto worst = worst_of({{0, 1, 0}, {1, 0, 0}, {2, 2, 3}, {3, 0, 1}}, 2);
  ASSERT_EQ(worst.size(), 2u);
  EXPECT_EQ(worst[0].frame, 2u);
  EXPECT_EQ(worst[1].frame, 0u);
  EXPECT_EQ(title_of(worst[0]), "frame 2: 2 missed, 3 false");
  EXPECT_EQ(best_threshold({{0.9, true}, {0.5, false}, {0.5, true}}, 2), 0.5);
  EXPECT_TRUE(std::isinf(best_threshold({{0.9, false}}, 2)));
}

TEST(MetricPage, StandsAlone) {
  MetricPage page{"drive <1>", "Hangil detection", "by which rule"};
  page.tables = {{"Average precision", {"class", "AP"}, {{"car", "90 %"}}, ""}};
  page.charts = {{"IoU 0.5", {{"car", {{0, 1}, {0.5, 0.8}, {1, 0.2}}}, {"empty", {}}}}};
  const std::vector<messages::Box3> boxes = {car_ahead(20)};
  page.worst = {{"frame 3", boxes_svg(boxes, boxes, "from above"), "data:image/png;base64,AAAA"}};
  page.legend = worst_legend();
  page.json = "{\"ap\":0.9}";
  const std::string html = metric_page(page);
  EXPECT_TRUE(holds(html, "drive &lt;1&gt;"));
  EXPECT_TRUE(holds(html, "Precision by recall"));
  EXPECT_TRUE(holds(html, "<polygon"));
  EXPECT_TRUE(holds(html, "data:image/png;base64,AAAA"));
  EXPECT_TRUE(holds(html, "{\"ap\":0.9}"));
  for (const char* elsewhere : {"src=\"http", "href=\"http", "url(http", "@import"})
    EXPECT_FALSE(holds(html, elsewhere));
  EXPECT_EQ(html, metric_page(page));
}

TEST(MetricPage, CurvesRunFromTheLeftEdgeUpwards) {
  const std::vector<PrecisionCurve> curves = {{"car", {{0, 1}, {1, 0}}}};
  EXPECT_TRUE(holds(precision_chart(curves), "M46.0 30.0L1228.0 330.0")) << precision_chart(curves);
}

}  // namespace hangil::evaluation
