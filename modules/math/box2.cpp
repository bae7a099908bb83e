// SPDX-License-Identifier: Apache-2.0
#include "math/box2.hpp"

#include <algorithm>
#include <limits>

namespace hangil::math {

namespace {

double cross(Point2 origin, Point2 a, Point2 b) {
  return (a.x_m - origin.x_m) * (b.y_m - origin.y_m) - (a.y_m - origin.y_m) * (b.x_m - origin.x_m);
}

// A convex polygon of at most 8 corners: what clipping a rectangle by another leaves.
struct Polygon {
  std::array<Point2, 8> points;
  int count = 0;
  void add(Point2 point) {
    if (count < 8) points[static_cast<std::size_t>(count++)] = point;
  }
};

// Sutherland and Hodgman, "Reentrant polygon clipping" (CACM 1974): keeps what lies left of the line a -> b.
Polygon clip(const Polygon& polygon, Point2 a, Point2 b) {
  Polygon kept;
  for (int i = 0; i < polygon.count; ++i) {
    const Point2 from = polygon.points[static_cast<std::size_t>(i)];
    const Point2 to = polygon.points[static_cast<std::size_t>((i + 1) % polygon.count)];
    const double side_from = cross(a, b, from), side_to = cross(a, b, to);
    if (side_from >= 0) kept.add(from);
    if ((side_from >= 0) != (side_to >= 0)) {
      const double t = side_from / (side_from - side_to);
      kept.add({from.x_m + t * (to.x_m - from.x_m), from.y_m + t * (to.y_m - from.y_m)});
    }
  }
  return kept;
}

double area_m2(const Polygon& polygon) {
  double doubled = 0;
  for (int i = 2; i < polygon.count; ++i) {
    doubled += cross(polygon.points[0], polygon.points[static_cast<std::size_t>(i - 1)],
                     polygon.points[static_cast<std::size_t>(i)]);
  }
  return std::max(0.0, doubled / 2);
}

bool may_touch(const Box2& a, const Box2& b) {
  const double reach = (std::hypot(a.length_m, a.width_m) + std::hypot(b.length_m, b.width_m)) / 2;
  return std::hypot(a.pose.x_m - b.pose.x_m, a.pose.y_m - b.pose.y_m) <= reach;
}

double distance_to_segment_m(Point2 p, Point2 a, Point2 b) {
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, squared = dx * dx + dy * dy;
  const double t = squared > 0 ? std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / squared, 0.0, 1.0) : 0.0;
  return std::hypot(p.x_m - a.x_m - t * dx, p.y_m - a.y_m - t * dy);
}

bool separated_along_axes_of(const Box2& a, const Box2& b) {
  const Pose2 T_a_b = inverse(a.pose) * b.pose;
  const double c = std::abs(std::cos(T_a_b.yaw_rad)), s = std::abs(std::sin(T_a_b.yaw_rad));
  const double reach_x = (a.length_m + c * b.length_m + s * b.width_m) / 2;
  const double reach_y = (a.width_m + s * b.length_m + c * b.width_m) / 2;
  return std::abs(T_a_b.x_m) > reach_x || std::abs(T_a_b.y_m) > reach_y;
}

}  // namespace

std::array<Point2, 4> corners(const Box2& box) {
  const double l = box.length_m / 2, w = box.width_m / 2;
  return {box.pose * Point2{l, w}, box.pose * Point2{-l, w}, box.pose * Point2{-l, -w}, box.pose * Point2{l, -w}};
}

double intersection_area_m2(const Box2& a, const Box2& b) {
  if (!may_touch(a, b)) return 0;
  Polygon polygon;
  for (const Point2 point : corners(a)) polygon.add(point);
  const auto edges = corners(b);
  for (std::size_t i = 0; i < 4; ++i) polygon = clip(polygon, edges[i], edges[(i + 1) % 4]);
  return area_m2(polygon);
}

double intersection_over_union(const Box2& a, const Box2& b) {
  const double common = intersection_area_m2(a, b);
  const double all = a.length_m * a.width_m + b.length_m * b.width_m - common;
  return all > 0 ? common / all : 0;
}

bool overlaps(const Box2& a, const Box2& b) { return !separated_along_axes_of(a, b) && !separated_along_axes_of(b, a); }

double distance_m(const Box2& a, const Box2& b) {
  if (overlaps(a, b)) return 0;
  const auto ca = corners(a), cb = corners(b);
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      least = std::min(least, distance_to_segment_m(ca[i], cb[j], cb[(j + 1) % 4]));
      least = std::min(least, distance_to_segment_m(cb[i], ca[j], ca[(j + 1) % 4]));
    }
  }
  return least;
}

bool contains(const Box2& box, Point2 point) {
  const Point2 local = inverse(box.pose) * point;
  return std::abs(local.x_m) <= box.length_m / 2 && std::abs(local.y_m) <= box.width_m / 2;
}

}  // namespace hangil::math
