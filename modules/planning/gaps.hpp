// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "planning/rules.hpp"

namespace hangil::planning {

// Whether there is room between those who go first.
class Gaps {
 public:
  Gaps(const RoadSituation& situation, const PlannerConfig& config) : now_(situation), config_(config) {}

  // The track that has to be let through before the vehicle drives into a junction; none: drive. Who waits already
  // (`has_yielded`) asks for a longer gap.
  std::optional<std::uint32_t> who_goes_first(const JunctionAhead& junction, bool has_yielded) const;
  // The person who is on a crosswalk in the vehicle's way, or will be before it has passed.
  std::optional<std::uint32_t> who_crosses(const CrosswalkAhead& crosswalk, bool has_yielded) const;

 private:
  // When somebody is in the vehicle's way, and where on the route.
  struct Window {
    double from_s = 0, to_s = 0;
    double from_s_m = 0, to_s_m = 0;
  };
  std::optional<Window> window(const RelevantFuture& future, const Stretch& stretch, double beside_m) const;
  bool meets(const Window& window, double before_s, double after_s) const;
  double arrival_s(double s_m) const;
  bool comes_by(const messages::PredictedObject& object, const std::vector<int>& lanes) const;

  const RoadSituation& now_;
  const PlannerConfig& config_;
};

}  // namespace hangil::planning
