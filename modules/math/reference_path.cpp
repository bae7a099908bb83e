// SPDX-License-Identifier: Apache-2.0
#include "math/reference_path.hpp"

#include <algorithm>
#include <limits>

#include "math/banded.hpp"
#include "math/path_smoothing.hpp"

namespace hangil::math {

namespace {

constexpr double kUnbendingM = 10;  // over which the curvature at an end fades out
constexpr double kExtensionM = 15;  // knots beyond each end; natural spline ends then cost nothing

// Second derivatives of the natural cubic spline through equally spaced values.
std::vector<double> second_derivatives(const std::vector<double>& values, double spacing) {
  const int inner = static_cast<int>(values.size()) - 2;
  std::vector<double> second(values.size(), 0.0);
  if (inner < 1) return second;
  BandedMatrix matrix(inner, 1);
  std::vector<double> right(static_cast<std::size_t>(inner));
  for (int i = 0; i < inner; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    matrix.at(i, 0) = 4;
    if (i > 0) matrix.at(i, 1) = 1;
    right[k] = 6 * (values[k] - 2 * values[k + 1] + values[k + 2]) / (spacing * spacing);
  }
  factorize(matrix);
  solve_factorized(matrix, right);
  std::copy(right.begin(), right.end(), second.begin() + 1);
  return second;
}

// Coordinates are bounded, so hypot's care (and time) is not needed.
double gap(Point2 a, Point2 b) {
  const double dx = a.x_m - b.x_m, dy = a.y_m - b.y_m;
  return std::sqrt(dx * dx + dy * dy);
}

// Signed curvature of the circle through three points (Menger).
double circle_curvature(Point2 a, Point2 b, Point2 c) {
  const double sides = gap(a, b) * gap(b, c) * gap(c, a);
  const double doubled_area = (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m);
  return sides > 0 ? 2 * doubled_area / sides : 0;
}

// Points that leave `start` along its heading while the curvature fades to zero, every spacing for `count` points.
std::vector<Point2> unbending(const Pose2& start, double curvature_radpm, double spacing_m, int count) {
  std::vector<Point2> points;
  Pose2 pose = start;
  for (int i = 0; i < count; ++i) {
    const double bend = std::max(0.0, 1 - (i + 0.5) * spacing_m / kUnbendingM) * curvature_radpm * spacing_m;
    const double yaw = pose.yaw_rad + bend / 2;
    pose = {pose.x_m + spacing_m * std::cos(yaw), pose.y_m + spacing_m * std::sin(yaw), pose.yaw_rad + bend};
    points.push_back({pose.x_m, pose.y_m});
  }
  return points;
}

// How the line goes on after its last point.
std::vector<Point2> continuation(const std::vector<Point2>& points, double spacing_m) {
  const std::size_t n = points.size(), reach = std::min<std::size_t>(4, (n - 1) / 2);
  const Point2 last = points[n - 1], before = points[n - 2];
  const double curvature = reach > 0 ? circle_curvature(points[n - 1 - 2 * reach], points[n - 1 - reach], last) : 0;
  const double yaw = std::atan2(last.y_m - before.y_m, last.x_m - before.x_m) + curvature * spacing_m / 2;
  const int count = static_cast<int>(std::ceil(kExtensionM / spacing_m));
  return unbending({last.x_m, last.y_m, yaw}, curvature, spacing_m, count);
}

// Continued at both ends; returns how many points were put before the first.
std::size_t extend(std::vector<Point2>& points, double spacing_m) {
  const std::vector<Point2> after = continuation(points, spacing_m);
  std::vector<Point2> whole(points.rbegin(), points.rend());
  const std::vector<Point2> before = continuation(whole, spacing_m);
  whole.insert(whole.end(), before.begin(), before.end());
  std::reverse(whole.begin(), whole.end());
  whole.insert(whole.end(), after.begin(), after.end());
  points = std::move(whole);
  return before.size();
}

base::Status check(std::span<const Point2> points) {
  double length = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Negated so that NaN is refused.
    if (!(std::abs(points[i].x_m) <= 1e7 && std::abs(points[i].y_m) <= 1e7)) {
      return base::Error{"reference path: point " + std::to_string(i) +
                         " is not finite or beyond 1e7 m; give coordinates in a local frame"};
    }
    if (i > 0) length += gap(points[i - 1], points[i]);
  }
  if (length > 1e6) return base::Error{"reference path: longer than 1,000 km; give a shorter part of the route"};
  return {};
}

}  // namespace

