// SPDX-License-Identifier: Apache-2.0
#include "math/frenet.hpp"

#include <numbers>

namespace hangil::math {

namespace {

// Speed of the offset curve along and across the reference, per metre of reference, and how the first changes.
struct Stretch {
  double along, across, along_rate;
  double length() const { return std::hypot(along, across); }
};

Stretch stretch_of(const PathSample& reference, double d_m, double d_slope) {
  return {1 - reference.curvature_radpm * d_m, d_slope,
          -(reference.curvature_rate_radpm2 * d_m + reference.curvature_radpm * d_slope)};
}

// Change of the stretch's length per metre of reference.
double length_rate(const Stretch& stretch, double d_bend_pm) {
  return (stretch.along * stretch.along_rate + stretch.across * d_bend_pm) / stretch.length();
}

}  // namespace

// With r(s) = p + d n: r' = (1 - k d) t + d' n, r'' = ((1 - k d)' - k d') t + (d'' + k (1 - k d)) n.
MotionState motion_of(const PathSample& reference, const FrenetState& state) {
  const Stretch stretch = stretch_of(reference, state.d_m, state.d_slope);
  const double k = reference.curvature_radpm, q = stretch.length();
  const double turn = stretch.along * (state.d_bend_pm + k * stretch.along) -
                      stretch.across * (stretch.along_rate - k * stretch.across);
  MotionState motion;
  motion.pose.x_m = reference.point.x_m - state.d_m * reference.tangent_y;
  motion.pose.y_m = reference.point.y_m + state.d_m * reference.tangent_x;
  motion.pose.yaw_rad = wrap_angle_rad(reference.yaw_rad() + std::atan2(stretch.across, stretch.along));
  motion.curvature_radpm = turn / (q * q * q);
  motion.speed_mps = state.s_mps * q;
  motion.acceleration_mps2 = state.s_mps2 * q + state.s_mps * state.s_mps * length_rate(stretch, state.d_bend_pm);
  return motion;
}

MotionState to_motion(const ReferencePath& path, const FrenetState& state) {
  return motion_of(path.at(state.s_m), state);
}

base::Result<FrenetState> to_frenet(const ReferencePath& path, const MotionState& motion, double s_m) {
  const PathSample reference = path.at(s_m);
  const double dx = motion.pose.x_m - reference.point.x_m, dy = motion.pose.y_m - reference.point.y_m;
  FrenetState state;
  state.s_m = s_m;
  state.d_m = dy * reference.tangent_x - dx * reference.tangent_y;
  const double off_rad = angle_difference_rad(motion.pose.yaw_rad, reference.yaw_rad());
  const double k = reference.curvature_radpm, along = 1 - k * state.d_m;
  const double sum = state.d_m + off_rad + motion.curvature_radpm + motion.speed_mps + motion.acceleration_mps2;
  if (!std::isfinite(sum)) return base::Error{"Frenet frame: the state is not finite"};
  if (std::abs(off_rad) > 80 * std::numbers::pi / 180 || along < 0.1) {
    return base::Error{"Frenet frame: " + std::to_string(off_rad * 180 / std::numbers::pi) + " degrees and " +
                       std::to_string(state.d_m) + " m off the path; the vehicle is not on it"};
  }
  state.d_slope = along * std::tan(off_rad);
  const Stretch stretch = stretch_of(reference, state.d_m, state.d_slope);
  const double q = stretch.length();
  state.d_bend_pm =
      (motion.curvature_radpm * q * q * q + stretch.across * (stretch.along_rate - k * stretch.across)) / along -
      k * along;
  state.s_mps = motion.speed_mps / q;
  state.s_mps2 = (motion.acceleration_mps2 - state.s_mps * state.s_mps * length_rate(stretch, state.d_bend_pm)) / q;
  return state;
}

}  // namespace hangil::math
