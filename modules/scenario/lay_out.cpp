// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"
#include "scenario/placement.hpp"

namespace hangil::scenario {

namespace {

constexpr double kSpacing_m = 0.25;  // of the points of curved parts
constexpr std::size_t kMaxPoints = 2'000'000;

template <class Pose>  // a Placement or an EntityState
PathPoint point_of(const Pose& placement) {
  PathPoint point;
  point.x_m = placement.x_m;
  point.y_m = placement.y_m;
  point.z_m = placement.z_m;
  point.h_rad = point.tangent_rad = placement.h_rad;
  point.p_rad = placement.p_rad;
  point.r_rad = placement.r_rad;
  return point;
}

// Arc lengths and, for straight pieces, tangents from the points themselves.
void measure(Path& path) {
  auto& points = path.points;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double dx = points[i].x_m - points[i - 1].x_m, dy = points[i].y_m - points[i - 1].y_m,
                 dz = points[i].z_m - points[i - 1].z_m;
    points[i].s_m = points[i - 1].s_m + std::sqrt(dx * dx + dy * dy + dz * dz);
    if (path.bends || (dx == 0 && dy == 0)) continue;
    points[i - 1].tangent_rad = points[i].tangent_rad = std::atan2(dy, dx);
  }
}

// A vertex without a time gets one between its neighbours, by distance.
void fill_times(Path& path, const std::vector<std::optional<double>>& times) {
  path.has_times = times.front() && times.back();
  if (!path.has_times) return;
  std::size_t known = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!times[i]) continue;
    path.points[i].time_s = *times[i];
    for (std::size_t j = known + 1; j < i; ++j) {
      const PathPoint &a = path.points[known], &b = path.points[i];
      const double x = b.s_m > a.s_m ? (path.points[j].s_m - a.s_m) / (b.s_m - a.s_m) : 0;
      path.points[j].time_s = a.time_s + x * (b.time_s - a.time_s);
    }
    known = i;
  }
}

struct ShapeLayer {
  World& world;
  Path& path;
  std::optional<EntityIndex> follower;

  base::Status operator()(const Polyline& line) const {
    std::vector<std::optional<double>> times;
    for (const TrajectoryVertex& vertex : line.vertices) {
      const auto placement = place_of(world, vertex.position);
      if (!placement) return placement.error();
      path.points.push_back(point_of(*placement));
      times.push_back(vertex.time_s);
      const auto* at = std::get_if<WorldPosition>(&vertex.position.where);
      path.has_orientations = path.has_orientations || vertex.position.orientation || (at != nullptr && at->h_rad != 0);
    }
    measure(path);
    fill_times(path, times);
    return {};
  }

  base::Status operator()(const ClothoidSpline& spline) const {
    path.bends = true;
    PathPoint end = follower ? point_of(world.entity(*follower)) : PathPoint{};
    bool has_times = spline.end_time_s.has_value();
    for (const ClothoidSegment& segment : spline.segments) {
      if (segment.start) {
        const auto placement = place_of(world, *segment.start);
        if (!placement) return placement.error();
        const double s_m = end.s_m;
        end = point_of(*placement);
        end.s_m = s_m;
      }
      end.tangent_rad = math::wrap_angle_rad(end.tangent_rad + segment.heading_offset_rad);
      end.curvature_radpm = segment.start_curvature_radpm;
      has_times = has_times && segment.start_time_s;
      if (segment.start_time_s) end.time_s = *segment.start_time_s;
      if (const auto added = add_segment(segment, end); !added) return added;
    }
    if (spline.end_time_s) path.points.back().time_s = *spline.end_time_s;
    path.has_times = has_times;
    for (PathPoint& point : path.points) point.h_rad = point.tangent_rad;
    return spread_times(spline);
  }

  base::Status operator()(const Nurbs& nurbs) const;

