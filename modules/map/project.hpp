// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/road.hpp"

namespace hangil::map {

// The foot of a point on a reference line: s within [0, length], and where the point is from there in the direction of
// the line and to its left, seen from above. along_m is 0 but beyond the ends (or at kinks).
struct Foot {
  double s_m = 0, along_m = 0, left_m = 0;
};

// The foot nearest along the line to a guess, by Newton's method; exact to 1e-9 m within 10 m of a good guess.
Foot project(const Road& road, math::Point2 point, double guess_s_m);
// (s, t) has its level distance from the reference line shortened by superelevation.
double t_of_left(const Road& road, double s_m, double left_m);

}  // namespace hangil::map
