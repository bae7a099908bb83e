// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/config.hpp"
#include "lidar/polar_grid.hpp"

// Ground segmentation in passes over a polar grid. Each sector follows the ground outwards from the vehicle's feet, as
// Himmelsbach, Hundelshausen and Wuensche do with lines ("Fast segmentation of 3D point clouds for ground vehicles",
// IV 2010, section III), here one height and slope a sector, all sectors of a ring at once, with their neighbours of
// that ring as witnesses.
namespace hangil::lidar {

struct GroundConfig {
  double tolerance_m = 0.08;
  double step_m = 0.16;
  double slope_change_ratio = 0.07;
  double flat_m = 0.03;
  double drop_m = 0.3;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("tolerance_m", tolerance_m, {0.02, 0.5}, "m", "points less than this above the ground are ground");
    visitor.field("step_m", step_m, {0.02, 0.5}, "m", "highest step (curb) that the ground may take");
    visitor.field("slope_change_ratio", slope_change_ratio, {0.01, 0.5}, "", "by how much the slope may change");
    visitor.field("flat_m", flat_m, {0.01, 0.5}, "m", "cells with more height between their points take no step");
    visitor.field("drop_m", drop_m, {0.05, 2}, "m", "deepest sudden drop; what is lower is taken for a reflection");
  }
};

// What the points of one cell span; lowest_m > highest_m in an empty one.
struct CellSpan {
  float lowest_m, highest_m;
};

// Working memory, reused from scan to scan.
struct GroundState {
  std::vector<CellSpan> spans;    // kPolarCellCount + 1, the last for points without a place
  std::vector<float> surface_m;   // height of the ground in the middle of each cell, ego frame
  std::vector<float> boundary_m;  // the same where rings begin: kRingCount + 2 rows, the last for points without place
};

// Finds the ground's surface under points that place_points has placed. The ego frame's z = 0 is taken for the height
// of the ground at the sensor. Independent of the order of the points.
void estimate_ground(const Points& points, const PolarPlace* places, const GroundConfig& config, GroundState& state);

// Height of each point above the surface; not above -1e8 m for points without a place. `height_m` has points.count.
void measure_heights(const Points& points, const PolarPlace* places, const GroundState& state, float* height_m);

}  // namespace hangil::lidar
