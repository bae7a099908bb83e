// SPDX-License-Identifier: Apache-2.0
#include "map/plan_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hangil::map {

namespace {

constexpr double kTurnPerPiece_rad = 1.0, kCurvePiece_m = 4.0;
constexpr int kCurvePiecesMin = 8, kPlanPiecesMax = 2'000;

// Gauss-Legendre nodes and weights on [0, 1] (Abramowitz and Stegun, table 25.4). Five are exact to 4e-13 of the length
// of a clothoid that turns by 1 rad.
constexpr std::array<double, 5> kNodes = {0.046910077030668, 0.230765344947158455, 0.5, 0.769234655052841545,
                                          0.953089922969332};
constexpr std::array<double, 5> kWeights = {0.118463442528094544, 0.239314335249683234, 0.284444444444444444,
                                            0.239314335249683234, 0.118463442528094544};

// Where a clothoid is after ds, along and left of its start, and its direction there.
struct Offset {
  double u = 0, v = 0, direction_u = 1, direction_v = 0;
};

Offset clothoid_offset(double curvature, double rate, double ds) {
  if (rate == 0 && curvature == 0) return {ds, 0};
  if (rate == 0) {
    const double half_turn = curvature * ds / 2, c = std::cos(half_turn), s = std::sin(half_turn);
    const double chord = std::abs(half_turn) < 1e-8 ? ds : 2 * s / curvature;
    return {chord * c, chord * s, c * c - s * s, 2 * s * c};
  }
  Offset sum;
  for (std::size_t i = 0; i < kNodes.size(); ++i) {
    const double at = kNodes[i] * ds, turn = at * (curvature + at * rate / 2);
    sum.u += kWeights[i] * std::cos(turn);
    sum.v += kWeights[i] * std::sin(turn);
  }
  const double turn = ds * (curvature + ds * rate / 2);
  return {sum.u * ds, sum.v * ds, std::cos(turn), std::sin(turn)};
}

PlanFrame turned(const math::Pose2& start, double c, double s, const Offset& offset, double curvature) {
  return {start.x_m + c * offset.u - s * offset.v, start.y_m + s * offset.u + c * offset.v,
          c * offset.direction_u - s * offset.direction_v, s * offset.direction_u + c * offset.direction_v, curvature};
}

PlanFrame clothoid_frame(const PlanPiece& piece, double ds) {
  const double k = piece.curvature_radpm, rate = piece.curvature_rate_radpm2;
  return turned(piece.start, piece.direction_x, piece.direction_y, clothoid_offset(k, rate, ds), k + ds * rate);
}

double value(const double (&c)[4], double p) { return c[0] + p * (c[1] + p * (c[2] + p * c[3])); }
double first(const double (&c)[4], double p) { return c[1] + p * (2 * c[2] + p * 3 * c[3]); }
double second(const double (&c)[4], double p) { return 2 * c[2] + 6 * c[3] * p; }

PlanFrame curve_frame(const PlanCurve& curve, double p) {
  const double du = first(curve.u, p), dv = first(curve.v, p);
  const double speed = std::max(std::hypot(du, dv), 1e-9);
  const double curvature = (du * second(curve.v, p) - dv * second(curve.u, p)) / (speed * speed * speed);
  const Offset offset{value(curve.u, p), value(curve.v, p), du / speed, dv / speed};
  return turned(curve.start, std::cos(curve.start.yaw_rad), std::sin(curve.start.yaw_rad), offset, curvature);
}

PlanPose pose_of(const PlanFrame& frame) {
  return {frame.x_m, frame.y_m, std::atan2(frame.direction_y, frame.direction_x), frame.curvature_radpm};
}

void set_start(PlanPiece& piece, const math::Pose2& start) {
  piece.start = start;
  piece.direction_x = std::cos(start.yaw_rad);
  piece.direction_y = std::sin(start.yaw_rad);
}

double speed_at(const PlanCurve& curve, double p) {
  return std::max(std::hypot(first(curve.u, p), first(curve.v, p)), 1e-9);
}

double arc_length(const PlanCurve& curve, double from_p, double to_p) {
  double sum = 0;
  for (std::size_t i = 0; i < kNodes.size(); ++i) {
    sum += kWeights[i] * speed_at(curve, from_p + kNodes[i] * (to_p - from_p));
  }
  return sum * (to_p - from_p);
}

int piece_count(double amount, double per_piece, int least) {
  return static_cast<int>(std::clamp(std::ceil(amount / per_piece), double(least), double(kPlanPiecesMax)));
}

// p(ds) over a piece: a cubic with the right values and slopes at both ends (Hermite).
void set_parameter(PlanPiece& piece, double p0, double p1, double slope0, double slope1) {
  const double h = piece.length_m, mean = (p1 - p0) / h;
  piece.p[0] = p0;
  piece.p[1] = slope0;
  piece.p[2] = (3 * mean - 2 * slope0 - slope1) / h;
  piece.p[3] = (slope0 + slope1 - 2 * mean) / (h * h);
}

double long_arc_length(const PlanCurve& curve, double to_p) {
  constexpr int kPanels = 64;
  double sum = 0;
  for (int i = 0; i < kPanels; ++i) sum += arc_length(curve, to_p * i / kPanels, to_p * (i + 1) / kPanels);
  return sum;
}

}  // namespace

