// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "camera/lane_columns.hpp"
#include "camera/lane_curve.hpp"

namespace hangil::camera {

namespace {

constexpr int kWidth = 400, kHeight = 200;

// x of made line `i` in row y: straight, meeting at (200, -40), with a bend.
double made_x(int i, double y) { return 200 + (i - 1.5) * 0.35 * (y + 40) + 0.0004 * (kHeight - y) * (kHeight - y); }

LaneMask made_mask(const std::vector<int>& lines, int first_row, int gap_every = 0) {
  LaneMask mask{kWidth, kHeight, std::vector<std::uint8_t>(kWidth * kHeight, 0)};
  for (int y = first_row; y < kHeight; ++y) {
    if (gap_every > 0 && y / gap_every % 2 == 1) continue;
    for (const int i : lines) {
      const double half = 1 + 3.0 * y / kHeight;
      for (int x = 0; x < kWidth; ++x) {
        if (std::abs(x + 0.5 - made_x(i, y)) <= half) mask.is_line[static_cast<std::size_t>(y * kWidth + x)] = 1;
      }
    }
  }
  return mask;
}

// KITTI's camera: 1.65 m above ground, looking ahead.
GroundView made_view(double* height_m = nullptr) {
  messages::CameraInfo info;
  info.width = 1242, info.height = 375;
  info.p = {720, 0, 600, 0, 0, 720, 180, 0, 0, 0, 1, 0};
  messages::TFMessage tf;
  messages::TransformStamped stamped;
  stamped.header.frame_id = "ego", stamped.child_frame_id = "optical";
  stamped.transform.translation.x = 1, stamped.transform.translation.z = height_m == nullptr ? 1.65 : *height_m;
  // x right, y down, z ahead into x ahead, y left, z up.
  stamped.transform.rotation.x = -0.5, stamped.transform.rotation.y = 0.5;
  stamped.transform.rotation.z = -0.5, stamped.transform.rotation.w = 0.5;
  tf.transforms = {stamped};
  const auto view = GroundView::make(info, tf, "optical");
  EXPECT_TRUE(view) << view.error().message;
  return *view;
}

}  // namespace

TEST(TraceLanes, EveryLineIsFollowedFromItsLowerEnd) {
  const auto traces = trace_lanes(made_mask({0, 1, 2, 3}, 40), {});
  ASSERT_EQ(traces.size(), 4u);
  for (int i = 0; i < 4; ++i) {
    const auto& points = traces[static_cast<std::size_t>(i)].points;
    EXPECT_GE(points.size(), 150u);
    for (const auto& point : points) EXPECT_NEAR(point.x, made_x(i, point.y), 1) << i << " row " << point.y;
  }
}

TEST(TraceLanes, DashesBelongTogetherAndSpecksDoNot) {
  LaneMask mask = made_mask({1}, 40, 10);
  for (int i = 0; i < 10; ++i) mask.is_line[static_cast<std::size_t>((60 + i) * kWidth + 380)] = 1;
  const auto traces = trace_lanes(mask, {});
  ASSERT_EQ(traces.size(), 1u);
  EXPECT_GE(traces[0].points.size(), 75u);
}

TEST(TraceLanes, EmptyAndFullMasksHaveNoLines) {
  EXPECT_TRUE(trace_lanes(made_mask({}, 0), {}).empty());
  LaneMask full{kWidth, kHeight, std::vector<std::uint8_t>(kWidth * kHeight, 1)};
  EXPECT_TRUE(trace_lanes(full, {}).empty());
}

TEST(ImageLine, RunsThroughTheRowsItWasMadeOf) {
  for (const auto& trace : trace_lanes(made_mask({0, 1, 2, 3}, 40), {})) {
    const auto line = image_line(trace, kHeight);
    ASSERT_TRUE(line);
    EXPECT_LT(line->residual_px, 0.6);
    EXPECT_NEAR(line->existence_probability, 1, 0.05);
  }
  EXPECT_FALSE(image_line({}, kHeight));
}

// A line straight through (620, 200) and (x_px, 700), seen between two rows of a picture of 1280 x 720.
messages::LaneLine straight_line(double x_px, float y_min_px, float y_max_px) {
  messages::LaneLine line;
  line.y_min_px = y_min_px, line.y_max_px = y_max_px;
  const double slope = (x_px - 620) / 500;
  line.image_coefficients = {620 + slope * (static_cast<double>(y_max_px) - 200), slope * 720, 0, 0};
  return line;
}

TEST(LaneColumns, GoOnBeyondWhatWasSeenDownToTheEdgeAndUpToWhereLinesMeet) {
  messages::LaneLines lines;
  lines.width_px = 1280, lines.height_px = 720;
  lines.lines = {straight_line(100, 300, 450), straight_line(1000, 320, 500), straight_line(-900, 300, 330)};
  const std::vector<double> rows = {190, 205, 250, 400, 600, 710};
  const auto lanes = lane_columns(lines, rows);
  ASSERT_EQ(lanes.size(), 3u);
  for (const double x_px : {100.0, 1000.0}) {
    std::vector<double> wanted;
    for (const double y : rows) wanted.push_back(y < 211 ? kNoColumn : 620 + (x_px - 620) / 500 * (y - 200));
    EXPECT_TRUE(std::any_of(lanes.begin(), lanes.end(), [&](const auto& lane) {
      return std::equal(lane.begin(), lane.end(), wanted.begin(),
                        [](double a, double b) { return std::abs(a - b) < 1; });
    })) << x_px;
  }
  for (const auto& lane : lanes) {
    for (const double x : lane) EXPECT_TRUE(x < 0 || (x >= 0 && x < 1280)) << x;
  }
}

TEST(LaneColumns, DashesOfALineAreOneLaneAndWithoutAMeetingNothingIsAdded) {
  messages::LaneLines lines;
  lines.width_px = 1280, lines.height_px = 720;
  lines.lines = {straight_line(300, 300, 380), straight_line(300, 500, 560)};
  std::vector<double> rows;
  for (double y = 250; y <= 700; y += 10) rows.push_back(y);
  const auto lanes = lane_columns(lines, rows);
  ASSERT_EQ(lanes.size(), 1u);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(lanes[0][i], rows[i] < 300 ? kNoColumn : 620 - 0.64 * (rows[i] - 200), 1) << rows[i];
  }
  EXPECT_TRUE(lane_columns({}, rows).empty());
}

