// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "map/lane_graph.hpp"

namespace hangil::map {

// The line half-way between two bounds that run the same way, by equal shares of their lengths at every point of
// either. It begins and ends exactly between their ends. Both have two points or more.
std::vector<Point3> middle_line(const std::vector<Point3>& left, const std::vector<Point3>& right);

// How far along a line (level) a point's foot is, within it.
double nearest_s_m(const std::vector<Point3>& line, const Point3& point);

// Level distance of a point from a line.
double distance_m(const std::vector<Point3>& line, const Point3& point);

}  // namespace hangil::map
