// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "planning/detour.hpp"

namespace hangil::planning {

// The route that is driven at present: the mission's, or that with a detour around what blocks its lane. Between route
// and behaviour: both of the later stages see only route(), road() and wait().
class Manoeuvre {
 public:
  // A new mission or map; `map` may be null, then the route is kept to.
  void take(Route route, const map::LaneMap* map);

  // Once before each plan. True: another route is driven from now on, so arc lengths have changed.
  bool look(const math::MotionState& ego, const messages::Predictions& predictions, const PlannerConfig& config);

  const Route& route() const { return detoured_ ? *detoured_ : *route_; }
  const RoadAhead* road() const { return road_ ? (detoured_road_ ? &*detoured_road_ : &*road_) : nullptr; }
  // A place to stay behind while the way around is not free.
  const std::optional<Constraint>& wait() const { return wait_; }
  const std::string& text() const { return text_; }

 private:
  void note_standing(const messages::Predictions& predictions);
  void begin(const Detour& detour);
  void end();
  double place_of(const math::MotionState& ego);

  std::optional<Route> route_, detoured_;
  const map::LaneMap* map_ = nullptr;
  std::optional<RoadAhead> road_, detoured_road_;
  std::optional<Detour> detour_;
  std::optional<Constraint> wait_;
  std::string text_ = "keep lane";
  std::optional<double> s_m_;  // of the mission's route, where the vehicle was last

  struct Standing {
    std::uint32_t track_id = 0;
    base::Time since;
    double x_m = 0, y_m = 0;  // where it came to stand
  };
  std::vector<Standing> standing_;
  std::vector<std::uint32_t> has_stood_;
};

}  // namespace hangil::planning
