// SPDX-License-Identifier: Apache-2.0
#include "map/common_road.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/xml.hpp"
#include "map/common_road_rules.hpp"
#include "map/lane_bounds.hpp"
#include "map/map_document.hpp"

namespace hangil::map {

namespace {

using base::XmlElement;
using base::XmlProblems;
using common_road::Lanelets;

constexpr double kLaneletCoordinateMax_m = 1e8;

std::vector<Point3> read_points(const XmlElement& bound, XmlProblems& problems) {
  std::vector<Point3> points;
  for (XmlElement at = bound.child("point"); at; at = at.next_of_same_name()) {
    const Point3 point = common_road::read_point(at, problems);
    const bool is_near =
        std::max({std::abs(point.x_m), std::abs(point.y_m), std::abs(point.z_m)}) <= kLaneletCoordinateMax_m;
    if (!is_near) problems.add(at, "<point> lies beyond 1e8 m");
    if (is_near) points.push_back(point);
  }
  return points;
}

LaneType type_of(const XmlElement& lanelet) {
  constexpr auto kTypes = std::to_array<std::pair<std::string_view, LaneType>>({{"urban", LaneType::kDriving},
                                                                                {"country", LaneType::kDriving},
                                                                                {"highway", LaneType::kDriving},
                                                                                {"driveWay", LaneType::kDriving},
                                                                                {"mainCarriageWay", LaneType::kDriving},
                                                                                {"intersection", LaneType::kDriving},
                                                                                {"accessRamp", LaneType::kOnRamp},
                                                                                {"exitRamp", LaneType::kOffRamp},
                                                                                {"busLane", LaneType::kBus},
                                                                                {"busStop", LaneType::kBus},
                                                                                {"bicycleLane", LaneType::kBiking},
                                                                                {"sidewalk", LaneType::kSidewalk},
                                                                                {"crosswalk", LaneType::kCrosswalk},
                                                                                {"shoulder", LaneType::kShoulder},
                                                                                {"parking", LaneType::kParking},
                                                                                {"border", LaneType::kBorder},
                                                                                {"restricted", LaneType::kRestricted}});
  LaneType type = LaneType::kDriving;  // 2018b does not say
  for (const XmlElement& word : lanelet.children("laneletType")) {
    for (const auto& [listed, listed_type] : kTypes) {
      if (listed == word.text() && listed_type != LaneType::kDriving) type = listed_type;
    }
  }
  return type;
}

// A marking that may be crossed; without one, a change of lane is possible.
bool may_cross(const XmlElement& bound) {
  const std::string_view marking = bound.child("lineMarking").text();
  return marking.empty() || marking == "dashed" || marking == "broad_dashed" || marking == "no_marking" ||
         marking == "unknown";
}

Marking marking_of(const XmlElement& bound) {
  const std::string_view marking = bound.child("lineMarking").text();
  if (marking.empty() || marking == "unknown") return Marking::kUnknown;
  if (marking == "no_marking") return Marking::kNone;
  if (marking == "dashed" || marking == "broad_dashed") return Marking::kDashed;
  return marking == "curb" || marking == "lowered_curb" ? Marking::kKerb : Marking::kSolid;
}

Neighbour read_neighbour(const XmlElement& lanelet, std::string_view tag, std::string_view bound,
                         const Lanelets& lanelets, XmlProblems& problems) {
  const XmlElement element = lanelet.child(tag);
  if (!element) return {};
  const int lane = lanelets.refer(element, problems);
  return {lane, element.attribute("drivingDir") != "opposite", may_cross(lanelet.child(bound))};
}

bool has_two_way_users(const XmlElement& lanelet) { return static_cast<bool>(lanelet.child("userBidirectional")); }

GraphLane read_lanelet(const XmlElement& element, const Lanelets& lanelets, XmlProblems& problems) {
  GraphLane lane;
  lane.id = element.attribute("id");
  lane.type = type_of(element);
  lane.left = read_points(element.child("leftBound"), problems);
  lane.right = read_points(element.child("rightBound"), problems);
  if (lane.left.size() < 2 || lane.right.size() < 2) {
    problems.add(element, "lanelet '" + lane.id + "' needs a leftBound and a rightBound of two points or more");
    return lane;
  }
  lane.centre = middle_line(lane.left, lane.right);
  lane.is_two_way = has_two_way_users(element);
  for (const XmlElement& successor : element.children("successor")) {
    const int next = lanelets.refer(successor, problems);
    if (next >= 0) lane.successors.push_back(next);
  }
  lane.left_neighbour = read_neighbour(element, "adjacentLeft", "leftBound", lanelets, problems);
  lane.right_neighbour = read_neighbour(element, "adjacentRight", "rightBound", lanelets, problems);
  lane.left_marking = marking_of(element.child("leftBound"));
  lane.right_marking = marking_of(element.child("rightBound"));
  const XmlElement limit = element.child("speedLimit");
  if (limit) lane.speed_limit_mps = limit.text_number(problems);
  return lane;
}

LaneGraph read_lanelets(const XmlElement& root, XmlProblems& problems) {
  const std::vector<XmlElement> elements = [&] {
    std::vector<XmlElement> all = root.children("lanelet");
    std::erase_if(all, [](const XmlElement& element) { return !element.child("leftBound"); });
    return all;
  }();
  Lanelets lanelets;
  for (const XmlElement& element : elements) {
    const bool is_new =
        lanelets.places.emplace(element.required("id", problems), static_cast<int>(lanelets.places.size())).second;
    if (!is_new) problems.add(element, "lanelet id '" + std::string(element.attribute("id")) + "' is given twice");
  }
  LaneGraph graph;
  for (const XmlElement& element : elements) graph.lanes.push_back(read_lanelet(element, lanelets, problems));
  if (!problems.empty()) return graph;
  link_predecessors(graph);
  common_road::add_rules(root, elements, lanelets, graph, problems);
  return graph;
}

}  // namespace

base::Result<LaneGraph> common_road_of(const base::XmlDocument& document) {
  XmlProblems problems;
  const XmlElement root = document.root();
  if (root.name() != "commonRoad") {
    problems.add(root, "is not a CommonRoad scenario: the first element is <" + std::string(root.name()) + ">");
    return problems.error();
  }
  LaneGraph graph = read_lanelets(root, problems);
  if (!problems.empty()) return problems.error();
  return graph;
}

base::Result<LaneGraph> read_common_road(const std::string& path) {
  const auto document = base::XmlDocument::load(path);
  if (!document) return document.error();
  return common_road_of(*document);
}

base::Result<LaneGraph> parse_common_road(std::string text, const std::string& file) {
  const auto document = base::XmlDocument::parse(std::move(text), file);
  if (!document) return document.error();
  return common_road_of(*document);
}

}  // namespace hangil::map
