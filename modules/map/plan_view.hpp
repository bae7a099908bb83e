// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "math/pose2.hpp"

namespace hangil::map {

// A place on a reference line seen from above. Curvature is positive where the line bends to the left.
struct PlanPose {
  double x_m = 0, y_m = 0, heading_rad = 0, curvature_radpm = 0;
};

// The same with the heading as a unit vector, which costs less.
struct PlanFrame {
  double x_m = 0, y_m = 0, direction_x = 1, direction_y = 0, curvature_radpm = 0;
};

// A curve (u(p), v(p)) of cubic polynomials in the frame of its start; coefficients in rising order.
struct PlanCurve {
  math::Pose2 start;
  double u[4] = {0, 1, 0, 0}, v[4] = {0, 0, 0, 0};
};

// Where on the curve, as u = p from 0, its arc length is length_m (OpenDRIVE poly3).
double parameter_at_length(const PlanCurve& curve, double length_m);

// A short stretch of reference line. Where curve < 0: a clothoid from `start` (of which line and arc are special cases)
// that turns by 1 rad at most. Otherwise a stretch of curves[curve], whose parameter follows s as a cubic.
struct PlanPiece {
  double s_m = 0, length_m = 0;
  math::Pose2 start;
  double direction_x = 1, direction_y = 0;  // of start
  double curvature_radpm = 0, curvature_rate_radpm2 = 0;
  std::int32_t curve = -1;
  double p[4] = {0, 0, 0, 0};  // p(ds), coefficients in rising order
};

// The reference line of a road from s = 0 to length_m (OpenDRIVE 1.8, section 9). Add its geometries in order of s.
class PlanView {
 public:
  // Continues at s_m from `start`; curvature is linear between its values at both ends.
  void add_clothoid(double s_m, double length_m, const math::Pose2& start, double start_curvature_radpm,
                    double end_curvature_radpm);
  // p runs from 0 to p_max over length_m: with the arc length of the curve, or linearly (`is_by_arc_length` false).
  void add_curve(double s_m, double length_m, const PlanCurve& curve, double p_max, bool is_by_arc_length);

  // s outside [0, length] runs on from the first or last piece.
  PlanPose at(double s_m) const;
  PlanPose at(double s_m, const PlanPiece& piece) const;
  PlanFrame frame_at(double s_m, const PlanPiece& piece) const;
  // The piece that holds s.
  const PlanPiece& piece_at(double s_m) const;

  const std::vector<PlanPiece>& pieces() const { return pieces_; }
  bool empty() const { return pieces_.empty(); }
  double length_m() const { return pieces_.empty() ? 0 : pieces_.back().s_m + pieces_.back().length_m; }

 private:
  std::vector<PlanPiece> pieces_;
  std::vector<PlanCurve> curves_;
};

}  // namespace hangil::map
