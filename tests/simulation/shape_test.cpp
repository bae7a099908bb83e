// SPDX-License-Identifier: Apache-2.0
#include "simulation/shape.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "simulation/bodies.hpp"
#include "simulation/dice.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Vector3d;

bool is_inside(const Hexahedron& h, const Vector3d& p) {
  for (const HalfSpace& side : h.sides) {
    if (side.normal.dot(p) > side.offset_m) return false;
  }
  return true;
}
bool is_inside(const Cylinder& c, const Vector3d& p) {
  return std::hypot(p.x() - c.x_m, p.y() - c.y_m) < c.radius_m && p.z() > c.bottom_m && p.z() < c.top_m;
}
bool is_inside(const Ellipsoid& e, const Vector3d& p) { return (p - e.centre).cwiseQuotient(e.radii_m).norm() < 1; }

// Walks along the ray in steps of 2 mm until it is inside.
template <class Solid>
double walked_m(const Solid& solid, const Ray& ray, double most_m) {
  for (double range_m = 0; range_m < most_m; range_m += 2e-3) {
    if (is_inside(solid, ray.origin + range_m * ray.direction)) return range_m;
  }
  return INFINITY;
}

// Rays from a sphere around the solid towards a point near its middle: about half of them meet it.
template <class Solid>
void expect_agreement_with_walking(const Solid& solid, std::uint32_t seed) {
  tests::Dice dice(seed);
  int met_count = 0;
  for (int i = 0; i < 300; ++i) {
    const Vector3d origin = 5 * dice.direction();
    const Ray ray{origin, (dice.in_cube(1.5) - origin).normalized()};
    const auto found = intersect(solid, ray);
    const double walked = walked_m(solid, ray, 10);
    if (!found) {  // walking may meet a corner that is thinner than a step only from inside
      EXPECT_EQ(walked, INFINITY) << "ray " << i;
      continue;
    }
    ++met_count;
    if (walked < INFINITY) {
      EXPECT_NEAR(found->range_m, walked, 3e-3) << "ray " << i;
    }
    const Vector3d p = ray.origin + found->range_m * ray.direction;
    EXPECT_TRUE(is_inside(solid, p - 1e-6 * found->normal)) << "ray " << i;
    EXPECT_FALSE(is_inside(solid, p + 1e-6 * found->normal)) << "ray " << i;
    EXPECT_NEAR(found->normal.norm(), 1, 1e-9);
    EXPECT_LT(found->normal.dot(ray.direction), 0);
  }
  EXPECT_GT(met_count, 60);
  EXPECT_LT(met_count, 290);
}

TEST(Box, AgreesWithWalking) { expect_agreement_with_walking(box({-1, -0.5, -0.3}, {1.2, 0.7, 0.8}), 1); }
TEST(Frustum, AgreesWithWalking) {
  expect_agreement_with_walking(frustum({-1.2, 1, 0.8, -0.6}, {-0.7, 0.4, 0.5, 0.7}), 2);
}
TEST(Cylinder, AgreesWithWalking) { expect_agreement_with_walking(Cylinder{0.2, -0.1, 0.9, -0.7, 0.6}, 3); }
TEST(Ellipsoid, AgreesWithWalking) { expect_agreement_with_walking(Ellipsoid{{0.1, 0.2, -0.1}, {1.1, 0.7, 0.8}}, 4); }

TEST(Box, FaceOnDistanceIsExact) {
  const auto found = intersect(box({3, -1, -1}, {5, 1, 1}), Ray{{0, 0, 0}, {1, 0, 0}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->range_m, 3);
  EXPECT_EQ(found->normal, Vector3d(-1, 0, 0));
}

TEST(Shapes, BehindTheRayOrAroundItsStartAreNotMet) {
  const Ray away{{0, 0, 0}, {-1, 0, 0}};
  EXPECT_FALSE(intersect(box({3, -1, -1}, {5, 1, 1}), away));
  EXPECT_FALSE(intersect(Cylinder{4, 0, 1, -1, 1}, away));
  EXPECT_FALSE(intersect(Ellipsoid{{4, 0, 0}, {1, 1, 1}}, away));
  EXPECT_FALSE(intersect(box({-1, -1, -1}, {1, 1, 1}), away));
  EXPECT_FALSE(intersect(Cylinder{0, 0, 1, -1, 1}, away));
  EXPECT_FALSE(intersect(Ellipsoid{{0, 0, 0}, {1, 1, 1}}, away));
}

TEST(Foliage, LetsThroughWhatBeerAndLambertSay) {
  const Ellipsoid crown{{10, 0, 0}, {1, 1, 1}, 0.7};
  int passed_count = 0;
  constexpr int kCount = 20'000;
  for (int i = 0; i < kCount; ++i) {
    const Ray ray{{0, 0, 0}, {1, 0, 0}, -std::log((i + 0.5) / kCount)};
    const auto found = intersect(crown, ray);
    passed_count += !found;
    if (found) {
      EXPECT_GE(found->range_m, 9);
    }
  }
  EXPECT_NEAR(static_cast<double>(passed_count) / kCount, std::exp(-0.7 * 2), 1e-3);
}

TEST(Extent, HoldsEveryCrossingAndTouchesTheSolid) {
  const Hexahedron shape = frustum({-1.2, 1, 0.8, -0.6}, {-0.7, 0.4, 0.5, 0.7});
  const Extent found = extent(Shape(shape));
  EXPECT_TRUE(found.least.isApprox(Vector3d(-1.2, -0.8, -0.6), 1e-9));
  EXPECT_TRUE(found.most.isApprox(Vector3d(1, 0.8, 0.7), 1e-9));
}

// The labelled box is what an evaluation compares with: nothing may stick out of it.
TEST(Bodies, StayInsideTheirLabelledBox) {
  for (const Actor& actor : {car(1, 4.4, 1.8, 1.5, 0.3), car(2, 3.8, 1.7, 1.42, 0.3), van(3, 0.5), truck(4), bus(5),
                             pedestrian(6, 1.8), pedestrian(7, 1.55), cyclist(8)}) {
    const Extent found = extent(actor.body);
    const Vector3d middle(actor.centre_ahead_m, 0, actor.height_m / 2);
    const Vector3d half(actor.length_m / 2, actor.width_m / 2, actor.height_m / 2);
    EXPECT_TRUE(((found.least - (middle - half)).array() > -1e-9).all()) << actor.id << ": " << found.least.transpose();
    EXPECT_TRUE(((middle + half - found.most).array() > -1e-9).all()) << actor.id << ": " << found.most.transpose();
    EXPECT_LT((found.most - found.least - 2 * half).norm(), 0.15) << actor.id;
  }
}

}  // namespace
}  // namespace hangil::simulation
