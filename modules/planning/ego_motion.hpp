// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/frenet.hpp"
#include "math/pose_buffer.hpp"

namespace hangil::planning {

// The vehicle's motion in the plane at a stamp: speed along x, curvature from yaw rate and speed (0 below 1 m/s, where
// noise rules), acceleration from the speeds of the last 0.2 s (0 where they are not there). Error: no pose then.
base::Result<math::MotionState> ego_motion(const math::PoseBuffer& poses, base::Time stamp);

}  // namespace hangil::planning
