// SPDX-License-Identifier: Apache-2.0
#include "viewer/birds_eye.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "viewer/palette.hpp"

namespace hangil::viewer {
namespace {

using messages::ObjectClass;

Colour pixel(const Picture& picture, const ViewWindow& window, math::Point2 p) {
  const PixelPoint at = window.pixel(p);
  return picture.raster.at(static_cast<int>(at.x_px), static_cast<int>(at.y_px));
}

TEST(BirdsEye, ForwardIsUpAndLeftIsLeft) {
  const ViewWindow window;
  const PixelPoint ego = window.pixel({0, 0});
  EXPECT_DOUBLE_EQ(ego.x_px, window.width_px() / 2.0);
  EXPECT_LT(window.pixel({10, 0}).y_px, ego.y_px);
  EXPECT_LT(window.pixel({0, 10}).x_px, ego.x_px);
}

TEST(BirdsEye, EgoStandsAtItsRearAxle) {
  const ViewWindow window;
  const Picture picture = draw_birds_eye({}, window);
  EXPECT_EQ(picture.raster.width_px(), window.width_px());
  EXPECT_EQ(picture.raster.height_px(), window.height_px());
  const Colour body = pixel(picture, window, {1, 0});
  EXPECT_GT(body.g, 200);
  EXPECT_GT(pixel(picture, window, {-0.8, 0}).g, 200);
  EXPECT_LT(pixel(picture, window, {-1.4, 0.3}).g, 100);
  EXPECT_LT(pixel(picture, window, {4.2, 0.3}).g, 100);
}

TEST(BirdsEye, ATrackIsAFilledBoxInTheColourOfItsClass) {
  const ViewWindow window;
  Scene scene;
  scene.tracks.push_back({7, ObjectClass::kCar, {{20, 5, 0}, 4, 2}, 8, 0, {}, true});
  const Picture picture = draw_birds_eye(scene, window);
  EXPECT_EQ(pixel(picture, window, {22, 5.5}), class_colour(ObjectClass::kCar));  // on its front edge
  const Colour inside = pixel(picture, window, {19, 5.6}), outside = pixel(picture, window, {19, 7.5});
  EXPECT_GT(inside.b, outside.b + 20);
  const auto label = std::find_if(picture.labels.begin(), picture.labels.end(),
                                  [](const Label& one) { return one.role == Label::Role::kTrack; });
  ASSERT_NE(label, picture.labels.end());
  EXPECT_EQ(label->text, "7 · 8.0 m/s");
}

TEST(BirdsEye, ThePlanIsGreenAndRedWhenRejected) {
  const ViewWindow window;
  Scene scene;
  for (int i = 0; i <= 30; ++i) scene.plan.push_back({i * 1.0, 0, 0});
  const Colour wanted = pixel(draw_birds_eye(scene, window), window, {15.3, 0});
  EXPECT_NEAR(wanted.g, palette::kPlan.g, 40);
  EXPECT_NEAR(wanted.r, palette::kPlan.r, 40);
  scene.is_rejected = true;
  const Picture rejected = draw_birds_eye(scene, window);
  EXPECT_NEAR(pixel(rejected, window, {15.3, 0}).r, palette::kRejected.r, 60);
  EXPECT_TRUE(std::any_of(rejected.labels.begin(), rejected.labels.end(),
                          [](const Label& label) { return label.role == Label::Role::kWarning; }));
}

TEST(BirdsEye, PointsAreColouredByHeight) {
  const ViewWindow window;
  Scene scene;
  for (int i = 0; i < 40; ++i) scene.obstacles.push_back({30.03F, -10.03F, 3.5F});
  const Colour high = pixel(draw_birds_eye(scene, window), window, {30.03, -10.03});
  EXPECT_NEAR(high.r, height_colour(3.5).r, 4);
  EXPECT_GT(height_colour(3).r, height_colour(0).r + 100);
}

TEST(BirdsEye, SameSceneSamePixels) {
  Scene scene;
  scene.tracks.push_back({7, ObjectClass::kCar, {{20, 5, 0.3}, 4, 2}, 8, 0, {{10, 5}, {20, 5}}, true});
  scene.futures.push_back({ObjectClass::kCar, 0.6, {{20, 5}, {30, 6}, {40, 8}}});
  const Picture a = draw_birds_eye(scene), b = draw_birds_eye(scene);
  EXPECT_TRUE(std::equal(a.raster.rgb().begin(), a.raster.rgb().end(), b.raster.rgb().begin()));
}

TEST(BirdsEye, WhatLiesOutsideTheWindowIsNotLabelled) {
  Scene scene;
  scene.tracks.push_back({7, ObjectClass::kCar, {{90, 5, 0}, 4, 2}, 8, 0, {}, true});
  const Picture picture = draw_birds_eye(scene);
  EXPECT_FALSE(std::any_of(picture.labels.begin(), picture.labels.end(),
                           [](const Label& label) { return label.role == Label::Role::kTrack; }));
}

}  // namespace
}  // namespace hangil::viewer
