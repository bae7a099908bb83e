// SPDX-License-Identifier: Apache-2.0
#include "math/path_smoothing.hpp"

#include <array>
#include <numbers>

#include "math/banded.hpp"

namespace hangil::math {

namespace {

double distance(Point2 a, Point2 b) { return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m); }

std::vector<Point2> without_clusters(std::span<const Point2> polyline, double least_m) {
  std::vector<Point2> kept;
  for (const Point2 point : polyline) {
    if (kept.empty() || distance(kept.back(), point) >= least_m) kept.push_back(point);
  }
  return kept;
}

double polyline_length(const std::vector<Point2>& points) {
  double length = 0;
  for (std::size_t i = 1; i < points.size(); ++i) length += distance(points[i - 1], points[i]);
  return length;
}

// I + lambda D^T D, D the third differences.
BandedMatrix smoothing_matrix(int size, double lambda) {
  constexpr std::array<double, 4> kDifference{-1, 3, -3, 1};
  BandedMatrix matrix(size, 3);
  for (int i = 0; i < size; ++i) matrix.at(i, 0) = 1;
  for (int first = 0; first + 3 < size; ++first) {
    for (int row = 0; row < 4; ++row) {
      for (int column = 0; column <= row; ++column) {
        matrix.at(first + row, row - column) +=
            lambda * kDifference[static_cast<std::size_t>(row)] * kDifference[static_cast<std::size_t>(column)];
      }
    }
  }
  return matrix;
}

}  // namespace

std::vector<Point2> resample(std::span<const Point2> polyline, double spacing_m) {
  const std::vector<Point2> corners = without_clusters(polyline, spacing_m / 2);
  if (corners.size() < 2) return {};
  const double length = polyline_length(corners);
  const int count = std::max(1, static_cast<int>(std::lround(length / spacing_m)));
  std::vector<Point2> points{corners.front()};
  double passed = 0;
  for (std::size_t i = 1; i < corners.size(); ++i) {
    const Point2 a = corners[i - 1], b = corners[i];
    const double edge = distance(a, b);
    for (double at = length * static_cast<double>(points.size()) / count; at <= passed + edge + 1e-9;
         at = length * static_cast<double>(points.size()) / count) {
      const double t = (at - passed) / edge;
      points.push_back({a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)});
    }
    passed += edge;
  }
  return points;
}

std::vector<Point2> smooth(std::vector<Point2> points, double spacing_m, double wavelength_m) {
  if (wavelength_m <= 0 || points.size() < 8) return points;
  // Half of a wave's height is left where lambda * |frequency response of D|^2 = 1.
  const double response = 2 * std::sin(std::numbers::pi * spacing_m / wavelength_m);
  BandedMatrix matrix = smoothing_matrix(static_cast<int>(points.size()), 1 / std::pow(response * response, 3));
  factorize(matrix);
  const Point2 origin = points.front();  // small numbers keep the digits
  std::vector<double> x, y;
  for (const Point2 point : points) {
    x.push_back(point.x_m - origin.x_m);
    y.push_back(point.y_m - origin.y_m);
  }
  solve_factorized(matrix, x);
  solve_factorized(matrix, y);
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = {origin.x_m + x[i], origin.y_m + y[i]};
  return points;
}

}  // namespace hangil::math
