// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "map/lane_type.hpp"
#include "map/plan_view.hpp"
#include "map/profile.hpp"
#include "map/road_object.hpp"
#include "map/signal.hpp"

// Roads as OpenDRIVE describes them: a reference line with s along and t to its left, elevation about it, and lanes
// beside it. Lane ids rise to the left: positive left of lane 0 (which has no width), negative right of it.
namespace hangil::map {

enum class RoadEnd { kStart, kEnd };

// What a road runs into at one of its ends.
struct RoadLink {
  enum class Kind { kNone, kRoad, kJunction };
  Kind kind = Kind::kNone;
  int index = -1;                     // in Map::roads() or Map::junctions()
  RoadEnd contact = RoadEnd::kStart;  // which end of that road
  double contact_s_m = -1;            // where on that road (virtual junctions), else -1
};

// Valid from s_m until the next record; s_m counts from the section's start for lanes, from the road's for roads.
struct SpeedLimit {
  double s_m = 0;
  double limit_mps = 0;  // infinite: none
};

// The lane's surface above that of the road, from its inner edge to its outer one; from s_m on.
struct LaneHeight {
  double s_m = 0, inner_m = 0, outer_m = 0;
};

// How a lane is bounded on its outer side (lane 0: in the middle), from s_m on.
struct RoadMark {
  double s_m = 0, width_m = 0;
  std::string type, color, lane_change;  // words of OpenDRIVE; the last: both, increase, decrease, none or empty
};

struct Lane {
  int id = 0;
  LaneType type = LaneType::kNone;
  bool is_level = false;  // left out of superelevation
  Profile width;          // by s - LaneSection::s_m
  Profile outer_border;   // t of the outer edge less lane offset, by s - LaneSection::s_m; used where there is no width
  std::vector<int> predecessors, successors;  // lane ids in the sections or roads before and after
  std::vector<SpeedLimit> speed_limits;
  std::vector<LaneHeight> heights;
  std::vector<RoadMark> marks;
  int line = 0;  // in the file
};

// A stretch of road with the same lanes; valid from s_m to end_s_m.
struct LaneSection {
  double s_m = 0, end_s_m = 0;
  std::vector<Lane> lanes;  // from left to right: falling ids, lane 0 among them
  int centre = 0;           // place of lane 0 in lanes
};

// The height of the cross section above its plane, by t; between two of them it changes linearly with s.
struct LateralShape {
  double s_m = 0;
  Profile height_by_t;
};

struct Road {
  std::string id, name;
  double length_m = 0;
  int junction = -1;  // in Map::junctions(), of the connecting roads within one
  bool is_left_hand_traffic = false;
  RoadLink predecessor, successor;
  PlanView plan;
  Profile elevation, superelevation, lane_offset;
  Profile crossfall_left, crossfall_right;  // how steeply each side falls away from the reference line (OpenDRIVE 1.4)
  std::vector<LateralShape> shapes;         // in order of s
  bool has_uneven_lanes = false;            // any of the above, raised or level lanes
  std::vector<LaneSection> sections;
  std::vector<SpeedLimit> speed_limits;
  std::vector<Signal> signals;
  std::vector<RoadObject> objects;
  int line = 0;
};

struct LaneLink {
  int from = 0, to = 0;
};

// A way through a junction: from the incoming road onto the connecting road (which is, in a direct junction, the road
// beyond it), at that end of it.
struct JunctionConnection {
  int incoming_road = -1, connecting_road = -1;
  RoadEnd contact = RoadEnd::kStart;
  std::vector<LaneLink> lane_links;
};

// Whoever comes by road `high` goes before whoever comes by road `low`.
struct RoadPriority {
  int high = -1, low = -1;
};

struct Junction {
  enum class Kind { kDefault, kDirect, kVirtual, kCrossing };
  std::string id, name;
  Kind kind = Kind::kDefault;
  std::vector<JunctionConnection> connections;
  std::vector<RoadPriority> priorities;
  std::vector<std::string> controllers;  // ids
  int line = 0;
};

}  // namespace hangil::map
