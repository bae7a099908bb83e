// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/object_class.hpp"

namespace hangil::fusion {

// How a class moves: what the filters take as process noise and as first guess.
struct MotionModel {
  bool is_steered = false;                    // moves along its heading (coordinated turn), else any way
  double longitudinal_acceleration_mps2 = 0;  // 1 sigma
  double lateral_acceleration_mps2 = 0;       // beyond what the turn rate explains, 1 sigma
  double yaw_acceleration_radps2 = 0;         // 1 sigma
  double speed_mps = 0;                       // of one just seen, 1 sigma
  double max_curvature_radpm = 0;             // of its path
  double max_length_m = 0, max_width_m = 0;   // of a single one
};

const MotionModel& motion_model(messages::ObjectClass object_class);

// How much less likely it is that a box of class `b` belongs to a track of class `a`, as a squared normalised
// distance: 0 for the same class, beyond every gate for a car and a pedestrian.
double class_distance(messages::ObjectClass a, messages::ObjectClass b);

}  // namespace hangil::fusion
