// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "map/lane_type.hpp"

// The road as planners see it, whatever file it came from: lanes as polylines in their direction of travel, how they
// connect, and what governs them. Plain values; indices are places in the vectors of LaneGraph. A LaneGraph is also the
// message that tells modules the map, so that a recording holds it.
namespace hangil::map {

struct Point3 {
  static constexpr std::string_view kType = "hangil_msgs/msg/MapPoint";
  double x_m = 0, y_m = 0, z_m = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x_m", self.x_m);
    visit("y_m", self.y_m);
    visit("z_m", self.z_m);
  }
};

// How a lane is bounded on one side.
enum class Marking : std::uint8_t { kUnknown, kNone, kDashed, kSolid, kKerb };

// A lane beside another, seen in that one's direction of travel.
struct Neighbour {
  static constexpr std::string_view kType = "hangil_msgs/msg/LaneNeighbour";
  int lane = -1;  // -1: none
  bool is_same_direction = true;
  bool may_change = false;  // into it, by the markings between

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("lane", self.lane);
    visit("is_same_direction", self.is_same_direction);
    visit("may_change", self.may_change);
  }
};

struct GraphLane {
  static constexpr std::string_view kType = "hangil_msgs/msg/GraphLane";
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

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("type", self.type);
    visit("centre", self.centre);
    visit("left", self.left);
    visit("right", self.right);
    visit("successors", self.successors);
    visit("predecessors", self.predecessors);
    visit("left_neighbour", self.left_neighbour);
    visit("right_neighbour", self.right_neighbour);
    visit("left_marking", self.left_marking);
    visit("right_marking", self.right_marking);
    visit("speed_limit_mps", self.speed_limit_mps);
    visit("is_in_junction", self.is_in_junction);
    visit("is_two_way", self.is_two_way);
    visit("road", self.road);
    visit("section", self.section);
    visit("lane_id", self.lane_id);
  }
};

// What is meant for a lane, and where on its middle.
struct LaneMark {
  static constexpr std::string_view kType = "hangil_msgs/msg/LaneMark";
  int lane = -1;
  double s_m = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("lane", self.lane);
    visit("s_m", self.s_m);
  }
};

struct StopLine {
  static constexpr std::string_view kType = "hangil_msgs/msg/StopLine";
  std::string id;
  Point3 from, to;
  std::vector<LaneMark> lanes;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("from", self.from);
    visit("to", self.to);
    visit("lanes", self.lanes);
  }
};

struct TrafficLight {
  static constexpr std::string_view kType = "hangil_msgs/msg/MapTrafficLight";
  std::string id;
  Point3 position;
  std::vector<LaneMark> lanes;  // where they have to wait

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("position", self.position);
    visit("lanes", self.lanes);
  }
};

struct Crosswalk {
  static constexpr std::string_view kType = "hangil_msgs/msg/Crosswalk";
  std::string id;
  std::vector<Point3> outline;  // closed; the last point is not the first again
  std::vector<LaneMark> lanes;  // that it crosses

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("outline", self.outline);
    visit("lanes", self.lanes);
  }
};

// The yielding lanes give way to the others (to all traffic of the junction if none is named), after a stop if so said.
struct RightOfWay {
  static constexpr std::string_view kType = "hangil_msgs/msg/RightOfWay";
  std::string id;
  std::vector<int> priority, yielding;
  bool is_stop = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("priority", self.priority);
    visit("yielding", self.yielding);
    visit("is_stop", self.is_stop);
  }
};

struct LaneGraph {
  static constexpr std::string_view kType = "hangil_msgs/msg/LaneGraph";
  // How far polylines are from the curves they stand for at most; 0 where the file has polylines itself.
  double tolerance_m = 0;
  std::vector<GraphLane> lanes;
  std::vector<StopLine> stop_lines;
  std::vector<TrafficLight> lights;
  std::vector<Crosswalk> crosswalks;
  std::vector<RightOfWay> rights_of_way;

  // -1 where there is none.
  int find(const std::string& lane_id) const;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("tolerance_m", self.tolerance_m);
    visit("lanes", self.lanes);
    visit("stop_lines", self.stop_lines);
    visit("lights", self.lights);
    visit("crosswalks", self.crosswalks);
    visit("rights_of_way", self.rights_of_way);
  }
};

double length_m(const std::vector<Point3>& line);  // level

// Fills predecessors from successors, and sorts both.
void link_predecessors(LaneGraph& graph);

}  // namespace hangil::map
