// SPDX-License-Identifier: Apache-2.0
#include "map/common_road_rules.hpp"

#include <algorithm>
#include <cmath>

#include "map/lane_bounds.hpp"

namespace hangil::map::common_road {

namespace {

using base::XmlElement;
using base::XmlProblems;

LaneMark mark_at_end(const LaneGraph& graph, int lane) {
  return {lane, length_m(graph.lanes[static_cast<std::size_t>(lane)].centre)};
}

std::vector<Point3> points_of(const XmlElement& element, XmlProblems& problems) {
  std::vector<Point3> points;
  for (const XmlElement& point : element.children("point")) points.push_back(read_point(point, problems));
  return points;
}

// Without points it lies across the end of the lanelet.
void add_stop_line(const XmlElement& lanelet, int index, LaneGraph& graph, XmlProblems& problems) {
  const XmlElement element = lanelet.child("stopLine");
  if (!element) return;
  const GraphLane& lane = graph.lanes[static_cast<std::size_t>(index)];
  const std::vector<Point3> points = points_of(element, problems);
  StopLine line{lane.id, lane.left.back(), lane.right.back(), {mark_at_end(graph, index)}};
  if (points.size() == 2) {
    line.from = points[0];
    line.to = points[1];
    const Point3 middle{(line.from.x_m + line.to.x_m) / 2, (line.from.y_m + line.to.y_m) / 2, 0};
    line.lanes.front().s_m = nearest_s_m(lane.centre, middle);
  }
  graph.stop_lines.push_back(std::move(line));
}

struct Sign {
  std::string kind;
  double value = 0;
};

std::multimap<std::string, Sign> read_signs(const XmlElement& root) {
  std::multimap<std::string, Sign> signs;
  for (const XmlElement& sign : root.children("trafficSign")) {
    for (const XmlElement& part : sign.children("trafficSignElement")) {
      const double value = base::parse_number(part.child("additionalValue").text()).value_or(0);
      signs.emplace(sign.attribute("id"), Sign{std::string(part.child("trafficSignID").text()), value});
    }
  }
  return signs;
}

void apply_sign(const Sign& sign, const std::string& id, int lane, LaneGraph& graph) {
  if (sign.kind == "274" && sign.value > 0) graph.lanes[static_cast<std::size_t>(lane)].speed_limit_mps = sign.value;
  const bool is_stop = sign.kind == "206" || sign.kind == "R1-1", is_yield = sign.kind == "205" || sign.kind == "R1-2";
  if (is_stop || is_yield) graph.rights_of_way.push_back({id, {}, {lane}, is_stop});
}

void add_lights(const XmlElement& root, const std::vector<XmlElement>& elements, LaneGraph& graph,
                XmlProblems& problems) {
  for (const XmlElement& light : root.children("trafficLight")) {
    TrafficLight added{std::string(light.attribute("id")), {}, {}};
    for (int i = 0; i < static_cast<int>(elements.size()); ++i) {
      const auto refs = elements[static_cast<std::size_t>(i)].children("trafficLightRef");
      const bool is_meant = std::any_of(refs.begin(), refs.end(),
                                        [&](const XmlElement& ref) { return ref.attribute("ref") == added.id; });
      if (is_meant) added.lanes.push_back(mark_at_end(graph, i));
    }
    const XmlElement point = light.child("position").child("point");
    if (point) {
      added.position = read_point(point, problems);
    } else if (!added.lanes.empty()) {
      added.position = graph.lanes[static_cast<std::size_t>(added.lanes.front().lane)].right.back();
    }
    graph.lights.push_back(std::move(added));
  }
}

std::vector<int> refer_all(const XmlElement& element, std::string_view tag, const Lanelets& lanelets,
                           XmlProblems& problems) {
  std::vector<int> lanes;
  for (const XmlElement& ref : element.children(tag)) {
    const int lane = lanelets.refer(ref, problems);
    if (lane >= 0) lanes.push_back(lane);
  }
  return lanes;
}

// An arm that is left of another gives way to it (2020a documentation, "isLeftOf").
void add_intersection(const XmlElement& element, const Lanelets& lanelets, LaneGraph& graph, XmlProblems& problems) {
  const std::vector<XmlElement> arms = element.children("incoming");
  for (const XmlElement& arm : arms) {
    const std::vector<int> incoming = refer_all(arm, "incomingLanelet", lanelets, problems);
    for (const char* way : {"successorsRight", "successorsStraight", "successorsLeft"}) {
      for (const int lane : refer_all(arm, way, lanelets, problems)) {
        graph.lanes[static_cast<std::size_t>(lane)].is_in_junction = true;
      }
    }
    const std::string_view right_arm = arm.child("isLeftOf").attribute("ref");
    for (const XmlElement& other : arms) {
      if (right_arm.empty() || other.attribute("id") != right_arm) continue;
      graph.rights_of_way.push_back(
          {std::string(arm.attribute("id")), refer_all(other, "incomingLanelet", lanelets, problems), incoming});
    }
  }
}

void add_crossing(const GraphLane& lane, LaneGraph& graph) {
  Crosswalk crosswalk{lane.id, lane.left, {}};
  crosswalk.outline.insert(crosswalk.outline.end(), lane.right.rbegin(), lane.right.rend());
  for (int i = 0; i < static_cast<int>(graph.lanes.size()); ++i) {
    const GraphLane& crossed = graph.lanes[static_cast<std::size_t>(i)];
    if (!is_drivable(crossed.type)) continue;
    for (const Point3& point : lane.centre) {
      const Point3& end = crossed.left.front();
      const double width = std::hypot(end.x_m - crossed.right.front().x_m, end.y_m - crossed.right.front().y_m);
      if (distance_m(crossed.centre, point) > width / 2) continue;
      crosswalk.lanes.push_back({i, nearest_s_m(crossed.centre, point)});
      break;
    }
  }
  graph.crosswalks.push_back(std::move(crosswalk));
}

}  // namespace

int Lanelets::refer(const XmlElement& element, XmlProblems& problems) const {
  const auto at = places.find(element.attribute("ref"));
  if (at != places.end()) return at->second;
  problems.add(element, "<" + std::string(element.name()) + "> refers to lanelet '" +
                            std::string(element.attribute("ref")) + "', which is not in the file");
  return -1;
}

Point3 read_point(const XmlElement& element, XmlProblems& problems) {
  const XmlElement z = element.child("z");
  return {element.child("x").text_number(problems), element.child("y").text_number(problems),
          z ? z.text_number(problems) : 0};
}

void add_rules(const XmlElement& root, const std::vector<XmlElement>& elements, const Lanelets& lanelets,
               LaneGraph& graph, XmlProblems& problems) {
  const auto signs = read_signs(root);
  for (int i = 0; i < static_cast<int>(elements.size()); ++i) {
    const XmlElement& lanelet = elements[static_cast<std::size_t>(i)];
    add_stop_line(lanelet, i, graph, problems);
    for (const XmlElement& ref : lanelet.children("trafficSignRef")) {
      const std::string id(ref.attribute("ref"));
      const auto [first, last] = signs.equal_range(id);
      for (auto sign = first; sign != last; ++sign) apply_sign(sign->second, id, i, graph);
    }
  }
  add_lights(root, elements, graph, problems);
  for (const XmlElement& intersection : root.children("intersection")) {
    add_intersection(intersection, lanelets, graph, problems);
  }
  const std::size_t count = graph.lanes.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (graph.lanes[i].type == LaneType::kCrosswalk) add_crossing(GraphLane(graph.lanes[i]), graph);
  }
}

}  // namespace hangil::map::common_road
