// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "prediction/class_habits.hpp"
#include "prediction/motion_models.hpp"

namespace hangil::prediction {

// How probable each manoeuvre is; they sum to 1.
struct ManoeuvreWeights {
  double constant_velocity = 0, constant_turn = 0, stop = 0;
};

// An object that may well stand (its speed within its uncertainty) stays; one that turns faster than its class's noise
// goes on turning; one that brakes may stop.
ManoeuvreWeights weigh(const ObjectMotion& motion, double velocity_sigma_mps, const ClassHabits& habits);

}  // namespace hangil::prediction
