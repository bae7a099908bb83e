// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "map/lane_graph.hpp"
#include "map/strip_grid.hpp"

namespace hangil::map {

// Where a point is by a lane of a graph: s along its middle from its start, offset_m left of it, the heading of the
// middle there, and how far the point lies outside of the lane's bounds (0: within).
struct OnLane {
  int lane = -1;
  double s_m = 0, offset_m = 0, heading_rad = 0, beside_m = 0;
};

// Finds lanes of a graph by place. Keeps what it needs of the graph; never changes, so threads may share it.
class LaneFinder {
 public:
  explicit LaneFinder(const LaneGraph& graph);

  // The lane that holds the point, the one with the nearest middle where several do, else the nearest within reach_m;
  // where a heading is given, lanes that lead elsewhere count as farther (6 m across or against it).
  std::optional<OnLane> nearest(math::Point2 point, std::optional<double> heading_rad = {}, double reach_m = 50) const;
  // A place on the middle of a lane (and beside it): s is held within the lane.
  struct Pose {
    double x_m = 0, y_m = 0, z_m = 0, heading_rad = 0;
  };
  Pose pose(int lane, double s_m, double offset_m) const;
  double length_m(int lane) const { return lines_[static_cast<std::size_t>(lane)].along.back(); }

 private:
  struct Line {
    std::vector<Point3> points;
    std::vector<double> along;
  };

  std::vector<Line> lines_;
  StripGrid strips_;
};

}  // namespace hangil::map
