// SPDX-License-Identifier: Apache-2.0
#include "scenario/transition.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hangil::scenario {

namespace {

constexpr double kPi = std::numbers::pi;

// The greatest slope of a shape from 0 to 1 over 1.
double peak_slope(DynamicsShape shape) {
  switch (shape) {
    case DynamicsShape::kLinear:
      return 1;
    case DynamicsShape::kCubic:
      return 1.5;
    case DynamicsShape::kSinusoidal:
      return kPi / 2;
    case DynamicsShape::kStep:
      return 0;
  }
  return 0;
}

// The greatest second derivative of a shape from 0 to 1 over 1; a linear one has kinks, so a parabola's is taken.
double peak_bend(DynamicsShape shape) {
  switch (shape) {
    case DynamicsShape::kLinear:
      return 4;
    case DynamicsShape::kCubic:
      return 6;
    case DynamicsShape::kSinusoidal:
      return kPi * kPi / 2;
    case DynamicsShape::kStep:
      return 0;
  }
  return 0;
}

double shape_value(DynamicsShape shape, double x) {
  switch (shape) {
    case DynamicsShape::kLinear:
      return x;
    case DynamicsShape::kCubic:
      return x * x * (3 - 2 * x);
    case DynamicsShape::kSinusoidal:
      return (1 - std::cos(kPi * x)) / 2;
    case DynamicsShape::kStep:
      return 1;
  }
  return 1;
}

}  // namespace

double Transition::value() const {
  if (is_done()) return to;
  if (std::isinf(extent)) return from;
  return from + (to - from) * shape_value(shape, progress / extent);
}

Transition make_transition(const TransitionDynamics& dynamics, double from, double to) {
  Transition transition{dynamics.shape, dynamics.dimension == DynamicsDimension::kDistance, from, to};
  if (dynamics.shape == DynamicsShape::kStep || from == to) return transition;
  const double value = std::abs(dynamics.value);
  transition.extent =
      dynamics.dimension == DynamicsDimension::kRate ? peak_slope(dynamics.shape) * std::abs(to - from) / value : value;
  return transition;
}

Transition make_speed_transition(const TransitionDynamics& dynamics, double from_mps, double to_mps,
                                 const Performance& limits) {
  Transition transition = make_transition(dynamics, from_mps, to_mps);
  if (transition.is_done()) return transition;
  const double mean_mps = std::abs(from_mps + to_mps) / 2;
  if (transition.is_by_distance && mean_mps > 0) {
    transition.is_by_distance = false;
    transition.extent /= mean_mps;
  }
  const double limit = to_mps > from_mps ? limits.max_acceleration_mps2 : limits.max_deceleration_mps2;
  const bool is_curved = dynamics.shape == DynamicsShape::kCubic || dynamics.shape == DynamicsShape::kSinusoidal;
  if (is_curved && !transition.is_by_distance && limit > 0 && dynamics.value != 0) {
    transition.extent = std::max(transition.extent, peak_slope(dynamics.shape) * std::abs(to_mps - from_mps) / limit);
  }
  return transition;
}

Transition make_lateral_transition(DynamicsShape shape, std::optional<double> max_acceleration_mps2, double from,
                                   double to) {
  Transition transition{shape, false, from, to};
  if (shape == DynamicsShape::kStep || !max_acceleration_mps2 || from == to) return transition;
  transition.extent = std::sqrt(peak_bend(shape) * std::abs(to - from) / std::abs(*max_acceleration_mps2));
  return transition;
}

void advance(Transition& transition, double time_s, double distance_m) {
  const double step = transition.is_by_distance ? std::abs(distance_m) : time_s;
  transition.progress = std::min(transition.progress + step, transition.extent);
  // Sums of decimal steps miss the end by rounding only.
  if (transition.extent - transition.progress < 1e-9 * std::max(1.0, transition.extent))
    transition.progress = transition.extent;
}

}  // namespace hangil::scenario
