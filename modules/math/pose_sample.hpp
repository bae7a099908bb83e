// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "math/pose2.hpp"

namespace hangil::math {

// Where a body was at one moment and how it moved: T_frame_body with a unit quaternion, velocity in the body's axes.
struct PoseSample {
  base::Time stamp;
  double x_m = 0, y_m = 0, z_m = 0;
  double qx = 0, qy = 0, qz = 0, qw = 1;
  double vx_mps = 0, vy_mps = 0, vz_mps = 0;        // over ground, in the body's axes
  double wx_radps = 0, wy_radps = 0, wz_radps = 0;  // in the body's axes
};

// Every number is finite and the quaternion's norm is within 1e-3 of 1.
bool is_sound(const PoseSample& sample);

// The pose seen from above: position and yaw about the frame's z axis (ISO 8855).
Pose2 planar(const PoseSample& sample);

// The pose `lead` later if the body keeps its velocity and turn rate: the exponential of the twist (Barfoot, "State
// Estimation for Robotics", 2017, section 7.1.3). `lead` may be negative.
PoseSample moved_on(const PoseSample& sample, base::Duration lead);

// Between two samples by time: positions and velocities linear, rotation along the shortest arc (slerp). `stamp` lies
// between the two.
PoseSample between(const PoseSample& earlier, const PoseSample& later, base::Time stamp);

}  // namespace hangil::math
