// SPDX-License-Identifier: Apache-2.0
#include "math/geodesy.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

constexpr double kRadian = std::numbers::pi / 180;

Geodetic degrees(double latitude, double longitude, double altitude_m) {
  return {latitude * kRadian, longitude * kRadian, altitude_m};
}

void expect_near(const EastNorthUp& found, const EastNorthUp& expected) {
  EXPECT_NEAR(found.east_m, expected.east_m, 1e-6);
  EXPECT_NEAR(found.north_m, expected.north_m, 1e-6);
  EXPECT_NEAR(found.up_m, expected.up_m, 1e-6);
}

// Figures by GeographicLib 2.1.2, LocalCartesian::Forward.
TEST(EastNorthUp, AgreesWithGeographicLib) {
  expect_near(east_north_up(degrees(49.015, 8.434, 116.4), degrees(49.0121, 8.4291, 118.25)),
              {-358.461559620, -322.503415700, 1.831784969});
  expect_near(east_north_up(degrees(-33.85, 151.2, 50), degrees(-33.95, 151.35, 20)),
              {13865.859540872, -11102.197525684, -54.753566250});
  expect_near(east_north_up(degrees(89.9, 10, 0), degrees(89.95, -120, 1000)),
              {-4278.795564383, 14761.463556882, 981.547864550});
}

TEST(Geodetic, IsTheWayBack) {
  for (const double latitude : {-89.99, -60.0, 0.0, 37.5, 52.0, 89.9}) {
    for (const double longitude : {-179.99, -70.0, 0.0, 127.0}) {
      const Geodetic origin = degrees(latitude, longitude, 80);
      for (const EastNorthUp& offset : {EastNorthUp{0, 0, 0}, {500, -300, 12}, {-20'000, 30'000, 900}, {3, 4, -90}}) {
        const EastNorthUp again = east_north_up(origin, geodetic(origin, offset));
        EXPECT_NEAR(again.east_m, offset.east_m, 1e-5) << latitude;
        EXPECT_NEAR(again.north_m, offset.north_m, 1e-5) << latitude;
        EXPECT_NEAR(again.up_m, offset.up_m, 1e-5) << latitude;
      }
    }
  }
}

TEST(EastNorthUp, NeighboursLieInTheirDirections) {
  const Geodetic origin = degrees(48, 9, 300);
  EXPECT_GT(east_north_up(origin, degrees(48, 9.001, 300)).east_m, 70);
  EXPECT_GT(east_north_up(origin, degrees(48.001, 9, 300)).north_m, 110);
  EXPECT_NEAR(east_north_up(origin, degrees(48, 9, 310)).up_m, 10, 1e-9);
}

}  // namespace
}  // namespace hangil::math
