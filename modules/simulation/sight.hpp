// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "simulation/world.hpp"

namespace hangil::simulation {

// A body where it is at one moment.
struct Placed {
  const Body* body = nullptr;
  Eigen::Isometry3d T_map_body = Eigen::Isometry3d::Identity();
  Eigen::Vector3d velocity_mps = Eigen::Vector3d::Zero();  // in map
  int actor = -1;                                          // index into the actors; -1: a fixture
};

// Fixtures and present actors of a snapshot. Points into `world`, which must outlive it.
std::vector<Placed> place_bodies(const World& world, const Snapshot& snapshot);

struct BodyCrossing : Crossing {  // in map
  Surface surface;
  int actor = -1;
};

// The nearest crossing of a ray in map with one body, `lead_s` after the moment it was placed for.
std::optional<BodyCrossing> intersect(const Placed& placed, const Ray& ray, double lead_s);

// The bodies that can be seen from one place, sorted into directions: rays that start near `eye` meet the same first
// body as in a search over all, at a fraction of the cost.
class Sight {
 public:
  // `drift_m` and `drift_s`: rays start at most so far from `eye` and at most so long from the moment of placing.
  // Bodies farther than max_range_m are left out.
  Sight(std::vector<Placed> bodies, const Eigen::Vector3d& eye, double drift_m, double drift_s, double max_range_m);

  std::optional<BodyCrossing> first(const Ray& ray, double lead_s, double max_range_m) const;

 private:
  struct Candidate {
    float near_m = 0, far_m = 0, bottom_m = 0, top_m = 0;  // horizontal distances and heights in map
    std::uint32_t body = 0;
  };
  struct Outline;
  Outline outline(const Placed& placed, const Eigen::Vector3d& eye, double margin_m) const;
  void sort_into_directions(const std::vector<Outline>& outlines);

  std::vector<Placed> bodies_;
  std::vector<Candidate> candidates_;     // direction after direction, nearest first
  std::vector<std::uint32_t> direction_;  // where each direction begins in candidates_
};

}  // namespace hangil::simulation
