// SPDX-License-Identifier: Apache-2.0
#include "math/transverse_mercator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace hangil::math {

namespace {

constexpr double kWgs84SemiMajor_m = 6378137.0, kWgs84Flattening = 1 / 298.257223563;
constexpr double kScale = 0.9996, kFalseEast_m = 500'000, kFalseNorth_m = 10'000'000;
constexpr double kThird = kWgs84Flattening / (2 - kWgs84Flattening);  // n
const double kEccentricity = std::sqrt(kWgs84Flattening * (2 - kWgs84Flattening));

// Evaluates c0 + c1 n + ...
template <std::size_t N>
constexpr double in_powers_of_n(const std::array<double, N>& coefficients) {
  double sum = 0;
  for (std::size_t i = N; i-- > 0;) sum = sum * kThird + coefficients[i];
  return sum;
}

constexpr double kN2 = kThird * kThird, kN4 = kN2 * kN2;
// Radius of the circle with the meridian's length (eq. 14).
constexpr double kMeridian_m = kWgs84SemiMajor_m / (1 + kThird) * (1 + kN2 / 4 + kN4 / 64 + kN4 * kN2 / 256);

// Eq. 35: from conformal latitude to the grid, and back (eq. 36).
constexpr std::array<double, 6> kForward = {
    in_powers_of_n<7>({0, 1. / 2, -2. / 3, 5. / 16, 41. / 180, -127. / 288, 7891. / 37800}),
    in_powers_of_n<7>({0, 0, 13. / 48, -3. / 5, 557. / 1440, 281. / 630, -1983433. / 1935360}),
    in_powers_of_n<7>({0, 0, 0, 61. / 240, -103. / 140, 15061. / 26880, 167603. / 181440}),
    in_powers_of_n<7>({0, 0, 0, 0, 49561. / 161280, -179. / 168, 6601661. / 7257600}),
    in_powers_of_n<7>({0, 0, 0, 0, 0, 34729. / 80640, -3418889. / 1995840}),
    in_powers_of_n<7>({0, 0, 0, 0, 0, 0, 212378941. / 319334400})};
constexpr std::array<double, 6> kBackward = {
    in_powers_of_n<7>({0, 1. / 2, -2. / 3, 37. / 96, -1. / 360, -81. / 512, 96199. / 604800}),
    in_powers_of_n<7>({0, 0, 1. / 48, 1. / 15, -437. / 1440, 46. / 105, -1118711. / 3870720}),
    in_powers_of_n<7>({0, 0, 0, 17. / 480, -37. / 840, -209. / 4480, 5569. / 90720}),
    in_powers_of_n<7>({0, 0, 0, 0, 4397. / 161280, -11. / 504, -830251. / 7257600}),
    in_powers_of_n<7>({0, 0, 0, 0, 0, 4583. / 161280, -108847. / 3991680}),
    in_powers_of_n<7>({0, 0, 0, 0, 0, 0, 20648693. / 638668800})};

double middle_rad(int zone) { return (6 * zone - 183) * std::numbers::pi / 180; }

// Tangent of the conformal latitude (eqs. 7 to 9).
double conformal(double tau) {
  const double sigma = std::sinh(kEccentricity * std::atanh(kEccentricity * tau / std::hypot(1.0, tau)));
  return tau * std::hypot(1.0, sigma) - sigma * std::hypot(1.0, tau);
}

// Newton's method for eqs. 19 to 21.
double from_conformal(double wanted) {
  const double e2 = kEccentricity * kEccentricity;
  double tau = wanted / (1 - e2);
  for (int i = 0; i < 6; ++i) {
    const double at = conformal(tau);
    tau += (wanted - at) / std::hypot(1.0, at) * (1 + (1 - e2) * tau * tau) / ((1 - e2) * std::hypot(1.0, tau));
  }
  return tau;
}

}  // namespace

int utm_zone(double longitude_rad) {
  const double degrees = std::remainder(longitude_rad, 2 * std::numbers::pi) * 180 / std::numbers::pi;
  return std::clamp(static_cast<int>(std::floor((degrees + 180) / 6)) + 1, 1, 60);
}

UtmPlace utm(double latitude_rad, double longitude_rad, int zone) {
  const double away = std::remainder(longitude_rad - middle_rad(zone), 2 * std::numbers::pi);
  const double tau = conformal(std::tan(latitude_rad));
  const double xi = std::atan2(tau, std::cos(away)), eta = std::asinh(std::sin(away) / std::hypot(tau, std::cos(away)));
  double north = xi, east = eta;
  for (std::size_t j = 0; j < kForward.size(); ++j) {
    const double k = 2 * static_cast<double>(j + 1);
    north += kForward[j] * std::sin(k * xi) * std::cosh(k * eta);
    east += kForward[j] * std::cos(k * xi) * std::sinh(k * eta);
  }
  const bool is_north = latitude_rad >= 0;
  return {zone, is_north, kFalseEast_m + kScale * kMeridian_m * east,
          (is_north ? 0 : kFalseNorth_m) + kScale * kMeridian_m * north};
}

Latitude from_utm(const UtmPlace& place) {
  const double xi = (place.north_m - (place.is_north ? 0 : kFalseNorth_m)) / (kScale * kMeridian_m);
  const double eta = (place.east_m - kFalseEast_m) / (kScale * kMeridian_m);
  double north = xi, east = eta;
  for (std::size_t j = 0; j < kBackward.size(); ++j) {
    const double k = 2 * static_cast<double>(j + 1);
    north -= kBackward[j] * std::sin(k * xi) * std::cosh(k * eta);
    east -= kBackward[j] * std::cos(k * xi) * std::sinh(k * eta);
  }
  const double tau = std::sin(north) / std::hypot(std::sinh(east), std::cos(north));
  const double away = std::atan2(std::sinh(east), std::cos(north));
  return {std::atan(from_conformal(tau)), std::remainder(middle_rad(place.zone) + away, 2 * std::numbers::pi)};
}

}  // namespace hangil::math
