// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/world.hpp"

namespace hangil::simulation {

// Notices when ego has avoided what it closed in on: it was faster than something ahead in its way, and now is not,
// while that keeps its speed. There a test of emergency braking is over (Euro NCAP, AEB car-to-car: contact, the
// vehicle under test stands, or it is slower than the target; a speed is held within 1 km/h).
class Avoidance {
 public:
  // To be called once a step; for how long it has been so without a break, in seconds. 0 while it is not.
  double held_s(const scenario::World& world, scenario::EntityIndex ego, double step_s);

 private:
  double held_s_ = 0;
  int closed_in_on_ = -1;  // the entity; -1: nobody yet
};

}  // namespace hangil::simulation
