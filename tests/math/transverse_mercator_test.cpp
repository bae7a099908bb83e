// SPDX-License-Identifier: Apache-2.0
#include "math/transverse_mercator.hpp"

#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "math/geodesy.hpp"

namespace hangil::math {
namespace {

constexpr double kDegree_rad = std::numbers::pi / 180;

TEST(TransverseMercator, TheWayBackLeadsBack) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> latitude(-84, 84), away(-6, 6);
  for (int i = 0; i < 1000; ++i) {
    const double lat = latitude(random) * kDegree_rad, lon = (9 + away(random)) * kDegree_rad;
    const Latitude back = from_utm(utm(lat, lon, 32));
    EXPECT_NEAR(back.latitude_rad, lat, 1e-14);
    EXPECT_NEAR(back.longitude_rad, lon, 1e-13);
  }
}

// The quarter of a meridian of WGS 84 is 10,001,965.7293 m long (Karney 2011, table of constants).
TEST(TransverseMercator, MeridiansAreAsLongAsTheyAre) {
  EXPECT_NEAR(utm(std::numbers::pi / 2, 9 * kDegree_rad, 32).north_m, 0.9996 * 10'001'965.7293, 1e-3);
  EXPECT_NEAR(utm(0, 9 * kDegree_rad, 32).east_m, 500'000, 1e-9);
  EXPECT_NEAR(utm(-1e-9, 9 * kDegree_rad, 32).north_m, 10'000'000, 0.01);
}

// Near a place the grid is the plane that touches the earth there, turned and scaled: the same distances but for the
// scale, which is 0.9996 (1 + x^2 / 2 R^2).
TEST(TransverseMercator, AgreesWithTheTangentPlaneNearby) {
  const Geodetic origin{49.0 * kDegree_rad, 8.42 * kDegree_rad, 0};
  const UtmPlace at = utm(origin.latitude_rad, origin.longitude_rad, 32);
  const double x = (at.east_m - 500'000) / 0.9996, scale = 0.9996 * (1 + x * x / (2 * 6.38e6 * 6.38e6));
  for (const auto& [east, north] : {std::pair{100.0, 0.0}, {0.0, 100.0}, {-70.0, 70.0}}) {
    const Geodetic there = geodetic(origin, {east, north, 0});
    const UtmPlace moved = utm(there.latitude_rad, there.longitude_rad, 32);
    EXPECT_NEAR(std::hypot(moved.east_m - at.east_m, moved.north_m - at.north_m), scale * std::hypot(east, north),
                2e-4);
  }
}

TEST(UtmZone, IsSixDegreesWide) {
  EXPECT_EQ(utm_zone(8.42 * kDegree_rad), 32);
  EXPECT_EQ(utm_zone(-179.9 * kDegree_rad), 1);
  EXPECT_EQ(utm_zone(127 * kDegree_rad), 52);
}

}  // namespace
}  // namespace hangil::math
