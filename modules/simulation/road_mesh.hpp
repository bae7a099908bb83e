// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include <Eigen/Core>

#include "map/map.hpp"
#include "simulation/surface.hpp"

namespace hangil::simulation {

// A piece of ground: nearly flat, within 1 cm of the road it stands for.
struct GroundFace {
  std::array<Eigen::Vector3d, 4> corners;  // in map
  Colour colour;
};

// Faces close to each other, so that those out of sight are left out at once.
struct GroundPatch {
  Eigen::Vector3d middle = Eigen::Vector3d::Zero();
  double radius_m = 0;
  std::vector<GroundFace> faces;
};

GroundPatch patch_of(std::vector<GroundFace> faces);  // of one face at least

// Patches of some 40 m out of faces in the order given.
class PatchMaker {
 public:
  explicit PatchMaker(std::vector<GroundPatch>& patches) : patches_(patches) {}
  ~PatchMaker() { close(); }
  PatchMaker(const PatchMaker&) = delete;
  PatchMaker& operator=(const PatchMaker&) = delete;
  void add(const GroundFace& face);

 private:
  void close();

  std::vector<GroundPatch>& patches_;
  std::vector<GroundFace> faces_;
};

// What a road shows from above, from the lowest layer to the highest; a layer covers those before it.
struct RoadMesh {
  std::vector<GroundPatch> walks, lanes, paint;
};

// Of a map: sidewalks, lanes, and what is painted on them: lane markings, stop lines, crosswalks.
RoadMesh road_mesh(const map::Map& map);

// Places along a road, from_s_m and to_s_m among them, between which its lines at right_t_m and left_t_m are straight
// to 1 cm.
std::vector<double> stations(const map::Road& road, double from_s_m, double to_s_m, double right_t_m, double left_t_m);

// The piece of a road's surface between two places along it and two edges at each.
GroundFace road_face(const map::Road& road, double from_s_m, double to_s_m, std::array<double, 2> from_t_m,
                     std::array<double, 2> to_t_m, Colour colour);

}  // namespace hangil::simulation
