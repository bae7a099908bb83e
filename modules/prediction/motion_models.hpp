// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/predictions.hpp"
#include "messages/tracks.hpp"

namespace hangil::prediction {

// How an object moves now, read from its track.
struct ObjectMotion {
  double x_m = 0, y_m = 0;
  double box_yaw_rad = 0;  // of the box, which may point against the motion
  double heading_rad = 0;  // of the motion; the box's while it stands
  double speed_mps = 0;    // >= 0
  double yaw_rate_radps = 0;
  double acceleration_mps2 = 0;
};

ObjectMotion motion_of(const messages::Track& track);

// Each gives the state `time_s` ahead, sigma left at 0.
// Straight on (constant velocity).
messages::FutureState constant_velocity(const ObjectMotion& motion, double time_s);
// Along the circle of speed and yaw rate (CTRV; Schubert, Richter, Wanielik, FUSION 2008), straight on after a quarter.
messages::FutureState constant_turn(const ObjectMotion& motion, double time_s);
// Braking at `braking_mps2`, or harder if it already does, to a stop; along `yaw_rate_radps` as it is now.
messages::FutureState stop(const ObjectMotion& motion, double braking_mps2, double time_s);
double time_to_stop_s(const ObjectMotion& motion, double braking_mps2);

}  // namespace hangil::prediction
