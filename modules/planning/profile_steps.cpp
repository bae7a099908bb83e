// SPDX-License-Identifier: Apache-2.0
#include "planning/profile_steps.hpp"

#include <algorithm>

namespace hangil::planning {

namespace {

constexpr double kRoundingMps = 1e-3;
constexpr double kRoundingMps2 = 0.05;

struct Bounds {
  double least_mps2, most_mps2;
};

Bounds acceleration_bounds(const SpeedProfile& profile, double may_brake_mps2, const PlannerConfig& config) {
  const double start = profile.at(0).second;
  return {std::min(-may_brake_mps2, start) - kRoundingMps2, std::max(config.acceleration_mps2, start) + kRoundingMps2};
}

ProfileStep step_of(const math::Jet& motion, double start_s_m, const Route& route, const SpeedGoal& goal,
                    math::Point2 origin) {
  const math::PathSample reference = route.path.at(motion.value);
  const auto f = [](double value) { return static_cast<float>(value); };
  return {f(reference.point.x_m - origin.x_m),
          f(reference.point.y_m - origin.y_m),
          f(reference.tangent_x),
          f(reference.tangent_y),
          f(reference.curvature_radpm),
          f(reference.curvature_rate_radpm2),
          f(motion.value - start_s_m),
          f(std::max(0.0, motion.first)),
          f(motion.second),
          f(std::min(goal.wanted_mps(start_s_m), goal.wanted_mps(motion.value)))};
}

}  // namespace

void fill_steps(std::span<const SpeedProfile> profiles, const Route& route, const SpeedGoal& goal, math::Point2 origin,
                double may_brake_mps2, const PlannerConfig& config, ProfileSteps& steps) {
  steps.profile_count = static_cast<int>(profiles.size());
  steps.steps.clear();
  steps.price.clear();
  steps.is_valid.clear();
  for (const SpeedProfile& profile : profiles) {
    const Bounds bounds = acceleration_bounds(profile, may_brake_mps2, config);
    const double start_s_m = profile.at(0).value;
    bool is_valid = true;
    double price = 0;
    for (int k = 0; k < steps.step_count; ++k) {
      const math::Jet motion = profile.at(k * config.step_s);
      const double jerk = profile.jerk_mps3(k * config.step_s);
      is_valid = is_valid && motion.first >= -kRoundingMps && motion.second >= bounds.least_mps2 &&
                 motion.second <= bounds.most_mps2;
      price += config.step_s * (static_cast<double>(config.weights.acceleration) * motion.second * motion.second +
                                static_cast<double>(config.weights.jerk) * jerk * jerk);
      steps.steps.push_back(step_of(motion, start_s_m, route, goal, origin));
    }
    steps.price.push_back(static_cast<float>(price));
    steps.is_valid.push_back(is_valid ? 1 : 0);
  }
}

void extend(const ProfileSteps& steps, math::Point2 origin, std::vector<Extent>& extents) {
  for (int profile = 0; profile < steps.profile_count; ++profile) {
    if (steps.is_valid[static_cast<std::size_t>(profile)] == 0) continue;
    for (int k = 0; k < steps.step_count; ++k) {
      const ProfileStep& step = steps.steps[static_cast<std::size_t>(profile * steps.step_count + k)];
      const double x = origin.x_m + static_cast<double>(step.x_m), y = origin.y_m + static_cast<double>(step.y_m);
      Extent& extent = extents[static_cast<std::size_t>(k)];
      extent.least_x_m = std::min(extent.least_x_m, x);
      extent.most_x_m = std::max(extent.most_x_m, x);
      extent.least_y_m = std::min(extent.least_y_m, y);
      extent.most_y_m = std::max(extent.most_y_m, y);
    }
  }
}

}  // namespace hangil::planning
