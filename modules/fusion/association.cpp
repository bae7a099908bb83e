// SPDX-License-Identifier: Apache-2.0
#include "fusion/association.hpp"

#include <cmath>
#include <limits>

#include "fusion/motion_model.hpp"

namespace hangil::fusion {

namespace {

constexpr double kReach_m = 15;  // nothing is looked for farther from where it should be
constexpr double kHeightSigma_m = 0.5;

}  // namespace

double association_cost(const TrackState& track, const Measurement& measurement) {
  const Eigen::Vector2d away = measurement.position_m - track.motion.mean.head<2>();
  if (away.cwiseAbs().maxCoeff() > kReach_m) return std::numeric_limits<double>::infinity();
  const Measurement fit = fitted(track, measurement);
  const Eigen::Matrix2d R = Eigen::Matrix2d::Identity() * std::pow(fit.position_sigma_m, 2);
  const double height = (fit.z_m - track.z_m) / kHeightSigma_m;
  return squared_distance(track.motion, fit.position_m, R) + height * height +
         class_distance(track.classes.winner(), fit.object_class);
}

std::span<const int> Association::solve(std::span<const TrackState> tracks, std::span<const Measurement> measurements,
                                        double gate_sigma) {
  const double gate = gate_sigma * gate_sigma;
  costs_.clear(static_cast<int>(measurements.size()));
  for (const TrackState& track : tracks) {
    for (std::size_t i = 0; i < measurements.size(); ++i) {
      const double cost = association_cost(track, measurements[i]);
      if (cost < gate) costs_.add(static_cast<int>(i), cost);
    }
    costs_.end_row();
  }
  return assignment_.solve(costs_, gate);
}

}  // namespace hangil::fusion