  // From `end`, which becomes the new end: heading exactly, position by Simpson's rule over short pieces.
  base::Status add_segment(const ClothoidSegment& segment, PathPoint& end) const {
    const double steps = std::max(1.0, std::ceil(segment.length_m / kSpacing_m));
    if (static_cast<double>(path.points.size()) + steps > kMaxPoints) return base::Error{"trajectory is too long"};
    const double ds = segment.length_m / steps;
    const double rate =
        segment.length_m > 0 ? (segment.end_curvature_radpm - segment.start_curvature_radpm) / segment.length_m : 0;
    path.points.push_back(end);
    for (double i = 0; i < steps; ++i) {
      const PathPoint a = end;
      const auto heading = [&](double u) { return a.tangent_rad + u * (a.curvature_radpm + rate * u / 2); };
      end.x_m += ds / 6 * (std::cos(a.tangent_rad) + 4 * std::cos(heading(ds / 2)) + std::cos(heading(ds)));
      end.y_m += ds / 6 * (std::sin(a.tangent_rad) + 4 * std::sin(heading(ds / 2)) + std::sin(heading(ds)));
      end.tangent_rad = math::wrap_angle_rad(heading(ds));
      end.curvature_radpm = a.curvature_radpm + rate * ds;
      end.s_m += ds;
      path.points.push_back(end);
    }
    return {};
  }

  // Times are given where segments start; between, they follow arc length.
  base::Status spread_times(const ClothoidSpline& spline) const {
    if (!path.has_times) return {};
    double s_m = 0;
    for (std::size_t i = 0; i < spline.segments.size(); ++i) {
      const ClothoidSegment& segment = spline.segments[i];
      const double start_s = *segment.start_time_s;
      const double end_s = i + 1 < spline.segments.size() ? *spline.segments[i + 1].start_time_s : *spline.end_time_s;
      for (PathPoint& point : path.points) {
        if (point.s_m < s_m - 1e-9 || point.s_m > s_m + segment.length_m + 1e-9 || segment.length_m <= 0) continue;
        point.time_s = start_s + (end_s - start_s) * (point.s_m - s_m) / segment.length_m;
      }
      s_m += segment.length_m;
    }
    return {};
  }
};

// De Boor's algorithm on homogeneous control points (x w, y w, z w, time w, w).
struct Homogeneous {
  double x = 0, y = 0, z = 0, time = 0, w = 0;
};

Homogeneous nurbs_at(const std::vector<Homogeneous>& control, const std::vector<double>& knots, std::size_t degree,
                     double u) {
  std::size_t k = degree;
  while (k + 1 < control.size() && u >= knots[k + 1]) ++k;
  std::vector<Homogeneous> d(control.begin() + static_cast<std::ptrdiff_t>(k - degree),
                             control.begin() + static_cast<std::ptrdiff_t>(k + 1));
  for (std::size_t r = 1; r <= degree; ++r) {
    for (std::size_t j = degree; j >= r; --j) {
      const double low = knots[j + k - degree], high = knots[j + 1 + k - r];
      const double x = high > low ? (u - low) / (high - low) : 0;
      const Homogeneous a = d[j - 1], b = d[j];
      d[j] = {a.x + x * (b.x - a.x), a.y + x * (b.y - a.y), a.z + x * (b.z - a.z), a.time + x * (b.time - a.time),
              a.w + x * (b.w - a.w)};
    }
  }
  return d[degree];
}

