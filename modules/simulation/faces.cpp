// SPDX-License-Identifier: Apache-2.0
#include "simulation/faces.hpp"

#include <cmath>
#include <numbers>

#include <Eigen/LU>

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;

constexpr std::size_t kSides = 12, kBelts = 6, kBeltSides = 10;
constexpr double kTurn = 2 * std::numbers::pi;

Vector3d meeting_point(const HalfSpace& a, const HalfSpace& b, const HalfSpace& c) {
  Eigen::Matrix3d normals;
  normals << a.normal.transpose(), b.normal.transpose(), c.normal.transpose();
  return normals.inverse() * Vector3d(a.offset_m, b.offset_m, c.offset_m);
}

// Sides 0 and 1 are below and above, 2 to 5 follow each other counter-clockwise seen from above.
void take_faces(const Hexahedron& shape, const FaceTaker& take) {
  std::array<Vector3d, 4> low, high;  // low[i]: between sides 2 + i and the next
  for (std::size_t i = 0; i < 4; ++i) {
    const HalfSpace &side = shape.sides[2 + i], &next = shape.sides[2 + (i + 1) % 4];
    low[i] = meeting_point(shape.sides[0], side, next), high[i] = meeting_point(shape.sides[1], side, next);
  }
  take({high, shape.sides[1].normal});
  const std::array<Vector3d, 4> under{low[3], low[2], low[1], low[0]};
  take({under, shape.sides[0].normal});
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t before = (i + 3) % 4;
    const std::array<Vector3d, 4> side{low[before], low[i], high[i], high[before]};
    take({side, shape.sides[2 + i].normal});
  }
}

void take_faces(const Cylinder& shape, const FaceTaker& take) {
  std::array<Vector3d, kSides> top, bottom;  // the latter the other way round
  for (std::size_t i = 0; i < kSides; ++i) {
    const double angle = kTurn * static_cast<double>(i) / kSides;
    const double x = shape.x_m + shape.radius_m * std::cos(angle), y = shape.y_m + shape.radius_m * std::sin(angle);
    top[i] = {x, y, shape.top_m}, bottom[kSides - 1 - i] = {x, y, shape.bottom_m};
  }
  take({top, Vector3d::UnitZ()});
  take({bottom, -Vector3d::UnitZ()});
  for (std::size_t i = 0; i < kSides; ++i) {
    const std::size_t next = (i + 1) % kSides;
    const std::array<Vector3d, 4> side{bottom[kSides - 1 - i], bottom[kSides - 1 - next], top[next], top[i]};
    const double middle = kTurn * (static_cast<double>(i) + 0.5) / kSides;
    take({side, {std::cos(middle), std::sin(middle), 0}});
  }
}

void take_faces(const Ellipsoid& shape, const FaceTaker& take) {
  const auto on_ball = [](double belt, double side) {
    const double down = std::numbers::pi * belt / kBelts, around = kTurn * side / kBeltSides;
    return Vector3d(std::sin(down) * std::cos(around), std::sin(down) * std::sin(around), std::cos(down));
  };
  for (std::size_t belt = 0; belt < kBelts; ++belt) {
    for (std::size_t side = 0; side < kBeltSides; ++side) {
      const auto b = static_cast<double>(belt), s = static_cast<double>(side);
      std::array<Vector3d, 4> face{on_ball(b, s), on_ball(b + 1, s), on_ball(b + 1, s + 1), on_ball(b, s + 1)};
      for (Vector3d& corner : face) corner = shape.centre + corner.cwiseProduct(shape.radii_m);
      take({face, on_ball(b + 0.5, s + 0.5).cwiseQuotient(shape.radii_m).normalized()});
    }
  }
}

}  // namespace

void each_face(const Shape& shape, const FaceTaker& take) {
  std::visit([&](const auto& solid) { take_faces(solid, take); }, shape);
}

}  // namespace hangil::simulation
