// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "math/pose2.hpp"

namespace hangil::math {

// A place on a path: the point, the unit tangent, and how it bends (positive left) there and per metre onwards.
struct PathSample {
  Point2 point;
  double tangent_x = 1, tangent_y = 0;
  double curvature_radpm = 0, curvature_rate_radpm2 = 0;

  double yaw_rad() const { return std::atan2(tangent_y, tangent_x); }
};

struct PathShape {
  double spacing_m = 0.5;               // of the spline's knots
  double smoothing_wavelength_m = 8.0;  // shorter waves of the given points are noise; 0: none
};

// A line to drive along, smooth up to its curvature and parametrised by arc length s: 0 at the first point, length_m()
// at the last. Before and after it runs on, unbending within 10 m and then straight. Looking a place up takes the same
// time on any length.
class ReferencePath {
 public:
  // Refuses fewer than two distinct points, coordinates that are not finite or beyond 1e7 m, and lines above 1,000 km.
  static base::Result<ReferencePath> make(std::span<const Point2> points, const PathShape& shape = {});
  // Straight ahead from a pose.
  static ReferencePath straight(const Pose2& start);

  double length_m() const { return length_m_; }
  PathSample at(double s_m) const;

  // Arc length of the nearest place, searched everywhere, or between two arc lengths only (in time that depends on
  // their difference alone).
  double project(Point2 point) const;
  double project(Point2 point, double from_s_m, double to_s_m) const;

 private:
  // Natural cubic spline over equally spaced arc lengths (de Boor, A Practical Guide to Splines, IV).
  struct Knot {
    Point2 point, second;  // second derivative
  };

  ReferencePath(const std::vector<Point2>& points, double spacing_m, double first_s_m, double length_m);
  ReferencePath by_arc_length(std::size_t lead_count) const;
  // Places count in knots, from 0 to last_knot().
  Point2 inner_point(double place) const;
  Point2 point_near(double s_m) const;  // the end's beyond an end
  PathSample inside(double place) const;
  PathSample beyond(double s_m) const;
  double project_between(Point2 point, int first, int last) const;
  double refine(Point2 point, double s_m) const;
  int nearest_knot(Point2 point, int first, int last, int stride, int best) const;
  int last_knot() const { return static_cast<int>(knots_.size()) - 1; }
  double last_s_m() const { return first_s_m_ + spacing_m_ * last_knot(); }
  double distance_to_knot(Point2 point, int knot) const;

  std::vector<Knot> knots_;
  double first_s_m_ = 0, spacing_m_ = 1, length_m_ = 0;
};

}  // namespace hangil::math
