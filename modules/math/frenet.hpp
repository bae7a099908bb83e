// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/reference_path.hpp"

namespace hangil::math {

// A vehicle's motion in the plane: its rear axle follows a curve with this curvature (positive left).
struct MotionState {
  Pose2 pose;
  double curvature_radpm = 0, speed_mps = 0, acceleration_mps2 = 0;
};

// The same along a reference path: arc length s in time, lateral offset d (positive left) over arc length. d(s) says
// where the path goes whatever the speed, standing included (Werling et al. 2010, "Low speed trajectories").
struct FrenetState {
  double s_m = 0, s_mps = 0, s_mps2 = 0;
  double d_m = 0, d_slope = 0, d_bend_pm = 0;  // d, dd/ds, d2d/ds2
};

// From the offset's derivatives at a place of the path; exact for a path parametrised by arc length.
MotionState motion_of(const PathSample& reference, const FrenetState& state);
MotionState to_motion(const ReferencePath& path, const FrenetState& state);

// The inverse at arc length `s_m`, where the state's point must project. Refuses states that the frame cannot hold:
// not finite, heading more than 80 degrees off the path, or farther off it than 0.9 of its radius of curvature.
base::Result<FrenetState> to_frenet(const ReferencePath& path, const MotionState& state, double s_m);

}  // namespace hangil::math
