// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "math/box2.hpp"
#include "messages/predictions.hpp"

namespace hangil::planning {

// What is kept between the ego's and an object's box.
struct KeptDistance {
  double margin_m = 0.3;
  double more_to_people_m = 0.5;  // to pedestrians, cyclists and motorcyclists
  double most_along_m = 1.0;      // uncertainty (one sigma) counts at most this much along the object's heading
  double most_across_m = 0.3;     // and this much across it
};

// One future of one object that matters to the ego.
struct RelevantFuture {
  const messages::PredictedObject* object = nullptr;
  const messages::Future* future = nullptr;
  double probability = 0;
  double kept_ratio = 1;  // below 1 where the object is already nearer than the margin
};

// The object's box `time_s` ahead, grown by the kept distance times kept_ratio. Beyond the last state it goes on
// straight at that state's speed.
math::Box2 box_at(const RelevantFuture& relevant, base::Duration step, const KeptDistance& kept, double time_s);

// Whether `vehicle` overlaps that box made `slack_m` smaller on every side (but not smaller than the object).
bool touches(const RelevantFuture& relevant, base::Duration step, const KeptDistance& kept, double time_s,
             const math::Box2& vehicle, double slack_m);

// Futures that come within `reach_m` of the ego's centre, of objects that exist with at least 0.3. Left out: objects
// wholly behind the ego within its width; they keep their distance to us (Shalev-Shwartz et al. 2017, RSS rule 1).
std::vector<RelevantFuture> relevant_futures(const messages::Predictions& predictions, const math::Box2& ego,
                                             double reach_m, const KeptDistance& kept);

// Boxes step by step as structure of arrays, relative to an origin; those of step k are first[k] to first[k + 1].
struct BoxesByStep {
  std::vector<int> first;
  std::vector<float> x_m, y_m, cos_yaw, sin_yaw, half_length_m, half_width_m, radius_m, probability;
  void clear();
  void add(const math::Box2& box, math::Point2 origin, double probability);
};

// The part of the plane that candidates may cover at one step; nothing at first.
struct Extent {
  double least_x_m = 1e9, most_x_m = -1e9, least_y_m = 1e9, most_y_m = -1e9;
};

// `extents` has one entry a step; boxes farther than `reach_m` from it are left out. Memory is reused.
void fill_boxes(const std::vector<RelevantFuture>& futures, base::Duration prediction_step, const KeptDistance& kept,
                math::Point2 origin, double step_s, const std::vector<Extent>& extents, double reach_m,
                BoxesByStep& boxes);

}  // namespace hangil::planning
