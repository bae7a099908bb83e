// SPDX-License-Identifier: Apache-2.0
#include "math/geodesy.hpp"

#include <cmath>

namespace hangil::math {

namespace {

constexpr double kSemiMajor_m = 6378137.0, kFlattening = 1 / 298.257223563;
constexpr double kSemiMinor_m = kSemiMajor_m * (1 - kFlattening);
constexpr double kEccentricity2 = kFlattening * (2 - kFlattening);
constexpr double kSecondEccentricity2 = kEccentricity2 / (1 - kEccentricity2);

struct EarthCentred {
  double x_m = 0, y_m = 0, z_m = 0;
};

double normal_radius_m(double latitude_rad) {
  const double s = std::sin(latitude_rad);
  return kSemiMajor_m / std::sqrt(1 - kEccentricity2 * s * s);
}

EarthCentred earth_centred(const Geodetic& g) {
  const double n = normal_radius_m(g.latitude_rad), level = (n + g.altitude_m) * std::cos(g.latitude_rad);
  return {level * std::cos(g.longitude_rad), level * std::sin(g.longitude_rad),
          (n * (1 - kEccentricity2) + g.altitude_m) * std::sin(g.latitude_rad)};
}

Geodetic geodetic(const EarthCentred& p) {
  const double level = std::hypot(p.x_m, p.y_m);
  double reduced = std::atan2(kSemiMajor_m * p.z_m, kSemiMinor_m * level), latitude = 0;
  for (int i = 0; i < 3; ++i) {
    const double s = std::sin(reduced), c = std::cos(reduced);
    latitude = std::atan2(p.z_m + kSecondEccentricity2 * kSemiMinor_m * s * s * s,
                          level - kEccentricity2 * kSemiMajor_m * c * c * c);
    reduced = std::atan((1 - kFlattening) * std::tan(latitude));
  }
  const double s = std::sin(latitude), c = std::cos(latitude), n = normal_radius_m(latitude);
  // The projection on the normal; it has no pole where it breaks down.
  const double altitude_m = level * c + p.z_m * s - kSemiMajor_m * kSemiMajor_m / n;
  return {latitude, std::atan2(p.y_m, p.x_m), altitude_m};
}

}  // namespace

EastNorthUp east_north_up(const Geodetic& origin, const Geodetic& place) {
  const EarthCentred o = earth_centred(origin), p = earth_centred(place);
  const double dx = p.x_m - o.x_m, dy = p.y_m - o.y_m, dz = p.z_m - o.z_m;
  const double sin_lat = std::sin(origin.latitude_rad), cos_lat = std::cos(origin.latitude_rad);
  const double sin_lon = std::sin(origin.longitude_rad), cos_lon = std::cos(origin.longitude_rad);
  const double outward = cos_lon * dx + sin_lon * dy;
  return {-sin_lon * dx + cos_lon * dy, -sin_lat * outward + cos_lat * dz, cos_lat * outward + sin_lat * dz};
}

Geodetic geodetic(const Geodetic& origin, const EastNorthUp& offset) {
  const double sin_lat = std::sin(origin.latitude_rad), cos_lat = std::cos(origin.latitude_rad);
  const double sin_lon = std::sin(origin.longitude_rad), cos_lon = std::cos(origin.longitude_rad);
  const double outward = -sin_lat * offset.north_m + cos_lat * offset.up_m;
  EarthCentred p = earth_centred(origin);
  p.x_m += -sin_lon * offset.east_m + cos_lon * outward;
  p.y_m += cos_lon * offset.east_m + sin_lon * outward;
  p.z_m += cos_lat * offset.north_m + sin_lat * offset.up_m;
  return geodetic(p);
}

}  // namespace hangil::math
