// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "math/pose2.hpp"

namespace hangil::simulation {

// A point of a path: `way_m` is the length driven from its start.
struct WayPoint {
  double way_m = 0;
  math::Pose2 pose;
  double curvature_radpm = 0;
};

// Curvature at a place; linear in between, so turns begin and end as clothoids and the steering never jumps.
struct Bend {
  double way_m = 0, curvature_radpm = 0;
};

// A line that a body's reference point follows, pointing along it: the path of the rear axle's centre of a kinematic
// bicycle. Kept as waypoints at most 0.5 m apart with curvature linear in between; by value, copied freely.
class Path {
 public:
  // Starts at `start`; before the first and after the last bend the curvature is theirs.
  static Path from_bends(const math::Pose2& start, std::span<const Bend> bends, double length_m);
  static Path straight(const math::Pose2& start, double length_m);

  // At way_m, held to [0, length].
  WayPoint at(double way_m) const;
  double length_m() const { return points_.back().way_m; }
  const std::vector<WayPoint>& points() const { return points_; }

  // The path at a distance to the left (negative: right) that may change along the way, as in a lane change:
  // left_m(way_m) with way_m of this path. Distances must stay below the radius of any bend.
  Path shifted(const std::function<double(double)>& left_m) const;
  Path shifted(double left_m) const;
  // Driven the other way.
  Path reversed() const;

 private:
  explicit Path(std::vector<WayPoint> points) : points_(std::move(points)) {}
  std::vector<WayPoint> points_;
};

// The pose `way_m` further along a curve that starts at `from` and whose curvature grows by `growth` a metre.
WayPoint along(const WayPoint& from, double growth_radpm2, double way_m);

// Where on a path a point lies: way of the nearest place and distance to the left of it. Looks at every 64th waypoint,
// then closer and closer around the nearest. Beyond the ends the path goes on as it ends.
struct Foot {
  double way_m = 0, left_m = 0;
};
Foot foot(const Path& path, math::Point2 point);

// From 0 to 1 over [from, to] with slope and curvature 0 at both ends: the shape of a lane change.
double smooth_step(double from, double to, double x);

}  // namespace hangil::simulation
