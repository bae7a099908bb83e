// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "planning/candidate.hpp"
#include "planning/profile_steps.hpp"
#include "planning/rules.hpp"
#include "planning/selection.hpp"

namespace hangil::planning {

// Everything a plan depends on, all at one stamp and in one frame.
struct PlannerInput {
  math::MotionState ego;  // as measured; its curvature from speed and yaw rate
  const messages::Predictions* predictions = nullptr;
  const Route* route = nullptr;
  const map::LaneMap* map = nullptr;  // with `road`, the route's; without them the rules of the road do not hold
  const RoadAhead* road = nullptr;
  const messages::SignalStates* signals = nullptr;
  const Constraint* wait = nullptr;  // one more place to stay behind
};

// Plans along a route: speeds and lateral paths are sampled in the Frenet frame, all combined, priced and checked
// (Werling et al. 2010), the cheapest free one is taken. Beside it there is always a stop, gentle first, harder where
// only that is free. Where neither keeps its distance to everybody, both are sought again to touch nobody, the stop
// first; at last the stop with the slowest contact. Keeps the last plan and buffers between calls.
class Planner {
 public:
  explicit Planner(const PlannerConfig& config) : config_(config), corridor_m_(config.corridor_half_width_m) {}

  // `allowance` is the number of driving candidates, 0 for the configured one. Input that is not finite, predictions
  // of another frame than `frame_id`, or a vehicle off the route give a trajectory without points whose behaviour
  // reads "refused: ..." with the reason.
  messages::Trajectory plan(const PlannerInput& input, const std::string& frame_id, std::int64_t allowance);

  // The trajectory without points that says why there is no plan.
  messages::Trajectory refuse(const messages::Header& header, const std::string& reason);

  // Candidates of the last plan, stops included.
  std::int64_t operations() const { return operations_; }
  // Why the last plan is as it is.
  const messages::DrivingReasons& reasons() const { return reasons_; }
  // For a new route: its arc lengths are others.
  void forget_place() { place_s_m_.reset(); }

 private:
  struct Scene;
  struct Stop {
    Candidate candidate;
    bool is_free = false;
    std::string text;
  };

  base::Result<Scene> scene_of(const PlannerInput& input);
  base::Result<math::FrenetState> on_route(const Route& route, const math::MotionState& start);
  void sample(const Scene& scene, std::int64_t allowance);
  void place_boxes(const Scene& scene);
  std::optional<Candidate> cheapest_free(const Scene& scene, messages::Trajectory& trajectory);
  Stop best_stop(const Scene& scene);
  Candidate candidate_of(const Choice& choice, const std::vector<SpeedProfile>& profiles) const;

  void narrow_corridor(const RoadAhead* road, const math::FrenetState& place);

  PlannerConfig config_;  // its corridor is that of the present plan
  double corridor_m_;     // as configured
  std::optional<messages::Trajectory> previous_;
  std::optional<double> place_s_m_;
  std::int64_t operations_ = 0;
  RulesMemory rules_;
  messages::DrivingReasons reasons_;

  // Kept for their memory only.
  LateralLanes lanes_;
  std::vector<SpeedProfile> driving_, stopping_;
  ProfileSteps driving_steps_, stopping_steps_;
  std::vector<Extent> extents_;
  BoxesByStep boxes_;
  Scores scores_;
};

}  // namespace hangil::planning
