// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "scenario/motion_runs.hpp"
#include "scenario/storyboard_model.hpp"

namespace hangil::scenario {

// An entity's motion over one step, given from outside.
struct OutsideMotion {
  EntityIndex entity = 0;
  double x_m = 0, y_m = 0, z_m = 0, h_rad = 0, p_rad = 0, r_rad = 0;
  double speed_mps = 0;
};

// What somebody else (a reference driver) does with the pedals of an entity over one step; its way stays the
// scenario's.
struct OutsideAcceleration {
  EntityIndex entity = 0;
  double acceleration_mps2 = 0;
};

struct OutsideControl {
  std::optional<OutsideMotion> motion;
  std::optional<OutsideAcceleration> acceleration;
};

// Starts actions and moves entities by them. An action displaces what moved its actors in the same domain
// (longitudinal, lateral) before; the displaced one has ended.
class Mover {
 public:
  explicit Mover(const World& world);

  // True: done at once. `element` is the storyboard's name for it, -1 for actions of Init.
  base::Result<bool> start(World& world, const StoryAction& action, const std::vector<EntityIndex>& actors,
                           int element);
  void stop(int element);
  // From world.time to world.time + dt; world.time itself is left to the caller. Elements whose actions have ended are
  // appended.
  void step(World& world, double dt_s, const OutsideControl& outside, std::vector<int>& done_elements);

  // The entity drives in its lane by the intelligent driver model from now on; and is moved by nothing any more.
  void follow_traffic(EntityIndex entity, double desired_speed_mps);
  void release(EntityIndex entity);
  // Puts every trailer behind the entity it is connected to; dt_s is how long ago it was last done, 0 at first.
  void pull_trailers(World& world, double dt_s);

  const Motion& motion(EntityIndex entity) const { return motions_[static_cast<std::size_t>(entity)]; }

 private:
  friend struct ActionStart;

  Motion& of(EntityIndex entity) { return motions_[static_cast<std::size_t>(entity)]; }
  void move(World& world, EntityIndex entity, double speed_mps, double dt_s, std::vector<int>& done_elements);
  void set_longitudinal(EntityIndex entity, LongitudinalRun run, int element);
  void set_lateral(EntityIndex entity, LateralRun run, int element);
  void end_longitudinal(EntityIndex entity, std::vector<int>& done_elements);
  void end_lateral(EntityIndex entity, std::vector<int>& done_elements);
  void end_part(int element, std::vector<int>& done_elements);
  bool is_held(EntityIndex entity) const;
  void hold_distances(World& world, double dt_s);

  std::vector<Motion> motions_;
  std::vector<int> running_parts_;       // of each element: actors times domains that still run
  std::vector<int> displaced_elements_;  // ended since the last step
  std::vector<double> next_speeds_;      // kept between steps for their memory
  std::vector<unsigned char> has_ended_, is_pulled_;
};

}  // namespace hangil::scenario
