// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/action_model.hpp"

namespace hangil::scenario {

// How a value goes from one to another over an extent of time (s) or distance (m): the shapes and dimensions of
// TransitionDynamics. A rate is the greatest change per second on the way, and becomes the time that takes.
struct Transition {
  DynamicsShape shape = DynamicsShape::kStep;
  bool is_by_distance = false;
  double from = 0, to = 0;
  double extent = 0;    // infinite: never gets there (a rate of 0)
  double progress = 0;  // 0 to extent

  bool is_done() const { return progress >= extent; }
  double value() const;
};

Transition make_transition(const TransitionDynamics& dynamics, double from, double to);
// Of a speed. One over a distance is its shape over the time in which that distance is covered at the mean of both
// speeds: speed that falls in proportion to the way would never reach 0. Limits of Performance stretch curved shapes.
Transition make_speed_transition(const TransitionDynamics& dynamics, double from_mps, double to_mps,
                                 const Performance& limits);
// A lateral one whose greatest lateral acceleration is given (absent: at once).
Transition make_lateral_transition(DynamicsShape shape, std::optional<double> max_acceleration_mps2, double from,
                                   double to);
// Moves on, not beyond the end.
void advance(Transition& transition, double time_s, double distance_m);

}  // namespace hangil::scenario