ReferencePath::ReferencePath(const std::vector<Point2>& points, double spacing_m, double first_s_m, double length_m)
    : first_s_m_(first_s_m), spacing_m_(spacing_m), length_m_(length_m) {
  std::vector<double> x, y;
  for (const Point2 point : points) {
    x.push_back(point.x_m);
    y.push_back(point.y_m);
  }
  const std::vector<double> second_x = second_derivatives(x, spacing_m), second_y = second_derivatives(y, spacing_m);
  for (std::size_t i = 0; i < points.size(); ++i) knots_.push_back({points[i], {second_x[i], second_y[i]}});
}

// The same curve with knots equally spaced in arc length and s = 0 at the old knot `lead_count`. The arc length between
// old knots is summed over chords of a quarter.
ReferencePath ReferencePath::by_arc_length(std::size_t lead_count) const {
  constexpr std::size_t kParts = 4;
  const double part_m = spacing_m_ / kParts;
  std::vector<Point2> fine;
  std::vector<double> arc_m{0.0};
  for (std::size_t i = 0; i <= kParts * (knots_.size() - 1); ++i) {
    fine.push_back(point_near(first_s_m_ + part_m * static_cast<double>(i)));
    if (i > 0) arc_m.push_back(arc_m.back() + gap(fine[i - 1], fine[i]));
  }
  const std::size_t count = knots_.size() - 1;
  const double spacing_m = arc_m.back() / static_cast<double>(count);
  std::vector<Point2> points{fine.front()};
  std::size_t part = 1;
  for (std::size_t i = 1; i < count; ++i) {
    const double s = spacing_m * static_cast<double>(i);
    while (arc_m[part] < s) ++part;
    const double into = (s - arc_m[part - 1]) / (arc_m[part] - arc_m[part - 1]);
    points.push_back(point_near(first_s_m_ + part_m * (static_cast<double>(part - 1) + into)));
  }
  points.push_back(fine.back());
  const double lead_m = arc_m[kParts * lead_count];
  return ReferencePath(points, spacing_m, -lead_m, arc_m[arc_m.size() - 1 - kParts * lead_count] - lead_m);
}

base::Result<ReferencePath> ReferencePath::make(std::span<const Point2> points, const PathShape& shape) {
  if (const base::Status status = check(points); !status) return status.error();
  std::vector<Point2> line = smooth(resample(points, shape.spacing_m), shape.spacing_m, shape.smoothing_wavelength_m);
  if (line.size() < 2) {
    return base::Error{"reference path: no two points are " + std::to_string(shape.spacing_m / 2) +
                       " m apart; give a path with an extent"};
  }
  const std::size_t lead_count = extend(line, shape.spacing_m);
  return ReferencePath(line, shape.spacing_m, 0, 0).by_arc_length(lead_count);
}

ReferencePath ReferencePath::straight(const Pose2& start) {
  const Point2 ahead = start * Point2{1, 0};
  return ReferencePath({{start.x_m, start.y_m}, ahead}, 1, 0, 1);
}

Point2 ReferencePath::inner_point(double place) const {
  const std::size_t i = static_cast<std::size_t>(std::min(static_cast<int>(place), last_knot() - 1));
  const Knot &left = knots_[i], &right = knots_[i + 1];
  const double b = place - static_cast<double>(i), a = 1 - b;
  const double bend_a = (a * a * a - a) * spacing_m_ * spacing_m_ / 6;
  const double bend_b = (b * b * b - b) * spacing_m_ * spacing_m_ / 6;
  return {a * left.point.x_m + b * right.point.x_m + bend_a * left.second.x_m + bend_b * right.second.x_m,
          a * left.point.y_m + b * right.point.y_m + bend_a * left.second.y_m + bend_b * right.second.y_m};
}

Point2 ReferencePath::point_near(double s_m) const {
  return inner_point(std::clamp((s_m - first_s_m_) / spacing_m_, 0.0, static_cast<double>(last_knot())));
}

PathSample ReferencePath::at(double s_m) const {
  const double place = (s_m - first_s_m_) / spacing_m_;
  return place >= 0 && place <= last_knot() ? inside(place) : beyond(s_m);
}

