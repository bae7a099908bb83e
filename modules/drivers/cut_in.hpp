// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/driver.hpp"

namespace hangil::drivers {

// One point of the JRC's cut-in grids: the other drives ahead in the lane beside, at constant speed, and moves over.
struct CutInCase {
  double ego_mps = 0, other_mps = 0;
  double gap_m = 0;        // bumper to bumper when the other has its full lateral speed
  double lateral_mps = 0;  // of the other
};

enum class CutInOutcome {
  kNoCollision,
  kAlongside,  // ego's front was already past the other's when they met: the other hit ego's side
  kRear,       // ego hit the other
};

// Pure: drives a copy of the driver through the case at 10 Hz for 35 s. Both are 4.3 x 1.9 m; the side gap is 1.6 m
// when the other has reached its lateral speed, which it gains with 1.5 m/s2 before.
CutInOutcome drive_cut_in(Driver driver, const CutInCase& point);

}  // namespace hangil::drivers