base::Status ShapeLayer::operator()(const Nurbs& nurbs) const {
  std::vector<Homogeneous> control;
  double polygon_m = 0;
  bool has_all_times = true;  // then time is one more coordinate of the curve
  PathPoint last;
  for (const NurbsControlPoint& point : nurbs.points) {
    const auto placement = place_of(world, point.position);
    if (!placement) return placement.error();
    const double w = point.weight;
    if (!control.empty()) polygon_m += std::hypot(placement->x_m - last.x_m, placement->y_m - last.y_m);
    last = point_of(*placement);
    control.push_back({last.x_m * w, last.y_m * w, last.z_m * w, point.time_s.value_or(0) * w, w});
    has_all_times = has_all_times && point.time_s.has_value();
  }
  const auto degree = static_cast<std::size_t>(nurbs.order - 1);
  const double from = nurbs.knots[degree], to = nurbs.knots[control.size()];
  const double steps = std::clamp(std::ceil(polygon_m / kSpacing_m), 1.0, 100'000.0);
  for (double i = 0; i <= steps; ++i) {
    const Homogeneous at = nurbs_at(control, nurbs.knots, degree, from + (to - from) * i / steps);
    if (!(at.w > 0)) return base::Error{"a weight of a Nurbs is not positive"};
    PathPoint point;
    point.x_m = at.x / at.w;
    point.y_m = at.y / at.w;
    point.z_m = at.z / at.w;
    point.time_s = at.time / at.w;
    path.points.push_back(point);
  }
  measure(path);
  const auto &first_time = nurbs.points.front().time_s, &last_time = nurbs.points.back().time_s;
  path.has_times = has_all_times;
  if (!has_all_times && first_time && last_time) {
    std::vector<std::optional<double>> times(path.points.size());
    times.front() = first_time;
    times.back() = last_time;
    fill_times(path, times);
  }
  for (PathPoint& point : path.points) point.h_rad = point.tangent_rad;
  return {};
}

}  // namespace

base::Result<Path> lay_out(World& world, const Trajectory& trajectory, std::optional<EntityIndex> follower) {
  Path path;
  if (const auto made = std::visit(ShapeLayer{world, path, follower}, trajectory.shape); !made) return made.error();
  path.is_closed = trajectory.is_closed;
  if (path.points.empty())
    return base::Error{trajectory.place.text() + ": trajectory '" + trajectory.name + "' has no points"};
  return path;
}

bool has_times(const Trajectory& trajectory) {
  if (const auto* line = std::get_if<Polyline>(&trajectory.shape)) {
    return !line->vertices.empty() && line->vertices.front().time_s && line->vertices.back().time_s;
  }
  if (const auto* nurbs = std::get_if<Nurbs>(&trajectory.shape)) {
    return !nurbs->points.empty() && nurbs->points.front().time_s && nurbs->points.back().time_s;
  }
  const auto& spline = std::get<ClothoidSpline>(trajectory.shape);
  return spline.end_time_s && std::all_of(spline.segments.begin(), spline.segments.end(),
                                          [](const ClothoidSegment& one) { return one.start_time_s.has_value(); });
}

base::Result<std::vector<RouteLeg>> legs_of(World& world, const Route& route) {
  std::vector<RouteLeg> legs;
  LaneSpot before;
  for (std::size_t i = 0; i < route.waypoints.size(); ++i) {
    const auto placement = place_of(world, route.waypoints[i].position);
    if (!placement) return placement.error();
    LaneSpot spot = placement->spot;
    if (!spot.is_on_road()) {
      if (!world.map) return base::Error{route.place.text() + ": a route needs a road network"};
      spot = spot_near(*world.map, {placement->x_m, placement->y_m, placement->h_rad}, placement->z_m);
    }
    if (!spot.is_on_road()) return base::Error{route.waypoints[i].position.place.text() + ": waypoint is on no road"};
    if (i > 0) {
      const auto part = find_legs(*world.map, before, spot);
      if (part.empty()) {
        return base::Error{route.waypoints[i].position.place.text() + ": no way by roads from the waypoint before"};
      }
      legs.insert(legs.end(), part.begin(), part.end());
      spot.direction = part.back().direction;
    }
    before = spot;
  }
  if (legs.empty()) return base::Error{route.place.text() + ": route '" + route.name + "' is empty"};
  return legs;
}

}  // namespace hangil::scenario
