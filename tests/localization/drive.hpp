// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/inertial.hpp"
#include "simulation/script.hpp"

namespace hangil::tests {

inline base::Time at(double time_s) { return base::Time{} + base::Duration::seconds(time_s); }

// A scripted drive over gentle hills, with bends and a stop, and what its sensors say.
struct Drive {
  simulation::GnssSpec gnss_spec;
  simulation::Ground ground = make_ground();
  simulation::Motion motion = make_motion();

  static simulation::Ground make_ground() {
    return {{{{0.6, 0.035, 0.012, 0.4}, {0.35, -0.014, 0.041, 1.9}}},
            {{-1e9, 0, simulation::kAsphalt}},
            {-1, -1, 1, 1},
            [](double, double) { return -1.0; }};
  }
  static simulation::Motion make_motion() {
    constexpr simulation::Bend kBends[] = {{50, 0},  {75, 1.0 / 70},   {115, 1.0 / 70}, {140, 0},
                                           {170, 0}, {195, -1.0 / 50}, {230, -1.0 / 50}};
    return {simulation::Path::from_bends({0, 0, 0}, kBends, 600), 0,
            simulation::SpeedProfile(12, {{5, 0, 2.4}, {12.5, 11, 2.0}})};
  }

  simulation::ActorState ego(double time_s) const { return simulation::state_at(motion, time_s); }
  messages::Odometry odometry(double time_s) const {
    return simulation::odometry(ground, ego(time_s), at(time_s), {}, 1);
  }
  messages::Imu imu(double time_s) const {
    return simulation::imu(ground, ego(time_s), at(time_s), {}, gnss_spec.x_axis_yaw_rad, 1);
  }
  messages::NavSatFix fix(double time_s) const {
    return simulation::gnss(ground, ego(time_s), at(time_s), gnss_spec, 1);
  }
  // In east-north-up about where the car was at first_fix_s, which is the filter's origin.
  math::Pose2 truth(double time_s, double first_fix_s = 0.05) const {
    const math::Pose2 turn{0, 0, gnss_spec.x_axis_yaw_rad}, origin = turn * ego(first_fix_s).pose;
    const math::Pose2 pose = turn * ego(time_s).pose;
    return {pose.x_m - origin.x_m, pose.y_m - origin.y_m, pose.yaw_rad};
  }
};

}  // namespace hangil::tests
