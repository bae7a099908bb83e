// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "messages/truth_objects.hpp"
#include "simulation/sight.hpp"

namespace hangil::simulation {

// The objects of a truth as solids in map: the figure of each one's class, stretched to its box. `Placed::actor` is the
// index into `truth.objects`.
class TruthBodies {
 public:
  // `ego`: where the truth's frame is in map.
  TruthBodies(const messages::TruthObjects& truth, const math::PoseSample& ego);

  const std::vector<Placed>& placed() const { return placed_; }  // points into this

  TruthBodies(const TruthBodies&) = delete;
  TruthBodies& operator=(const TruthBodies&) = delete;

 private:
  std::vector<Actor> actors_;
  std::vector<Placed> placed_;
};

}  // namespace hangil::simulation
