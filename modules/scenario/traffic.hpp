// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "base/result.hpp"
#include "scenario/mover.hpp"
#include "scenario/traffic_model.hpp"

namespace hangil::scenario {

// Generated traffic: vehicles that keep their lanes and follow the intelligent driver model (room drivers), placed and
// taken away by sources, sinks and swarms. What is by chance comes from a generator seeded alike in every run.
class Traffic {
 public:
  // From now on, until a TrafficStopAction of the same name (or without one) ends it.
  void start(const TrafficAction& action);
  // Takes away who has left (a swarm's ellipse, into a sink, at the end of a road) and places who comes; ten times a
  // second. Errors: a position cannot be found.
  base::Status step(World& world, Mover& mover);
  // Names of sources that are now the first time without a vehicle that is not there already.
  std::vector<std::string> take_exhausted() { return std::exchange(exhausted_, {}); }

 private:
  struct Running {
    const TrafficAction* action = nullptr;
    double started_s = -1;
    int done_count = 0;  // vehicles emitted or taken
    bool is_exhausted = false;
    std::optional<Placement> place;
  };
  // A place in a lane where a vehicle may be put.
  struct Candidate {
    LaneSpot spot;
    double x_m = 0, y_m = 0, h_rad = 0;
  };

  base::Status step_one(World& world, Mover& mover, Running& running);
  void emit(World& world, Mover& mover, Running& running, const TrafficSource& source);
  void take(World& world, Mover& mover, Running& running, const TrafficSink& sink);
  void swarm(World& world, Mover& mover, Running& running, const TrafficSwarm& swarm);
  template <class Allowed>
  bool place_one(World& world, Mover& mover, const VehiclePool& pool, double speed_mps, const Allowed& is_allowed);
  void find_candidates(const World& world);
  void take_away(World& world, Mover& mover, EntityIndex entity);
  double chance();  // 0 to 1

  std::vector<Running> running_;
  std::vector<EntityIndex> vehicles_;  // generated, and there
  std::vector<Candidate> candidates_;
  std::vector<std::string> exhausted_;
  double next_s_ = 0;
  std::uint64_t state_ = 0x9e3779b97f4a7c15;
};

}  // namespace hangil::scenario
