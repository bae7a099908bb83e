// SPDX-License-Identifier: Apache-2.0
#include "simulation/shape.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>
#include <Eigen/LU>

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;

// Side through three points, with the outward normal by the right-hand rule.
HalfSpace side(const Vector3d& a, const Vector3d& b, const Vector3d& c) {
  const Vector3d normal = (b - a).cross(c - a).normalized();
  return {normal, normal.dot(a)};
}

std::array<Vector3d, 4> corners(const Rectangle& r) {  // counter-clockwise from front left, seen from above
  return {Vector3d(r.front_m, r.half_width_m, r.z_m), Vector3d(r.rear_m, r.half_width_m, r.z_m),
          Vector3d(r.rear_m, -r.half_width_m, r.z_m), Vector3d(r.front_m, -r.half_width_m, r.z_m)};
}

// Of two roots near <= far: where the ray enters. Porous shapes scatter it back at some depth, or let it pass.
std::optional<double> entry(double near_m, double far_m, double free_path, double extinction_per_m) {
  if (extinction_per_m <= 0) return near_m > 0 ? std::optional(near_m) : std::nullopt;
  const double scattered_m = std::max(near_m, 0.0) + free_path / extinction_per_m;
  return scattered_m < far_m ? std::optional(scattered_m) : std::nullopt;
}

struct Roots {
  double near = 0, far = 0;
};

// Of a t^2 + 2 b t + c = 0.
std::optional<Roots> solve(double a, double b, double c) {
  const double discriminant = b * b - a * c;
  if (discriminant <= 0 || a <= 0) return std::nullopt;
  const double root = std::sqrt(discriminant);
  return Roots{(-b - root) / a, (-b + root) / a};
}

std::optional<Crossing> cylinder_wall(const Cylinder& shape, const Ray& ray) {
  const double x = ray.origin.x() - shape.x_m, y = ray.origin.y() - shape.y_m;
  const double dx = ray.direction.x(), dy = ray.direction.y();
  const auto roots = solve(dx * dx + dy * dy, x * dx + y * dy, x * x + y * y - shape.radius_m * shape.radius_m);
  if (!roots || roots->near <= 0) return std::nullopt;
  const double z_m = ray.origin.z() + roots->near * ray.direction.z();
  if (z_m < shape.bottom_m || z_m > shape.top_m) return std::nullopt;
  const Vector3d normal(x + roots->near * dx, y + roots->near * dy, 0);
  return Crossing{roots->near, normal / shape.radius_m};
}

std::optional<Crossing> cylinder_cap(const Cylinder& shape, const Ray& ray) {
  const double dz = ray.direction.z();
  if (dz == 0) return std::nullopt;
  const double range_m = ((dz < 0 ? shape.top_m : shape.bottom_m) - ray.origin.z()) / dz;
  const double x = ray.origin.x() + range_m * ray.direction.x() - shape.x_m;
  const double y = ray.origin.y() + range_m * ray.direction.y() - shape.y_m;
  if (range_m <= 0 || x * x + y * y > shape.radius_m * shape.radius_m) return std::nullopt;
  return Crossing{range_m, Vector3d(0, 0, dz < 0 ? 1 : -1)};
}

// Where three sides meet.
Vector3d corner(const HalfSpace& a, const HalfSpace& b, const HalfSpace& c) {
  Eigen::Matrix3d normals;
  normals << a.normal.transpose(), b.normal.transpose(), c.normal.transpose();
  return normals.inverse() * Vector3d(a.offset_m, b.offset_m, c.offset_m);
}

Extent extent_of(const Hexahedron& shape) {
  Extent found{Vector3d::Constant(1e9), Vector3d::Constant(-1e9)};
  for (std::size_t level = 0; level < 2; ++level) {
    for (std::size_t i = 0; i < 4; ++i) {
      const Vector3d point = corner(shape.sides[level], shape.sides[2 + i], shape.sides[2 + (i + 1) % 4]);
      found = {found.least.cwiseMin(point), found.most.cwiseMax(point)};
    }
  }
  return found;
}

Extent extent_of(const Cylinder& c) {
  return {{c.x_m - c.radius_m, c.y_m - c.radius_m, c.bottom_m}, {c.x_m + c.radius_m, c.y_m + c.radius_m, c.top_m}};
}

