// SPDX-License-Identifier: Apache-2.0
#include "camera/lane_curve.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Dense>

namespace hangil::camera {

namespace {

constexpr double kPixelDeviation = 1.5, kPitchDeviation_rad = 0.005;  // 0.3 degrees: an unloaded to a loaded car
constexpr double kLeastLength_m = 4;

// Degree that so many rows of a picture, or metres of road, can tell.
int degree_for(double extent, double for_two, double for_three) {
  if (extent >= for_three) return 3;
  return extent >= for_two ? 2 : 1;
}

bool are_finite(std::span<const CurveSample> samples) {
  return std::all_of(samples.begin(), samples.end(), [](const CurveSample& sample) {
    return std::isfinite(sample.t) && std::isfinite(sample.value) && sample.deviation > 0 &&
           std::isfinite(sample.deviation);
  });
}

// The trace on the ground, each point with the lateral error that a pixel's error brings about.
std::vector<CurveSample> ground_samples(const LaneTrace& trace, const GroundView& view, double farthest_m,
                                        double pitch_rad) {
  std::vector<CurveSample> samples;
  for (const auto& [x, y, width] : trace.points) {
    const double x_px = static_cast<double>(x), y_px = static_cast<double>(y);
    const auto at = view.ground_point(x_px, y_px, pitch_rad);
    const auto aside = view.ground_point(x_px + kPixelDeviation, y_px, pitch_rad);
    if (!at || !aside || at->x_m > farthest_m || at->x_m < 0) continue;
    samples.push_back({at->x_m, at->y_m, std::max(std::abs(aside->y_m - at->y_m), 0.01)});
  }
  return samples;
}

bool is_at_one_place(std::span<const CurveSample> samples) {
  const auto [first, last] =
      std::minmax_element(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.t < b.t; });
  return last->t - first->t < 1e-9;
}

double residual_of(const Curve& curve, std::span<const CurveSample> samples) {
  double sum = 0;
  for (const CurveSample& sample : samples) sum += std::pow(curve.at(sample.t) - sample.value, 2);
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

}  // namespace

double Curve::at(double t) const {
  return coefficients[0] + t * (coefficients[1] + t * (coefficients[2] + t * coefficients[3]));
}

std::optional<Curve> fit_curve(std::span<const CurveSample> samples, int degree) {
  const Eigen::Index size = degree + 1;
  if (samples.size() < 4 || !are_finite(samples) || is_at_one_place(samples)) return std::nullopt;
  Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(size, size);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(size);
  for (const CurveSample& sample : samples) {
    Eigen::VectorXd powers(size);
    for (Eigen::Index i = 0; i < size; ++i) powers(i) = i == 0 ? 1 : powers(i - 1) * sample.t;
    const double weight = 1 / (sample.deviation * sample.deviation);
    normal += weight * powers * powers.transpose();
    right += weight * sample.value * powers;
  }
  const Eigen::LDLT<Eigen::MatrixXd> solver(normal);
  if (solver.info() != Eigen::Success || !(solver.rcond() > 1e-14)) return std::nullopt;
  const Eigen::VectorXd solution = solver.solve(right);
  const Eigen::MatrixXd covariance = solver.solve(Eigen::MatrixXd::Identity(size, size));
  Curve curve;
  for (Eigen::Index i = 0; i < size; ++i) {
    curve.coefficients[static_cast<std::size_t>(i)] = solution(i);
    for (Eigen::Index k = 0; k < size; ++k) curve.covariance[static_cast<std::size_t>(4 * i + k)] = covariance(i, k);
  }
  curve.residual = residual_of(curve, samples);
  return curve;
}

std::optional<messages::LaneLine> image_line(const LaneTrace& trace, int picture_height) {
  if (trace.points.empty()) return std::nullopt;
  const float lowest = trace.points.front().y, highest = trace.points.back().y;
  std::vector<CurveSample> samples;
  for (const auto& point : trace.points) {
    const double t = static_cast<double>(point.y - lowest) / picture_height;
    samples.push_back({t, static_cast<double>(point.x), 1 + 0.25 * static_cast<double>(point.width)});
  }
  const double extent = static_cast<double>(lowest - highest) / picture_height;
  const auto curve = fit_curve(samples, degree_for(extent, 0.1, 0.2));
  if (!curve) return std::nullopt;
  messages::LaneLine line;
  line.image_coefficients = curve->coefficients;
  line.y_min_px = highest;
  line.y_max_px = lowest;
  line.residual_px = static_cast<float>(curve->residual);
  const double rows = extent * picture_height + 1;
  line.existence_probability = static_cast<float>(std::min(1.0, static_cast<double>(trace.points.size()) / rows));
  return line;
}

void add_ground_line(const LaneTrace& trace, const GroundView& view, double farthest_m, messages::LaneLine& line) {
  const std::vector<CurveSample> samples = ground_samples(trace, view, farthest_m, 0);
  if (samples.size() < 4) return;
  const auto [nearest, last] =
      std::minmax_element(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.t < b.t; });
  const double length_m = last->t - nearest->t;
  if (length_m < kLeastLength_m) return;
  const int degree = degree_for(length_m, 10, 25);
  const auto curve = fit_curve(samples, degree);
  const auto pitched = fit_curve(ground_samples(trace, view, farthest_m, kPitchDeviation_rad), degree);
  if (!curve || !pitched) return;
  line.has_ground = true;
  line.ground_coefficients = curve->coefficients;
  line.ground_covariance = curve->covariance;
  // A pitch error moves all points together: its share is what it does to the coefficients.
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      line.ground_covariance[4 * i + k] +=
          (pitched->coefficients[i] - curve->coefficients[i]) * (pitched->coefficients[k] - curve->coefficients[k]);
    }
  }
  line.x_min_m = static_cast<float>(nearest->t);
  line.x_max_m = static_cast<float>(last->t);
}

}  // namespace hangil::camera
