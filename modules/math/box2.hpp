// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "math/pose2.hpp"

namespace hangil::math {

// A rectangle seen from above: centre, heading of its length axis, full length and width.
struct Box2 {
  Pose2 pose;
  double length_m = 0, width_m = 0;
};

// Counter-clockwise from front left.
std::array<Point2, 4> corners(const Box2& box);
// Area of the common part, exact (clipping of convex polygons), m2.
double intersection_area_m2(const Box2& a, const Box2& b);
// Intersection over union, 0 to 1.
double intersection_over_union(const Box2& a, const Box2& b);
bool overlaps(const Box2& a, const Box2& b);
// Shortest distance between the two rectangles; 0 when they overlap.
double distance_m(const Box2& a, const Box2& b);
bool contains(const Box2& box, Point2 point);

}  // namespace hangil::math
