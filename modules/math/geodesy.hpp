// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::math {

// A place on the earth, WGS 84.
struct Geodetic {
  double latitude_rad = 0, longitude_rad = 0;
  double altitude_m = 0;  // above the ellipsoid
};

// Metres east, north and up of an origin, in the plane that touches the ellipsoid there.
struct EastNorthUp {
  double east_m = 0, north_m = 0, up_m = 0;
};

// By way of earth-centred coordinates (NIMA TR8350.2, "World Geodetic System 1984", 3rd edition, section 4; rotation as
// in Farrell, "Aided Navigation", 2008, section 2.3.2). Exact at any distance.
EastNorthUp east_north_up(const Geodetic& origin, const Geodetic& place);

// The way back; latitude by Bowring, "Transformation from spatial to geographical coordinates" (Survey Review, 1976),
// iterated: below 1e-9 rad for altitudes under 100 km.
Geodetic geodetic(const Geodetic& origin, const EastNorthUp& offset);

}  // namespace hangil::math