// The length grows at least as fast as u, so the place lies within [0, length].
double parameter_at_length(const PlanCurve& curve, double length_m) {
  double low = 0, high = length_m;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (long_arc_length(curve, middle) < length_m ? low : high) = middle;
  }
  return high;
}

void PlanView::add_clothoid(double s_m, double length_m, const math::Pose2& start, double start_curvature_radpm,
                            double end_curvature_radpm) {
  PlanPiece piece;
  set_start(piece, start);
  piece.curvature_radpm = start_curvature_radpm;
  piece.curvature_rate_radpm2 = (end_curvature_radpm - start_curvature_radpm) / length_m;
  const double turn = std::max(std::abs(start_curvature_radpm), std::abs(end_curvature_radpm)) * length_m;
  const int count = piece.curvature_rate_radpm2 == 0 ? 1 : piece_count(turn, kTurnPerPiece_rad, 1);
  piece.length_m = length_m / count;
  for (int i = 0; i < count; ++i) {
    piece.s_m = s_m + i * piece.length_m;
    pieces_.push_back(piece);
    const PlanPose end = at(piece.s_m + piece.length_m, piece);
    set_start(piece, {end.x_m, end.y_m, end.heading_rad});
    piece.curvature_radpm = end.curvature_radpm;
  }
}

void PlanView::add_curve(double s_m, double length_m, const PlanCurve& curve, double p_max, bool is_by_arc_length) {
  const int count = is_by_arc_length ? piece_count(length_m, kCurvePiece_m, kCurvePiecesMin) : 1;
  std::vector<double> along(static_cast<std::size_t>(count) + 1, 0.0);
  const double step = p_max / count;
  for (int i = 0; i < count; ++i) along[i + 1] = along[i] + arc_length(curve, i * step, (i + 1) * step);
  const double scale =
      is_by_arc_length ? length_m / along.back() : length_m;  // the curve may be a little off its length
  PlanPiece piece;
  piece.curve = static_cast<std::int32_t>(curves_.size());
  curves_.push_back(curve);
  for (int i = 0; i < count; ++i) {
    const double p0 = i * step, p1 = (i + 1) * step;
    const double begin = is_by_arc_length ? along[i] * scale : 0,
                 end = is_by_arc_length ? along[i + 1] * scale : length_m;
    if (!(end > begin)) continue;
    piece.s_m = s_m + begin;
    piece.length_m = end - begin;
    const PlanPose pose = pose_of(curve_frame(curve, p0));
    set_start(piece, {pose.x_m, pose.y_m, pose.heading_rad});
    if (is_by_arc_length) {
      set_parameter(piece, p0, p1, 1 / (speed_at(curve, p0) * scale), 1 / (speed_at(curve, p1) * scale));
    } else {
      piece.p[0] = 0;
      piece.p[1] = p_max / length_m;
    }
    pieces_.push_back(piece);
  }
}

const PlanPiece& PlanView::piece_at(double s_m) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), s_m,
                                      [](double s, const PlanPiece& piece) { return s < piece.s_m; });
  return after == pieces_.begin() ? pieces_.front() : *(after - 1);
}

PlanPose PlanView::at(double s_m) const { return pieces_.empty() ? PlanPose{} : at(s_m, piece_at(s_m)); }

PlanPose PlanView::at(double s_m, const PlanPiece& piece) const {
  PlanPose pose = pose_of(frame_at(s_m, piece));
  if (piece.curve >= 0) return pose;
  const double ds = s_m - piece.s_m;  // exact, not by way of the direction
  pose.heading_rad =
      math::wrap_angle_rad(piece.start.yaw_rad + ds * (piece.curvature_radpm + ds * piece.curvature_rate_radpm2 / 2));
  return pose;
}

PlanFrame PlanView::frame_at(double s_m, const PlanPiece& piece) const {
  const double ds = s_m - piece.s_m;
  return piece.curve < 0 ? clothoid_frame(piece, ds) : curve_frame(curves_[piece.curve], value(piece.p, ds));
}

}  // namespace hangil::map
