// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::math {

// Metres on the grid of a UTM zone, WGS 84: east with 500 km at the zone's middle, north from the equator (plus
// 10,000 km in the south).
struct UtmPlace {
  int zone = 1;  // 1 to 60
  bool is_north = true;
  double east_m = 0, north_m = 0;
};

// The zone a longitude lies in, without the exceptions of Norway and Svalbard.
int utm_zone(double longitude_rad);

// By Krueger's series to the sixth order in the third flattening (Karney, "Transverse Mercator with an accuracy of a
// few nanometers", Journal of Geodesy 85, 2011, eqs. 7 to 11 and 35): below 1e-8 m within 30 degrees of the middle.
UtmPlace utm(double latitude_rad, double longitude_rad, int zone);

struct Latitude {
  double latitude_rad = 0, longitude_rad = 0;
};
// The way back.
Latitude from_utm(const UtmPlace& place);

}  // namespace hangil::math
