// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace hangil::map {

// a + b ds + c ds^2 + d ds^3 with ds = s - s_m.
struct CubicPiece {
  double s_m = 0, a = 0, b = 0, c = 0, d = 0;

  double value(double s) const {
    const double ds = s - s_m;
    return a + ds * (b + ds * (c + ds * d));
  }
  double slope(double s) const {
    const double ds = s - s_m;
    return b + ds * (2 * c + ds * 3 * d);
  }
  double bend(double s) const { return 2 * c + 6 * d * (s - s_m); }  // second derivative
};

// Something that varies along a road: pieces in rising order of s_m, each valid until the next begins. Zero before the
// first and where there is none.
struct Profile {
  std::vector<CubicPiece> pieces;

  // The piece valid at s; null before the first.
  const CubicPiece* at(double s) const;
  double value(double s) const {
    const CubicPiece* piece = at(s);
    return piece == nullptr ? 0 : piece->value(s);
  }
  double slope(double s) const {
    const CubicPiece* piece = at(s);
    return piece == nullptr ? 0 : piece->slope(s);
  }
};

}  // namespace hangil::map
