// SPDX-License-Identifier: Apache-2.0
#include "simulation/ground.hpp"

#include <Eigen/LU>
#include <gtest/gtest.h>

#include "simulation/dice.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Vector3d;

constexpr MapArea kArea{-150, -150, 150, 150};
const std::vector<Band> kStreet = {{-1e9, 0, kAsphalt}, {0, 0.12, kPaving}, {3, 0.15, kGrass}};

double along_x(double, double y_m) { return std::abs(y_m) - 4.0; }

Ground flat() { return Ground({}, {{-1e9, 0, kAsphalt}}, kArea, along_x); }
Ground street() { return Ground({{{0.9, 0.035, 0.012, 0.4}, {0.6, -0.014, 0.041, 1.9}}}, kStreet, kArea, along_x); }

Ray from(const Vector3d& origin, double azimuth_rad, double elevation_rad) {
  const double level = std::cos(elevation_rad);
  return {origin, {level * std::cos(azimuth_rad), level * std::sin(azimuth_rad), std::sin(elevation_rad)}};
}

TEST(Ground, PlaneIsMetWhereTrigonometrySays) {
  const Ground ground = flat();
  for (const double elevation : {-1.2, -0.5, -0.1, -0.02}) {
    const auto found = ground.intersect(from({0, 0, 1.73}, 0.3, elevation), 120);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->range_m, 1.73 / std::sin(-elevation), 1e-6);
    EXPECT_TRUE(found->normal.isApprox(Vector3d::UnitZ()));
  }
  EXPECT_FALSE(ground.intersect(from({0, 0, 1.73}, 0.3, 0.001), 120));
  EXPECT_FALSE(ground.intersect(from({0, 0, 1.73}, 0.3, -0.01), 120)) << "173 m away";
}

TEST(Ground, RaysThatLeaveTheMapMeetNothing) { EXPECT_FALSE(flat().intersect(from({149, 0, 1.73}, 0, -0.1), 120)); }

// Walks along the ray in steps of 1 mm.
double walked_m(const Ground& ground, const Ray& ray, double most_m) {
  for (double range_m = 0; range_m < most_m; range_m += 1e-3) {
    const Vector3d p = ray.origin + range_m * ray.direction;
    if (p.z() <= ground.height_m(p.x(), p.y())) return range_m;
  }
  return INFINITY;
}

TEST(Ground, AgreesWithWalkingOverHillsAndCurbs) {
  const Ground ground = street();
  tests::Dice dice(5);
  int curb_count = 0;
  for (int i = 0; i < 1200; ++i) {
    const double x_m = dice.between(-40, 40), y_m = dice.between(-3.5, 3.5);
    const Ray ray =
        from({x_m, y_m, ground.height_m(x_m, y_m) + 1.73}, dice.between(-3.1, 3.1), dice.between(-0.5, -0.03));
    const auto found = ground.intersect(ray, 60);
    const double walked = walked_m(ground, ray, 60);
    ASSERT_EQ(found.has_value(), walked < INFINITY) << "ray " << i;
    if (!found) continue;
    // 1 mm of height on a slope that the ray meets at this angle.
    const double tolerance_m = 2e-3 + 1.5e-3 / std::max(-ray.direction.dot(found->normal), 0.01);
    EXPECT_NEAR(found->range_m, walked, tolerance_m) << "ray " << i;
    curb_count += found->is_curb;
    if (found->is_curb) {
      EXPECT_NEAR(std::abs(found->normal.y()), 1, 1e-3) << "across the road";
    }
    EXPECT_LT(found->normal.dot(ray.direction), 0);
  }
  EXPECT_GT(curb_count, 10);
}

TEST(Ground, BandsHaveTheirHeightsAndSurfaces) {
  const Ground ground({}, kStreet, kArea, along_x);
  EXPECT_EQ(ground.height_m(10, 3.9), 0);
  EXPECT_EQ(ground.height_m(10, 4.1), 0.12);
  EXPECT_EQ(ground.height_m(10, -8), 0.15);
  const auto paving = ground.intersect(Ray{{0, 5.5, 2}, {0, 0, -1}}, 10);
  ASSERT_TRUE(paving);
  EXPECT_NEAR(paving->range_m, 1.88, 1e-3);
  EXPECT_EQ(paving->surface.reflectance_ratio, kPaving.reflectance_ratio);
}

TEST(Hills, GradientIsTheDerivativeOfHeight) {
  const Hills hills{{{0.9, 0.035, 0.012, 0.4}, {0.6, -0.014, 0.041, 1.9}}};
  EXPECT_EQ(height_m(hills, 0, 0), 0);
  tests::Dice dice(6);
  for (int i = 0; i < 50; ++i) {
    const double x = dice.between(-100, 100), y = dice.between(-100, 100), h = 1e-4;
    const Eigen::Vector2d slope = gradient(hills, x, y);
    EXPECT_NEAR(slope.x(), (height_m(hills, x + h, y) - height_m(hills, x - h, y)) / (2 * h), 1e-8);
    EXPECT_NEAR(slope.y(), (height_m(hills, x, y + h) - height_m(hills, x, y - h)) / (2 * h), 1e-8);
  }
}

TEST(Ground, AttitudeIsARotationWhoseAxesLieInTheSlope) {
  const Ground ground = street();
  const Eigen::Matrix3d R = ground.attitude(12, 1, 0.7);
  EXPECT_TRUE((R.transpose() * R).isApprox(Eigen::Matrix3d::Identity(), 1e-12));
  EXPECT_NEAR(R.determinant(), 1, 1e-12);
  EXPECT_NEAR(std::atan2(R(1, 0), R(0, 0)), 0.7, 1e-12);
  const double h = 1e-3;
  const double rise = (ground.height_m(12 + h * std::cos(0.7), 1 + h * std::sin(0.7)) - ground.height_m(12, 1)) / h;
  EXPECT_NEAR(R(2, 0) / std::hypot(R(0, 0), R(1, 0)), rise, 1e-5);
}

}  // namespace
}  // namespace hangil::simulation
