// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <variant>

#include <Eigen/Core>

namespace hangil::simulation {

// Half a line: origin + t * direction, t >= 0 in metres. `direction` has length 1.
struct Ray {
  Eigen::Vector3d origin, direction;
  double free_path = 1;  // optical depth at which a porous shape scatters this ray back; exponentially distributed
};

// Where a ray meets a shape. `normal` has length 1 and points out of the solid.
struct Crossing {
  double range_m = std::numeric_limits<double>::infinity();
  Eigen::Vector3d normal = Eigen::Vector3d::Zero();
};

// Solid shapes, in the axes of the body that they are part of (x forward, y left, z up).
struct HalfSpace {
  Eigen::Vector3d normal;  // length 1, points out
  double offset_m = 0;     // inside: normal . p <= offset_m
};
struct Hexahedron {
  std::array<HalfSpace, 6> sides;  // convex: what lies inside of all
};
struct Cylinder {  // upright
  double x_m = 0, y_m = 0, radius_m = 0, bottom_m = 0, top_m = 0;
};
struct Ellipsoid {
  Eigen::Vector3d centre, radii_m;
  double extinction_per_m = 0;  // 0: solid; foliage: how much of a ray is lost a metre (Beer and Lambert)
};
using Shape = std::variant<Hexahedron, Cylinder, Ellipsoid>;

// A box between two corners.
Hexahedron box(const Eigen::Vector3d& least, const Eigen::Vector3d& most);

// A solid with level, rectangular bottom and top: x from rear to front, y from -half_width to half_width.
struct Rectangle {
  double rear_m = 0, front_m = 0, half_width_m = 0, z_m = 0;
};
Hexahedron frustum(const Rectangle& bottom, const Rectangle& top);

// The shape with its coordinates multiplied; factors are positive. Cylinders stay round, by the smaller of x and y.
Shape stretched(const Shape& shape, const Eigen::Vector3d& factors);

// The first crossing into the shape, nothing where the ray misses. A ray that starts inside a solid meets nothing.
std::optional<Crossing> intersect(const Hexahedron& shape, const Ray& ray);
std::optional<Crossing> intersect(const Cylinder& shape, const Ray& ray);
std::optional<Crossing> intersect(const Ellipsoid& shape, const Ray& ray);
std::optional<Crossing> intersect(const Shape& shape, const Ray& ray);

// Least and greatest coordinates.
struct Extent {
  Eigen::Vector3d least, most;
};
Extent extent(const Shape& shape);

}  // namespace hangil::simulation
