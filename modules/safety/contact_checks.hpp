// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "math/footprint.hpp"
#include "messages/predictions.hpp"
#include "messages/trajectory.hpp"
#include "safety/finding.hpp"

namespace hangil::safety {

struct ContactLimits {
  math::Footprint vehicle;
  double hard_margin_m = 0.1;      // to any object; 0 to one that is nearer now
  double least_existence = 0.3;    // of an object
  double least_probability = 0.3;  // of a future

  void visit(base::ConfigVisitor& visitor) {
    vehicle.visit(visitor);
    visitor.field("hard_margin_m", hard_margin_m, {0, 1}, "m", "least distance to any predicted box");
    visitor.field("least_existence", least_existence, {0, 1}, "", "objects less certain to exist are not checked");
    visitor.field("least_probability", least_probability, {0, 1}, "", "less probable futures are not checked");
  }
};

// The first contact of the moving vehicle with each predicted object, at every point within the prediction's horizon.
// `offset_s` is the trajectory's stamp minus the predictions'. Not counted: contact before the vehicle has moved 0.3 m
// (standing is the least it can do) and objects wholly behind it within its width at the start (they see us). Reports
// the earliest. Predictions with numbers that are not finite are themselves a finding. Written apart from the planner's
// check on purpose.
Findings check_contacts(std::span<const messages::TrajectoryPoint> points, const messages::Predictions& predictions,
                        double offset_s, const ContactLimits& limits);

}  // namespace hangil::safety
