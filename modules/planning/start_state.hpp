// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "math/frenet.hpp"
#include "messages/trajectory.hpp"

namespace hangil::planning {

// Where the new plan starts: on the previous one where the vehicle follows it well (within 0.3 m across, 1 m along,
// 0.1 rad and 1 m/s of where it should be now), so that plans join without a kink; else where the vehicle is, with
// its curvature within `max_curvature_radpm`. `previous` may be null.
math::MotionState start_state(const math::MotionState& ego, base::Time stamp, const messages::Trajectory* previous,
                              double max_curvature_radpm);

}  // namespace hangil::planning
