// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>

namespace hangil::scenario {

// What an entity that is to arrive together with a master knows at one moment.
struct SynchronizeInput {
  double distance_m = 0, speed_mps = 0;  // left to its target
  double time_left_s = 0;                // until the master is at its own
  std::optional<double> final_speed_mps;
  double steady_distance_m = 0;                                            // at the end, driven at the final speed
  double max_acceleration_mps2 = std::numeric_limits<double>::infinity();  // of the entity
};

// The speed to have a step of dt later. Without a final speed the acceleration that covers the distance in time is
// constant. With one, the speed is two ramps of equal steepness that meet the final speed where the steady stretch
// begins: first faster and then slower than one ramp would be, or first slower and then faster; where that would mean
// driving backwards, it stops and waits in between. Who stands and cannot accelerate as the two ramps ask sets off with
// the speed from which one ramp covers the distance. Asked for anew at every step, it goes on along the same ramps.
double synchronized_speed_mps(const SynchronizeInput& input, double dt_s);

}  // namespace hangil::scenario