Extent extent_of(const Ellipsoid& e) { return {e.centre - e.radii_m, e.centre + e.radii_m}; }

}  // namespace

Hexahedron frustum(const Rectangle& bottom, const Rectangle& top) {
  const auto low = corners(bottom), high = corners(top);
  Hexahedron shape;
  shape.sides[0] = {-Vector3d::UnitZ(), -bottom.z_m};
  shape.sides[1] = {Vector3d::UnitZ(), top.z_m};
  for (std::size_t i = 0; i < 4; ++i) shape.sides[2 + i] = side(low[i], low[(i + 1) % 4], high[i]);
  return shape;
}

Hexahedron box(const Vector3d& least, const Vector3d& most) {
  Hexahedron shape;
  shape.sides[0] = {-Vector3d::UnitZ(), -least.z()}, shape.sides[1] = {Vector3d::UnitZ(), most.z()};
  shape.sides[2] = {Vector3d::UnitY(), most.y()}, shape.sides[3] = {-Vector3d::UnitX(), -least.x()};
  shape.sides[4] = {-Vector3d::UnitY(), -least.y()}, shape.sides[5] = {Vector3d::UnitX(), most.x()};
  return shape;
}

namespace {

Shape stretched(Hexahedron shape, const Vector3d& factors) {
  for (HalfSpace& side : shape.sides) {
    const Vector3d normal = side.normal.cwiseQuotient(factors);
    side = {normal.normalized(), side.offset_m / normal.norm()};
  }
  return shape;
}

Shape stretched(const Cylinder& shape, const Vector3d& factors) {
  return Cylinder{shape.x_m * factors.x(), shape.y_m * factors.y(), shape.radius_m * std::min(factors.x(), factors.y()),
                  shape.bottom_m * factors.z(), shape.top_m * factors.z()};
}

Shape stretched(const Ellipsoid& shape, const Vector3d& factors) {
  return Ellipsoid{shape.centre.cwiseProduct(factors), shape.radii_m.cwiseProduct(factors), shape.extinction_per_m};
}

}  // namespace

Shape stretched(const Shape& shape, const Vector3d& factors) {
  return std::visit([&](const auto& solid) { return stretched(solid, factors); }, shape);
}

std::optional<Crossing> intersect(const Hexahedron& shape, const Ray& ray) {
  double near_m = 0, far_m = std::numeric_limits<double>::infinity();
  const HalfSpace* entered = nullptr;
  for (const HalfSpace& side : shape.sides) {
    const double height_m = side.normal.dot(ray.origin) - side.offset_m, rate = side.normal.dot(ray.direction);
    if (height_m > 0 && rate >= 0) return std::nullopt;
    if (rate == 0) continue;
    const double range_m = -height_m / rate;
    if (rate > 0) far_m = std::min(far_m, range_m);
    if (rate < 0 && range_m > near_m) near_m = range_m, entered = &side;
  }
  if (entered == nullptr || near_m >= far_m) return std::nullopt;
  return Crossing{near_m, entered->normal};
}

std::optional<Crossing> intersect(const Cylinder& shape, const Ray& ray) {
  const auto wall = cylinder_wall(shape, ray);
  return wall ? wall : cylinder_cap(shape, ray);
}

std::optional<Crossing> intersect(const Ellipsoid& shape, const Ray& ray) {
  const Vector3d origin = (ray.origin - shape.centre).cwiseQuotient(shape.radii_m);
  const Vector3d direction = ray.direction.cwiseQuotient(shape.radii_m);
  const auto roots = solve(direction.squaredNorm(), origin.dot(direction), origin.squaredNorm() - 1);
  if (!roots || roots->far <= 0) return std::nullopt;
  const auto range_m = entry(roots->near, roots->far, ray.free_path, shape.extinction_per_m);
  if (!range_m) return std::nullopt;
  if (shape.extinction_per_m > 0) return Crossing{*range_m, -ray.direction};  // leaves face every way
  return Crossing{*range_m, (origin + *range_m * direction).cwiseQuotient(shape.radii_m).normalized()};
}

std::optional<Crossing> intersect(const Shape& shape, const Ray& ray) {
  return std::visit([&](const auto& solid) { return intersect(solid, ray); }, shape);
}

Extent extent(const Shape& shape) {
  return std::visit([](const auto& solid) { return extent_of(solid); }, shape);
}

}  // namespace hangil::simulation
