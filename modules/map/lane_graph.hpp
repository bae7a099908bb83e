// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "map/lane_type.hpp"

// The road as planners see it, whatever file it came from: lanes as polylines in their direction of travel, how they
// connect, and what governs them. Plain values; indices are places in the vectors of LaneGraph.
namespace hangil::map {

struct Point3 {
  double x_m = 0, y_m = 0, z_m = 0;
};

// How a lane is bounded on one side.
enum class Marking : std::uint8_t { kUnknown, kNone, kDashed, kSolid, kKerb };

// A lane beside another, seen in that one's direction of travel.
struct Neighbour {
  int lane = -1;  // -1: none
  bool is_same_direction = true;
  bool may_change = false;  // into it, by the markings between
};

struct GraphLane {
  std::string id;  // of the lanelet, or "road.section.lane"
  LaneType type = LaneType::kDriving;
  // In the direction of travel; left and right as seen along it. All have two points or more.
  std::vector<Point3> centre, left, right;
  std::vector<int> successors, predecessors;
  Neighbour left_neighbour, right_neighbour;
  Marking left_marking = Marking::kUnknown, right_marking = Marking::kUnknown;
  double speed_limit_mps = std::numeric_limits<double>::infinity();
  bool is_in_junction = false;
  bool is_two_way = false;  // may be driven in both directions
  // Where it comes from in an OpenDRIVE map, else -1, -1, 0.
  int road = -1, section = -1, lane_id = 0;
};

// What is meant for a lane, and where on its middle.
struct LaneMark {
  int lane = -1;
  double s_m = 0;
};

struct StopLine {
  std::string id;
  Point3 from, to;
  std::vector<LaneMark> lanes;
};

struct TrafficLight {
  std::string id;
  Point3 position;
  std::vector<LaneMark> lanes;  // where they have to wait
};

struct Crosswalk {
  std::string id;
  std::vector<Point3> outline;  // closed; the last point is not the first again
  std::vector<LaneMark> lanes;  // that it crosses
};

// The yielding lanes give way to the others (to all traffic of the junction if none is named), after a stop if so said.
struct RightOfWay {
  std::string id;
  std::vector<int> priority, yielding;
  bool is_stop = false;
};

struct LaneGraph {
  // How far polylines are from the curves they stand for at most; 0 where the file has polylines itself.
  double tolerance_m = 0;
  std::vector<GraphLane> lanes;
  std::vector<StopLine> stop_lines;
  std::vector<TrafficLight> lights;
  std::vector<Crosswalk> crosswalks;
  std::vector<RightOfWay> rights_of_way;

  // -1 where there is none.
  int find(const std::string& lane_id) const;
};

double length_m(const std::vector<Point3>& line);  // level

// Fills predecessors from successors, and sorts both.
void link_predecessors(LaneGraph& graph);

}  // namespace hangil::map
