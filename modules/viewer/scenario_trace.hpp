// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "math/pose2.hpp"
#include "messages/driving_reasons.hpp"
#include "verdict/trace.hpp"

namespace hangil::viewer {

// A bound of a lane, in the map.
struct RoadLine {
  bool is_solid = true;
  std::vector<math::Point2> points;
};

// A run as the page of scenarios animates it, in centimetres and milliradians of precision: one line of JSON.
// `reasons` are the planner's, from `start` on; may be empty.
std::string trace_json(const verdict::ScenarioTrace& trace, const std::vector<RoadLine>& roads,
                       const std::vector<messages::DrivingReasons>& reasons, base::Time start);

}  // namespace hangil::viewer
