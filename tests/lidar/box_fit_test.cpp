// SPDX-License-Identifier: Apache-2.0
#include "lidar/box_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "math/box2.hpp"

namespace hangil::lidar {
namespace {

struct Outline {
  std::vector<float> x_m, y_m;
  void add(math::Point2 point) {
    x_m.push_back(static_cast<float>(point.x_m));
    y_m.push_back(static_cast<float>(point.y_m));
  }
  std::size_t size() const { return x_m.size(); }
};

// The rear and the right side of a box: what a sensor behind it on its right sees.
Outline two_faces(const math::Box2& box, double sigma_m = 0.01) {
  std::mt19937 random(1);
  std::normal_distribution<double> noise_m(0, sigma_m);
  Outline outline;
  for (int i = 0; i <= 40; ++i) {
    const double share = i / 40.0 - 0.5;
    outline.add(box.pose * math::Point2{share * box.length_m, -box.width_m / 2 + noise_m(random)});
    outline.add(box.pose * math::Point2{-box.length_m / 2 + noise_m(random), share * box.width_m});
  }
  return outline;
}

double turn_modulo_quarter_rad(double a_rad, double b_rad) {
  return std::abs(std::remainder(a_rad - b_rad, std::numbers::pi / 2));
}

TEST(FitYaw, FindsTheYawOfTwoFacesAtAnyAngleAndPlace) {
  for (double yaw_rad = -3.1; yaw_rad < 3.1; yaw_rad += 0.137) {
    const Outline outline = two_faces({{20 * std::cos(yaw_rad), -13, yaw_rad}, 4.2, 1.7});
    const float fitted = fit_yaw_rad(outline.x_m.data(), outline.y_m.data(), outline.size());
    EXPECT_LT(turn_modulo_quarter_rad(fitted, yaw_rad), 0.04) << yaw_rad;
  }
}

TEST(FitYaw, FollowsOneFace) {
  for (double yaw_rad = 0; yaw_rad < 1.5; yaw_rad += 0.1) {
    Outline outline;
    for (int i = 0; i < 30; ++i) outline.add(math::Pose2{9, 4, yaw_rad} * math::Point2{0.06 * i, 0});
    const float fitted = fit_yaw_rad(outline.x_m.data(), outline.y_m.data(), outline.size());
    EXPECT_LT(turn_modulo_quarter_rad(fitted, yaw_rad), 0.04) << yaw_rad;
  }
}

TEST(FitYaw, OnePointHasAYaw) {
  const float x = 3, y = 4;
  EXPECT_GE(fit_yaw_rad(&x, &y, 1), 0);
}

TEST(Enclose, HoldsEveryPointAndIsLongerAlong) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> place(-20, 20);
  for (std::size_t count : {1u, 2u, 7u, 8u, 9u, 100u}) {
    Outline outline;
    for (std::size_t i = 0; i < count; ++i) outline.add({place(random), place(random)});
    for (const float yaw_rad : {0.0f, 0.4f, 1.2f}) {
      const Rectangle r = enclose(outline.x_m.data(), outline.y_m.data(), count, yaw_rad);
      EXPECT_GE(r.along_m(), r.across_m());
      const messages::Box3 box = box_of(r, 0, 1);
      const math::Box2 footprint{{box.x_m, box.y_m, box.yaw_rad}, box.length_m + 1e-3, box.width_m + 1e-3};
      for (std::size_t i = 0; i < count; ++i) EXPECT_TRUE(math::contains(footprint, {outline.x_m[i], outline.y_m[i]}));
    }
  }
}

TEST(Turned, NamesTheSameRectangleTheOtherWayRound) {
  const Rectangle r{0.3f, 1, 5, -2, -1};
  const messages::Box3 a = box_of(r, 0, 1), b = box_of(turned(r), 0, 1);
  EXPECT_NEAR(a.x_m, b.x_m, 1e-5);
  EXPECT_NEAR(a.y_m, b.y_m, 1e-5);
  EXPECT_NEAR(a.length_m, b.width_m, 1e-5);
  EXPECT_NEAR(turn_modulo_quarter_rad(a.yaw_rad, b.yaw_rad), 0, 1e-5);
}

TEST(Extended, GrowsAwayFromTheSensorOnly) {
  const Rectangle seen{0.5f, 10, 11, -1, 1};
  const Rectangle whole = extended(seen, 4, 1.5f, 0, 0);
  EXPECT_FLOAT_EQ(whole.along_least_m, 10);
  EXPECT_FLOAT_EQ(whole.along_most_m, 14);
  EXPECT_FLOAT_EQ(whole.across_least_m, -1);
  EXPECT_FLOAT_EQ(whole.across_most_m, 1);
  const Rectangle behind{0, -11, -10, 5, 6};
  const Rectangle longer = extended(behind, 4, 2, 0, 0);
  EXPECT_FLOAT_EQ(longer.along_least_m, -14);
  EXPECT_FLOAT_EQ(longer.across_most_m, 7);
}

TEST(ShareNearFaces, IsOneOnTheFacesAndLessInside) {
  const math::Box2 box{{15, 10, 0.4}, 4, 1.8};
  const Outline outline = two_faces(box);
  const Rectangle r = enclose(outline.x_m.data(), outline.y_m.data(), outline.size(), 0.4f);
  const auto share = [&r](const Outline& o) {
    return share_near_faces_ratio(r, o.x_m.data(), o.y_m.data(), o.size(), 0, 0, 0.2f);
  };
  // From the origin the right side and the rear are seen.
  EXPECT_GT(share(outline), 0.95f);
  Outline inside;
  for (int i = 0; i < 20; ++i) inside.add(box.pose * math::Point2{0.1 * i - 1, 0.1});
  EXPECT_EQ(share(inside), 0);
}

TEST(UpperAlong, MeasuresOnlyWhatIsHigh) {
  const std::vector<float> x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, y(10, 0.0f);
  std::vector<float> height = {0, 0, 2, 2, 2, 0, 0, 0, 0, 0};
  const Rectangle r = enclose(x.data(), y.data(), x.size(), 0);
  EXPECT_FLOAT_EQ(upper_along_m(r, x.data(), y.data(), height.data(), x.size(), 1), 2);
  height[3] = 0;
  EXPECT_EQ(upper_along_m(r, x.data(), y.data(), height.data(), x.size(), 1), 0);
}

}  // namespace
}  // namespace hangil::lidar
