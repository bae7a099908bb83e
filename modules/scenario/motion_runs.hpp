// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/idm.hpp"
#include "scenario/placement.hpp"
#include "scenario/speed_profile.hpp"
#include "scenario/transition.hpp"

// Actions while they move an entity: what they remember between steps. Pointers are into the scenario.
namespace hangil::scenario {

struct SpeedRun {
  const SpeedAction* action = nullptr;
  Transition transition;
};
struct SpeedProfileRun {
  std::vector<ProfilePart> parts;  // one after the other
  std::size_t at = 0;
};
struct LongitudinalDistanceRun {
  const LongitudinalDistanceAction* action = nullptr;
};
struct SynchronizeRun {
  const SynchronizeAction* action = nullptr;
  Placement master_target, target;
  double last_master_distance_m = kUnlimited;
};
// Speeds come from the trajectory's own times.
struct TimedRun {};
struct OverrideRun {
  OverrideControllerAction action;
};
// Generated traffic.
struct TrafficRun {
  drivers::Idm driver;
};
using LongitudinalRun =
    std::variant<SpeedRun, SpeedProfileRun, LongitudinalDistanceRun, SynchronizeRun, TimedRun, OverrideRun, TrafficRun>;

// The offset from the middle of the lane that is driven to.
struct LaneTransitionRun {
  Transition offset;
  const LaneOffsetAction* continuous = nullptr;  // goes on after its end
};
struct LateralDistanceRun {
  const LateralDistanceAction* action = nullptr;
};
struct TrajectoryRun {
  const FollowTrajectoryAction* action = nullptr;
  Path path;
  double s_m = 0, started_s = 0;
  std::size_t hint = 0;
};
struct AcquireRun {
  LaneSpot target;
};
using LateralRun = std::variant<LaneTransitionRun, LateralDistanceRun, TrajectoryRun, AcquireRun>;

template <class Run>
struct Running {
  Run run;
  int element = -1;  // of the storyboard; -1: of Init
};

// What moves one entity. Without a run it keeps its speed, and its lane.
struct Motion {
  std::optional<Running<LongitudinalRun>> longitudinal;
  std::optional<Running<LateralRun>> lateral;
  std::optional<EntityIndex> trailer;
};

// What a speed action wants now.
double target_speed_mps(const World& world, const SpeedAction& action);
// The speed that an entity's longitudinal run asks for at time + dt; `is_done` when the goal is reached by then.
double next_speed(World& world, EntityIndex entity, std::span<Motion> motions, double dt_s, bool& is_done);
// Moves an entity along its way while its speed goes from the present one to `speed_mps`.
void move_along(World& world, EntityIndex entity, Motion& motion, double speed_mps, double dt_s, bool& is_done);

// Moves an entity at once to the distance that the action asks for. False: there is no distance to the other.
bool take_distance(World& world, EntityIndex entity, const LongitudinalDistanceAction& action);

// Metres along its trajectory, route or road to a place ahead; by air where it is on neither.
double way_left_m(World& world, EntityIndex entity, const Motion& motion, const Placement& to);

}  // namespace hangil::scenario
