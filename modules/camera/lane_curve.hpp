// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "camera/ground_view.hpp"
#include "camera/lane_tracing.hpp"
#include "messages/lane_lines.hpp"

namespace hangil::camera {

struct CurveSample {
  double t = 0, value = 0, deviation = 1;  // value at t, and its standard deviation
};

// A cubic (or less: what the samples' extent in t can tell) through samples by weighted least squares.
struct Curve {
  std::array<double, 4> coefficients{};
  std::array<double, 16> covariance{};  // of the coefficients, row-major
  double residual = 0;                  // root mean square, not weighted
  double at(double t) const;
};
// Nothing for fewer than four samples, values that are no finite numbers, or samples at one t.
std::optional<Curve> fit_curve(std::span<const CurveSample> samples, int degree);

// The line in the picture; the trace's pixels are those of the picture already.
std::optional<messages::LaneLine> image_line(const LaneTrace& trace, int picture_height);

// Adds the line on the flat ground to what image_line() made: points up to `farthest_m` ahead, each with the error that
// a pixel's error and a pitch error bring about. Left without when fewer than four metres are seen.
void add_ground_line(const LaneTrace& trace, const GroundView& view, double farthest_m, messages::LaneLine& line);

}  // namespace hangil::camera
