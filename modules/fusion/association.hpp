// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "fusion/gated_assignment.hpp"
#include "fusion/track_state.hpp"

namespace hangil::fusion {

// Squared normalised distance of a box from a track's prediction: Mahalanobis in the plane, plus height, size and
// class terms; infinite far outside.
double association_cost(const TrackState& track, const Measurement& measurement);

class Association {
 public:
  // The box of each track, or kUnassigned: the least sum of association costs, a track without box costing gate_sigma
  // squared. Valid until the next call.
  std::span<const int> solve(std::span<const TrackState> tracks, std::span<const Measurement> measurements,
                             double gate_sigma);

 private:
  AssignmentCosts costs_;
  GatedAssignment assignment_;
};

}  // namespace hangil::fusion
