// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/object_class.hpp"

namespace hangil::prediction {

// What is known of a class before seeing one move.
struct ClassHabits {
  double braking_mps2;            // usual deceleration to a stop
  double stop_probability;        // of a steadily moving one coming to rest within seconds
  double standing_speed_mps;      // slower than about this is standing
  double turn_rate_noise_radps;   // slower turns are noise
  double acceleration_noise_mps;  // root of the white acceleration's spectral density, m/s per sqrt(s)
};

inline ClassHabits habits_of(messages::ObjectClass object_class) {
  using enum messages::ObjectClass;
  switch (object_class) {
    case kPedestrian:
      return {1.5, 0.15, 0.25, 0.60, 0.6};
    case kCyclist:
    case kMotorcycle:
      return {2.0, 0.08, 0.4, 0.25, 0.9};
    case kTruck:
    case kBus:
    case kTram:
      return {1.8, 0.10, 0.4, 0.10, 0.8};
    default:
      return {2.5, 0.10, 0.4, 0.15, 1.0};
  }
}

}  // namespace hangil::prediction
