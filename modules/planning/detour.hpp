// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "planning/rules.hpp"

namespace hangil::planning {

// Leaving the middle of the route for a while, to pass something that stands in its lane.
struct Detour {
  std::uint32_t track_id = 0;          // of the first thing that is passed
  double offset_m = 0;                 // left positive
  double from_s_m = 0, aside_s_m = 0;  // between them the offset grows ...
  double back_s_m = 0, to_s_m = 0;     // ... and between these it fades

  // Offset at a place of the route; smooth up to its curvature.
  double offset_at(double s_m) const;
};

// Something that stands in the way for good.
struct Blockage {
  std::uint32_t track_id = 0;
  double from_s_m = 0, to_s_m = 0;     // of all that stands there, one close behind the other
  double least_d_m = 0, most_d_m = 0;  // across the route
};

// The first thing ahead that blocks the route's lane, stands (`has_stood` by its track) and does not wait for a light,
// a junction or a crosswalk.
std::optional<Blockage> find_blockage(const RoadSituation& situation, const messages::Predictions& predictions,
                                      const std::vector<std::uint32_t>& has_stood, const PlannerConfig& config);

// The ways around it that the markings allow: by the left lane, then the right one; the whole lane over where it leads
// our way, else as little as will do.
std::vector<Detour> detours_around(const RoadSituation& situation, const Blockage& blockage,
                                   const PlannerConfig& config);

// Whether nobody is or comes there: those behind in that lane keep their distance, oncoming ones are still far away
// when the vehicle is back.
bool is_free(const Detour& detour, const RoadSituation& situation, const messages::Predictions& predictions,
             const Blockage& blockage, const PlannerConfig& config);

// The route with the detour in it; the same arc lengths up to a metre.
base::Result<Route> with_detour(const Route& route, const Detour& detour);
// What lies ahead of a route, for the same route with a detour.
RoadAhead moved(RoadAhead road, const Route& from, const Route& to);

}  // namespace hangil::planning
