// SPDX-License-Identifier: Apache-2.0
#include "math/pinhole.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

constexpr Pinhole kCamera{700, 710, 600, 180, 1242, 375};

// x forward, y left, z up into x right, y down, z forward.
Eigen::Isometry3d T_camera_body() {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() << 0, -1, 0, 0, 0, -1, 1, 0, 0;
  return T;
}

TEST(Pinhole, RayOfAProjectionLeadsBackToThePoint) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> side(-20, 20), depth(0.2, 90);
  for (int i = 0; i < 200; ++i) {
    const Eigen::Vector3d p(side(random), side(random), depth(random));
    const auto pixel = project(kCamera, p);
    ASSERT_TRUE(pixel.has_value());
    EXPECT_LT((ray(kCamera, *pixel) * p.z() - p).norm(), 1e-9);
  }
}

TEST(Pinhole, WhatIsBehindOrNotANumberDoesNotShow) {
  EXPECT_FALSE(project(kCamera, {0, 0, -5}).has_value());
  EXPECT_FALSE(project(kCamera, {0, 0, 0}).has_value());
  EXPECT_FALSE(project(kCamera, {0, 0, std::nan("")}).has_value());
}

TEST(PinholeOverlap, OfMadeBoxes) {
  EXPECT_DOUBLE_EQ(intersection_over_union({0, 0, 10, 10}, {0, 0, 10, 10}), 1);
  EXPECT_DOUBLE_EQ(intersection_over_union({0, 0, 10, 10}, {5, 0, 15, 10}), 50.0 / 150);
  EXPECT_DOUBLE_EQ(intersection_over_union({0, 0, 10, 10}, {10, 0, 20, 10}), 0);
  EXPECT_DOUBLE_EQ(intersection_over_union({10, 0, 0, 10}, {0, 0, 10, 10}), 0);
  EXPECT_DOUBLE_EQ(intersection_over_union({0, 0, std::nan(""), 10}, {0, 0, 10, 10}), 0);
}

TEST(Silhouette, HoldsEveryPointOfTheBody) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> x(8, 60), y(-6, 6), angle(-3, 3), unit(-0.5, 0.5);
  for (int i = 0; i < 100; ++i) {
    const UprightBody body{x(random), y(random), 0.5, angle(random), 4, 1.8, 1.5};
    const auto seen = silhouette(kCamera, T_camera_body(), body);
    ASSERT_TRUE(seen.has_value());
    for (int j = 0; j < 20; ++j) {
      const double l = unit(random) * body.length_m, w = unit(random) * body.width_m, h = unit(random) * body.height_m;
      const double c = std::cos(body.yaw_rad), s = std::sin(body.yaw_rad);
      const auto pixel = project(
          kCamera, T_camera_body() * Eigen::Vector3d(body.x_m + c * l - s * w, body.y_m + s * l + c * w, body.z_m + h));
      ASSERT_TRUE(pixel.has_value());
      EXPECT_GE(pixel->x_px, seen->unclipped.left_px - 1e-9);
      EXPECT_LE(pixel->x_px, seen->unclipped.right_px + 1e-9);
      EXPECT_GE(pixel->y_px, seen->unclipped.top_px - 1e-9);
      EXPECT_LE(pixel->y_px, seen->unclipped.bottom_px + 1e-9);
    }
  }
}

TEST(Silhouette, IsClippedToThePicture) {
  const auto seen = silhouette(kCamera, T_camera_body(), {6, 6, 0, 0, 4, 2, 1.5});
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->box.left_px, 0);
  EXPECT_LT(seen->unclipped.left_px, 0);
  EXPECT_GT(seen->visible_ratio(), 0);
  EXPECT_LT(seen->visible_ratio(), 1);
}

TEST(Silhouette, ABodyThatReachesBehindTheCameraIsCutBeforeIt) {
  const auto seen = silhouette(kCamera, T_camera_body(), {1, 2, 0, 0, 6, 2, 1.5});
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->box.left_px, 0);
  EXPECT_TRUE(std::isfinite(seen->unclipped.left_px));
}

TEST(Silhouette, WhatIsBehindBesideOrNotFiniteHasNone) {
  EXPECT_FALSE(silhouette(kCamera, T_camera_body(), {-10, 0, 0, 0, 4, 2, 1.5}).has_value());
  EXPECT_FALSE(silhouette(kCamera, T_camera_body(), {10, 40, 0, 0, 4, 2, 1.5}).has_value());
  EXPECT_FALSE(silhouette(kCamera, T_camera_body(), {std::nan(""), 0, 0, 0, 4, 2, 1.5}).has_value());
}

}  // namespace
}  // namespace hangil::math
