// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "drivers/driver.hpp"

namespace hangil::drivers {

// The distance at which this driver follows a leader of its own speed: 2 s for the careful human, the safe distances of
// RSS (for a leader that brakes within the response time) and of FSM, the equilibrium of IDM's gap, 2 s for the others.
double following_gap_m(const Driver& driver, double speed_mps);

// Car following: the leader brakes to a stop from there.
struct BrakingLeaderCase {
  double speed_mps = 0;
  double deceleration_mps2 = 0;
};
// The speed difference at impact, or none. Pure; 10 Hz for 35 s.
std::optional<double> drive_behind_braking_leader(Driver driver, const BrakingLeaderCase& point);

// Cut-out: the leader leaves the lane for a car that stands behind it, seen once the leader is 0.375 m off its centre.
struct CutOutCase {
  double speed_mps = 0;
  double front_gap_m = 0;  // from the leader to the standing car when it starts to move over
  double lateral_mps = 0;  // of the leader
};
// Whether ego hits the standing car. Pure; 10 Hz for 35 s.
bool hits_after_cut_out(Driver driver, const CutOutCase& point);

}  // namespace hangil::drivers
