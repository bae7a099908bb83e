// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "control/bicycle.hpp"

namespace hangil::control {

// A vehicle on tyres: two axles seen as one wheel each, which slip sideways and hold no more than friction allows
// (dynamic bicycle; Rajamani, Vehicle Dynamics and Control, 2012, 2.3; tyres by Fiala's brush model, Pacejka, Tire and
// Vehicle Dynamics, 2012, 3.2). Drive and brakes act on both axles by their load; load does not move between them.
struct DynamicBicycleModel {
  BicycleModel bicycle;  // geometry and steering; at a crawl the whole motion
  double mass_kg = 1750, yaw_inertia_kgm2 = 2900;
  double mass_ahead_m = 1.40;  // centre of mass ahead of the rear axle
  double front_stiffness_nprad = 130e3, rear_stiffness_nprad = 150e3;
  double friction_ratio = 0.9;
  double max_acceleration_mps2 = 3.5, max_braking_mps2 = 9.0, max_jerk_mps3 = 30;

  void visit(base::ConfigVisitor& visitor) {
    bicycle.visit(visitor);
    visitor.field("mass_kg", mass_kg, {100, 60'000}, "kg", "vehicle and load");
    visitor.field("yaw_inertia_kgm2", yaw_inertia_kgm2, {10, 1e6}, "kg m2", "about z through the centre of mass");
    visitor.field("mass_ahead_m", mass_ahead_m, {0.1, 8}, "m", "centre of mass ahead of the rear axle");
    visitor.field("front_stiffness_nprad", front_stiffness_nprad, {1e3, 1e7}, "N/rad", "cornering, front axle");
    visitor.field("rear_stiffness_nprad", rear_stiffness_nprad, {1e3, 1e7}, "N/rad", "cornering, rear axle");
    visitor.field("friction_ratio", friction_ratio, {0.05, 1.5}, "", "between tyre and road");
    visitor.field("max_acceleration_mps2", max_acceleration_mps2, {0.5, 15}, "m/s2", "of the drive");
    visitor.field("max_braking_mps2", max_braking_mps2, {1, 15}, "m/s2", "of the brakes");
    visitor.field("max_jerk_mps3", max_jerk_mps3, {1, 500}, "m/s3", "how quickly drive and brakes change");
  }
};

struct DynamicBicycleState {
  BicycleState motion;  // pose of the rear axle, speed along x, what the drive gives, steering
  double slip_mps = 0;  // sideways at the centre of mass, positive left
  double yaw_rate_radps = 0;
};

// `duration_s` later, in steps of at most 2 ms. Below 2 m/s it rolls without slip. It does not drive backwards.
DynamicBicycleState advance(DynamicBicycleState state, const Actuation& wanted, const DynamicBicycleModel& model,
                            double duration_s);

// Sideways force of an axle by Fiala's brush model, against its slip angle, `most_n` at full slide.
double tyre_force_n(double slip_angle_rad, double stiffness_nprad, double most_n);

}  // namespace hangil::control