PathSample ReferencePath::inside(double place) const {
  const std::size_t i = static_cast<std::size_t>(std::min(static_cast<int>(place), last_knot() - 1));
  const Knot &left = knots_[i], &right = knots_[i + 1];
  const double h = spacing_m_, b = place - static_cast<double>(i), a = 1 - b;
  const double slope_a = (1 - 3 * a * a) * h / 6, slope_b = (3 * b * b - 1) * h / 6;
  const double dx = (right.point.x_m - left.point.x_m) / h + slope_a * left.second.x_m + slope_b * right.second.x_m;
  const double dy = (right.point.y_m - left.point.y_m) / h + slope_a * left.second.y_m + slope_b * right.second.y_m;
  const double ddx = a * left.second.x_m + b * right.second.x_m, ddy = a * left.second.y_m + b * right.second.y_m;
  const double dddx = (right.second.x_m - left.second.x_m) / h, dddy = (right.second.y_m - left.second.y_m) / h;
  const double squared = dx * dx + dy * dy, norm = std::sqrt(squared), cubed = squared * norm;
  const double curvature = (dx * ddy - dy * ddx) / cubed;
  const double rate = (dx * dddy - dy * dddx) / cubed - 3 * curvature * (dx * ddx + dy * ddy) / squared;
  return {inner_point(place), dx / norm, dy / norm, curvature, rate};
}

// Straight on along the tangent of the end.
PathSample ReferencePath::beyond(double s_m) const {
  const bool is_after = s_m > first_s_m_;
  const double end_s_m = is_after ? last_s_m() : first_s_m_;
  PathSample end = inside(is_after ? last_knot() : 0);
  end.point.x_m += (s_m - end_s_m) * end.tangent_x;
  end.point.y_m += (s_m - end_s_m) * end.tangent_y;
  end.curvature_radpm = end.curvature_rate_radpm2 = 0;
  return end;
}

double ReferencePath::distance_to_knot(Point2 point, int knot) const {
  return gap(point, knots_[static_cast<std::size_t>(knot)].point);
}

// From a knot that is d away, none within (d - best) of arc length can be nearer than best: those are skipped.
int ReferencePath::nearest_knot(Point2 point, int first, int last, int stride, int best) const {
  double best_m = distance_to_knot(point, best);
  for (int i = first; i <= last;) {
    const double distance_m = distance_to_knot(point, i);
    if (distance_m < best_m) {
      best_m = distance_m;
      best = i;
    }
    i += std::max(stride, static_cast<int>((distance_m - best_m) / spacing_m_));
  }
  return best;
}

// Newton's method on the distance's derivative from the nearest knot on; an end's tangent counts as path.
double ReferencePath::refine(Point2 point, double s_m) const {
  const double least = s_m - spacing_m_, most = s_m + spacing_m_;
  const bool is_first = s_m <= first_s_m_, is_last = s_m >= last_s_m() - spacing_m_ / 2;
  for (int i = 0; i < 6; ++i) {
    const PathSample sample = at(s_m);
    const double dx = point.x_m - sample.point.x_m, dy = point.y_m - sample.point.y_m;
    const double along = dx * sample.tangent_x + dy * sample.tangent_y;
    const double across = dy * sample.tangent_x - dx * sample.tangent_y;
    s_m += along / std::max(0.2, 1 - sample.curvature_radpm * across);
    if (!is_first) s_m = std::max(s_m, least);
    if (!is_last) s_m = std::min(s_m, most);
  }
  return s_m;
}

// A few knots first: the finer search then skips most of what is far.
double ReferencePath::project_between(Point2 point, int first, int last) const {
  const int coarse = nearest_knot(point, first, last, std::clamp((last - first) / 100, 8, 64), first);
  return refine(point, first_s_m_ + spacing_m_ * nearest_knot(point, first, last, 1, coarse));
}

double ReferencePath::project(Point2 point) const { return project_between(point, 0, last_knot()); }

double ReferencePath::project(Point2 point, double from_s_m, double to_s_m) const {
  const auto knot_of = [this](double s_m) {
    const double knot = std::round((s_m - first_s_m_) / spacing_m_);
    return static_cast<int>(std::clamp(knot, 0.0, static_cast<double>(last_knot())));
  };
  const int first = knot_of(from_s_m);
  return project_between(point, first, std::max(first, knot_of(to_s_m)));
}

}  // namespace hangil::math