TEST(FitCurve, FindsCubicsAndTheirErrorFromNoisySamples) {
  std::mt19937 random(11);
  std::normal_distribution<double> noise(0, 0.2);
  int within = 0, count = 0;
  for (int round = 0; round < 100; ++round) {
    std::vector<CurveSample> samples;
    for (int i = 0; i < 60; ++i) {
      const double t = 0.5 * i;
      samples.push_back({t, 1 - 0.02 * t + 0.001 * t * t - 1e-5 * t * t * t + noise(random), 0.2});
    }
    const auto curve = fit_curve(samples, 3);
    ASSERT_TRUE(curve);
    const double error = curve->coefficients[0] - 1, deviation = std::sqrt(curve->covariance[0]);
    within += std::abs(error) < 2 * deviation ? 1 : 0;
    ++count;
  }
  EXPECT_GE(within, count * 9 / 10);
  EXPECT_LE(within, count * 995 / 1000);
}

TEST(FitCurve, WhatCannotBeFittedIsNot) {
  EXPECT_FALSE(fit_curve({}, 1));
  std::vector<CurveSample> one_place(10, CurveSample{1, 2, 1}),
      not_finite = {{0, 0, 1}, {1, 1, 1}, {2, NAN, 1}, {3, 1, 1}};
  EXPECT_FALSE(fit_curve(one_place, 1));
  EXPECT_FALSE(fit_curve(not_finite, 1));
}

TEST(GroundView, APixelOfAGroundPointLeadsBackToIt) {
  const GroundView view = made_view();
  for (const double x_m : {6.0, 15.0, 40.0}) {
    for (const double y_m : {-3.5, 0.0, 2.0}) {
      const auto point = view.ground_point(600 - 720 * y_m / (x_m - 1), 180 + 720 * 1.65 / (x_m - 1));
      ASSERT_TRUE(point);
      EXPECT_NEAR(point->x_m, x_m, 1e-9);
      EXPECT_NEAR(point->y_m, y_m, 1e-9);
    }
  }
  EXPECT_FALSE(view.ground_point(600, 180));
  EXPECT_FALSE(view.ground_point(600, 20));
}

TEST(GroundView, WithoutACalibrationThereIsNone) {
  EXPECT_FALSE(GroundView::make({}, {}, "optical"));
  messages::CameraInfo info;
  info.width = 1242, info.height = 375;
  info.p = {720, 0, 600, 0, 0, 720, 180, 0, 0, 0, 1, 0};
  EXPECT_NE(GroundView::make(info, {}, "optical").error().message.find("does not lead"), std::string::npos);
}

TEST(GroundLine, LiesWhereTheLineIsAndGrowsUnsureFarAway) {
  const GroundView view = made_view();
  LaneTrace trace;
  for (double y = 370; y > 205; y -= 1) {  // y = 1.8 m to the left, straight ahead
    const double x_m = 1 + 720 * 1.65 / (y - 180);
    trace.points.push_back({static_cast<float>(600 - 720 * 1.8 / (x_m - 1)), static_cast<float>(y), 4});
  }
  auto line = image_line(trace, 375);
  ASSERT_TRUE(line);
  add_ground_line(trace, view, 60, *line);
  ASSERT_TRUE(line->has_ground);
  const auto& c = line->ground_coefficients;
  const auto deviation_at = [&](double x) {
    const double powers[4] = {1, x, x * x, x * x * x};
    double variance = 0;
    for (std::size_t i = 0; i < 16; ++i) variance += powers[i / 4] * line->ground_covariance[i] * powers[i % 4];
    return std::sqrt(variance);
  };
  for (const double x : {8.0, 20.0, 40.0}) EXPECT_NEAR(c[0] + x * (c[1] + x * (c[2] + x * c[3])), 1.8, 0.02);
  EXPECT_LT(deviation_at(8), deviation_at(40));
  EXPECT_GT(deviation_at(40), 0.05);
}

}  // namespace hangil::camera
