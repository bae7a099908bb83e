// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "math/pose2.hpp"

namespace hangil::control {

// A vehicle that rolls without slip, its axles seen as one wheel each (kinematic bicycle; Rajamani, Vehicle Dynamics
// and Control, 2012, 2.2). Good below about 0.4 g of lateral acceleration.
struct BicycleModel {
  double wheelbase_m = 2.71;
  double max_steering_rad = 0.55;
  double max_steering_rate_radps = 0.8;
  double steering_lag_s = 0.10;      // first-order
  double acceleration_lag_s = 0.15;  // first-order

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("wheelbase_m", wheelbase_m, {0.5, 10}, "m", "between the axles");
    visitor.field("max_steering_rad", max_steering_rad, {0.1, 1.2}, "rad", "front wheels' greatest angle");
    visitor.field("max_steering_rate_radps", max_steering_rate_radps, {0.05, 5}, "rad/s", "of the front wheels");
    visitor.field("steering_lag_s", steering_lag_s, {0, 1}, "s", "time constant of the steering");
    visitor.field("acceleration_lag_s", acceleration_lag_s, {0, 1}, "s", "time constant of drive and brakes");
  }
};

struct BicycleState {
  math::Pose2 pose;  // of the rear axle
  double speed_mps = 0;
  double acceleration_mps2 = 0;
  double steering_rad = 0;

  double curvature_radpm(const BicycleModel& model) const { return std::tan(steering_rad) / model.wheelbase_m; }
};

// What is asked of the vehicle.
struct Actuation {
  double steering_rad = 0, acceleration_mps2 = 0;
};

// `duration_s` later, in steps of at most 5 ms along circle arcs. It does not drive backwards: brakes hold it at rest.
BicycleState advance(BicycleState state, const Actuation& wanted, const BicycleModel& model, double duration_s);

// The pieces of a step, for models that share its actuators or its crawl.
// A first-order lag's answer to a constant demand.
double lagged(double value, double wanted, double lag_s, double dt);
// The steering angle after `dt`: lag, then limits of angle and rate.
double next_steering_rad(double steering_rad, double wanted_rad, const BicycleModel& model, double dt);
// Rolls on for `dt` without slip, with the state's acceleration, from the curvature before its steering moved.
void roll_along(BicycleState& state, double before_curvature_radpm, const BicycleModel& model, double dt);

}  // namespace hangil::control
