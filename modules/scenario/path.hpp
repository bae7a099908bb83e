// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace hangil::scenario {

// A point of a path with the direction in which it goes on, and the orientation given there.
struct PathPoint {
  double s_m = 0;
  double x_m = 0, y_m = 0, z_m = 0;
  double tangent_rad = 0, curvature_radpm = 0;
  double h_rad = 0, p_rad = 0, r_rad = 0;
  double time_s = 0;
};

// A trajectory laid out in the world. Between two points it is a straight line, or where `bends` a clothoid-like cubic
// that fits both tangents.
struct Path {
  std::vector<PathPoint> points;  // rising s_m, at least one
  bool bends = false, is_closed = false, has_times = false;
  bool has_orientations = false;  // given at its points, not only derived

  double length_m() const { return points.back().s_m; }
};

// Clamped to the path's ends, or around a closed one. `hint` (of one user) speeds up looking along a path.
PathPoint point_at(const Path& path, double s_m, std::size_t& hint);
inline PathPoint point_at(const Path& path, double s_m) {
  std::size_t hint = 0;
  return point_at(path, s_m, hint);
}
// Arc length where the path's own times say it is; clamped.
double s_at_time(const Path& path, double time_s);
// Arc length of the nearest point.
double project(const Path& path, double x_m, double y_m);

}  // namespace hangil::scenario
