// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "base/result.hpp"
#include "messages/predictions.hpp"
#include "messages/tracks.hpp"
#include "prediction/lane_futures.hpp"

namespace hangil::prediction {

struct PredictionConfig {
  double horizon_s = 6.0;
  double step_s = 0.2;
  double least_probability = 0.02;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("horizon_s", horizon_s, {3.0, 10.0}, "s", "how far ahead objects are predicted");
    visitor.field("step_s", step_s, {0.1, 0.5}, "s", "time between predicted states");
    visitor.field("least_probability", least_probability, {0.0, 0.2}, "", "less probable futures are left out");
  }
};

// Up to three futures of every track, in its order: constant velocity, constant turn, stop; most probable first,
// probabilities summing to 1 (Lefevre, Vasquez, Laugier, ROBOMECH 2014, 3: physics-based motion models, weighted).
// With a map, road users in a lane drive on in it, by each branch of a fork, as far as nothing in their motion speaks
// against it. A track that is not confirmed and has no certain speed yet stays where it is. Frame and stamp are the
// tracks'. Refuses tracks with a number that is not finite, beyond 1e7 or a negative size, naming the first.
base::Result<messages::Predictions> predict(const messages::Tracks& tracks, const PredictionConfig& config,
                                            const map::LaneMap* map = nullptr);

}  // namespace hangil::prediction
