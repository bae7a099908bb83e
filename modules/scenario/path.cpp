// SPDX-License-Identifier: Apache-2.0
#include "scenario/path.hpp"

#include <algorithm>
#include <cmath>

#include "math/angles.hpp"

namespace hangil::scenario {

namespace {

double mix(double a, double b, double x) { return a + (b - a) * x; }
double mix_angle(double a, double b, double x) {
  return math::wrap_angle_rad(a + math::angle_difference_rad(b, a) * x);
}

std::size_t segment_at(const Path& path, double s_m, std::size_t hint) {
  const auto& points = path.points;
  if (hint + 1 < points.size() && points[hint].s_m <= s_m && s_m < points[hint + 1].s_m) return hint;
  const auto after = std::upper_bound(points.begin(), points.end(), s_m,
                                      [](double s, const PathPoint& point) { return s < point.s_m; });
  const auto index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, after - points.begin()));
  return std::min(index, points.size() - 1) - 1;
}

// Cubic Hermite between two points with unit tangents: fits position and direction at both.
void bend_between(const PathPoint& a, const PathPoint& b, double x, PathPoint& point) {
  const double length_m = b.s_m - a.s_m;
  const double h00 = (1 + 2 * x) * (1 - x) * (1 - x), h10 = x * (1 - x) * (1 - x), h01 = x * x * (3 - 2 * x),
               h11 = x * x * (x - 1);
  point.x_m = h00 * a.x_m + h01 * b.x_m + length_m * (h10 * std::cos(a.tangent_rad) + h11 * std::cos(b.tangent_rad));
  point.y_m = h00 * a.y_m + h01 * b.y_m + length_m * (h10 * std::sin(a.tangent_rad) + h11 * std::sin(b.tangent_rad));
  point.tangent_rad = mix_angle(a.tangent_rad, b.tangent_rad, x);
}

}  // namespace

PathPoint point_at(const Path& path, double s_m, std::size_t& hint) {
  if (path.points.size() == 1) return path.points.front();
  const double length_m = path.length_m();
  if (path.is_closed && length_m > 0) s_m = s_m - length_m * std::floor(s_m / length_m);
  s_m = std::clamp(s_m, 0.0, length_m);
  hint = segment_at(path, s_m, hint);
  const PathPoint &a = path.points[hint], &b = path.points[hint + 1];
  const double x = b.s_m > a.s_m ? (s_m - a.s_m) / (b.s_m - a.s_m) : 0;
  PathPoint point = a;
  point.s_m = s_m;
  point.x_m = mix(a.x_m, b.x_m, x);
  point.y_m = mix(a.y_m, b.y_m, x);
  point.z_m = mix(a.z_m, b.z_m, x);
  if (path.bends) bend_between(a, b, x, point);
  point.curvature_radpm = mix(a.curvature_radpm, b.curvature_radpm, x);
  point.h_rad = mix_angle(a.h_rad, b.h_rad, x);
  point.p_rad = mix_angle(a.p_rad, b.p_rad, x);
  point.r_rad = mix_angle(a.r_rad, b.r_rad, x);
  point.time_s = mix(a.time_s, b.time_s, x);
  return point;
}

double s_at_time(const Path& path, double time_s) {
  const auto& points = path.points;
  if (time_s <= points.front().time_s) return 0;
  if (time_s >= points.back().time_s) return path.length_m();
  const auto after = std::upper_bound(points.begin(), points.end(), time_s,
                                      [](double time, const PathPoint& point) { return time < point.time_s; });
  const PathPoint &b = *after, &a = *(after - 1);
  return mix(a.s_m, b.s_m, b.time_s > a.time_s ? (time_s - a.time_s) / (b.time_s - a.time_s) : 1);
}

double project(const Path& path, double x_m, double y_m) {
  double best_s_m = 0, best_m2 = -1;
  for (std::size_t i = 0; i + 1 < path.points.size(); ++i) {
    const PathPoint &a = path.points[i], &b = path.points[i + 1];
    const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, square = dx * dx + dy * dy;
    const double x = square > 0 ? std::clamp(((x_m - a.x_m) * dx + (y_m - a.y_m) * dy) / square, 0.0, 1.0) : 0;
    const double ex = a.x_m + x * dx - x_m, ey = a.y_m + x * dy - y_m, distance_m2 = ex * ex + ey * ey;
    if (best_m2 >= 0 && distance_m2 >= best_m2) continue;
    best_m2 = distance_m2;
    best_s_m = mix(a.s_m, b.s_m, x);
  }
  return best_s_m;
}

}  // namespace hangil::scenario
